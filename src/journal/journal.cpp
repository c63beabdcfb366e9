#include "journal/journal.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <utility>

#include "base/mutation.h"
#include "base/result.h"
#include "journal/fact_hash.h"
#include "journal/streams.h"

namespace anlan::journal {
namespace {

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();
// Streams whose version is kept at hand; what falls off is read again.
constexpr std::size_t kMostVersions = 1 << 16;
// Facts that are in memory at once while the whole journal is read.
constexpr std::size_t kPage = 1000;

// Columns in the order of docs/journal-format.md.
constexpr std::string_view kFacts =
    "SELECT position, node, node_sequence, stream, version, type, occurred_at, recorded_at, actor, cause, world, body, "
    "previous_hash, hash FROM fact ";
Fact fact_in(const sql::Statement& row) {
  Fact fact;
  fact.position = row.integer(0);
  fact.node = row.text(1);
  fact.node_sequence = row.integer(2);
  fact.stream = row.text(3);
  fact.version = row.integer(4);
  fact.type = row.text(5);
  fact.occurred_at = from_ms(row.integer(6));
  fact.recorded_at = from_ms(row.integer(7));
  fact.actor = row.text(8);
  fact.cause = row.text(9);
  fact.world = row.text(10);
  fact.body = row.text(11);
  fact.previous_hash = hash_in(row.blob(12));
  fact.hash = hash_in(row.blob(13));
  return fact;
}

// Of the rows that are left.
std::vector<Fact> all_of(sql::Statement& rows) {
  std::vector<Fact> facts;
  while (rows.step()) facts.push_back(fact_in(rows));
  return facts;
}

// As many as one statement takes; a server has its limits for parameters.
template <class T>
std::vector<std::vector<T>> in_pieces(const std::vector<T>& all) {
  std::vector<std::vector<T>> pieces;
  for (std::size_t from = 0; from < all.size(); from += kPage)
    pieces.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(from),
                        all.begin() + static_cast<std::ptrdiff_t>(std::min(from + kPage, all.size())));
  return pieces;
}

// Throws sql::UniqueViolation where position, (stream, version) or (node, sequence) is taken.
void insert(sql::Connection& sql, const Fact& fact) {
  sql.prepare(
         "INSERT INTO fact (position, node, node_sequence, stream, version, type, occurred_at, recorded_at, actor, "
         "cause, world, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(fact.position)
      .bind(fact.node)
      .bind(fact.node_sequence)
      .bind(fact.stream)
      .bind(fact.version)
      .bind(fact.type)
      .bind(to_ms(fact.occurred_at))
      .bind(to_ms(fact.recorded_at))
      .bind(fact.actor)
      .bind(fact.cause)
      .bind(fact.world)
      .bind(fact.body)
      .bind_blob(fact.previous_hash)
      .bind_blob(fact.hash)
      .run();
}

// But for where they lie in a store, and for the numbers that a node gives anew to what it records again of a history
// that was lost.
bool says_the_same(const Fact& a, const Fact& b) {
  return a.node == b.node && a.stream == b.stream && a.version == b.version &&
         a.type == b.type && a.occurred_at == b.occurred_at && a.recorded_at == b.recorded_at && a.actor == b.actor &&
         a.cause == b.cause && a.world == b.world && a.body == b.body;
}

}  // namespace

Writer::Writer(sql::Connection& sql, std::string node) : sql_(sql), node_(std::move(node)) { load(); }

void Writer::load() {
  auto& last = sql_.prepare("SELECT position, hash FROM fact ORDER BY position DESC LIMIT 1");
  const bool any = last.step();
  head_ = any ? last.integer(0) : 0;
  last_ = any ? hash_in(last.blob(1)) : Hash{};
  last.reset();
  auto& own = sql_.prepare("SELECT node_sequence FROM fact WHERE node = ? ORDER BY node_sequence DESC LIMIT 1");
  own.bind(node_);
  sequence_ = own.step() && !ANLAN_PLANTED("numbers begin anew") ? own.integer(0) : 0;
  own.reset();
}

std::vector<Fact> Writer::follow() {
  unanswered_.clear();
  auto others = read_after(sql_, head_, kNoLimit);
  for (const Fact& fact : others) see(fact);
  return others;
}

void Writer::see(const Fact& fact) {
  head_ = fact.position;
  last_ = fact.hash;
  if (fact.node == node_) sequence_ = std::max(sequence_, fact.node_sequence);
  versions_[fact.stream] = fact.version;
}

std::int64_t Writer::version(const std::string& stream) {
  if (const auto found = versions_.find(stream); found != versions_.end()) return found->second;
  if (versions_.size() >= kMostVersions) versions_.clear();
  return versions_[stream] = version_of(sql_, stream);
}

std::optional<std::vector<Fact>> Writer::append(const std::string& stream, std::int64_t expected,
                                                std::vector<NewFact> facts, Instant recorded_at) {
  if (version(stream) != expected) return std::nullopt;
  std::vector<Fact> done;
  done.reserve(facts.size());
  for (NewFact& handed_in : facts) {
    ANLAN_ASSERT(handed_in.stream == stream);
    Fact& fact = done.emplace_back();
    static_cast<NewFact&>(fact) = std::move(handed_in);
    fact.position = head_ + 1;
    fact.node = node_;
    fact.node_sequence = sequence_ + 1;
    fact.version = expected + static_cast<std::int64_t>(done.size());
    fact.recorded_at = recorded_at;
    fact.previous_hash = last_;
    fact.hash = hash_of(fact);
    write(fact);
  }
  return done;
}

// The first one says whose store it is.
void Writer::write(const Fact& fact) {
  if (!std::exchange(owned_, true))
    sql_.prepare("INSERT INTO own_node (node) VALUES (?) ON CONFLICT DO NOTHING").bind(node_).run();
  insert(sql_, fact);
  see(fact);
}

void Writer::begin_behind(Position position, std::int64_t sequence) {
  ANLAN_ASSERT(head_ == 0);
  head_ = position;
  sequence_ = sequence;
}

Arrival Writer::take_in(Fact& fact) {
  if (fact.node != node_ || fact.version <= version(fact.stream)) return take_back(fact);
  return Arrival::kForked;
}

// Where both places are taken it must be by this fact itself.
Arrival Writer::take_back(Fact& fact) {
  const std::int64_t version = this->version(fact.stream);
  if (fact.version <= version)
    return says_the_same(read_version(sql_, fact.stream, fact.version).value(), fact) ? Arrival::kKnown
                                                                                      : Arrival::kForked;
  auto& row = sql_.prepare("SELECT 1 FROM fact WHERE node = ? AND node_sequence = ?");
  row.bind(fact.node).bind(fact.node_sequence);
  const bool taken = row.step();
  row.reset();
  if (taken) return Arrival::kForked;
  if (fact.version > version + 1) return Arrival::kEarly;
  fact.position = head_ + 1;
  fact.previous_hash = ANLAN_PLANTED("chain broken by others") ? Hash{} : last_;
  fact.hash = hash_of(fact);
  write(fact);
  return Arrival::kNew;
}

// One question where many would be as many journeys to a server; in it key by key, each found by both columns: an
// engine that joins may read all that is kept for the actor instead.
void Writer::recall(const std::string& actor, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) unanswered_.emplace(actor, key);
  std::string& text = texts_[std::bit_ceil(keys.size())];
  if (text.empty())
    text = "SELECT k.column1 FROM (" + sql::values_of(keys) +
           ") k WHERE (SELECT 1 FROM answer a WHERE a.actor = ? AND a.idempotency_key = k.column1) = 1";
  auto& rows = sql::bind_list(sql_.prepare(text), keys).bind(actor);
  while (rows.step()) unanswered_.erase({actor, std::string(rows.text(0))});
}

std::optional<Answer> Writer::answer(std::string_view actor, std::string_view key) {
  if (unanswered_.contains({std::string(actor), std::string(key)})) return std::nullopt;
  auto& row = sql_.prepare("SELECT status, body, position, digest FROM answer WHERE actor = ? AND idempotency_key = ?");
  row.bind(actor).bind(key);
  std::optional<Answer> found;
  if (row.step())
    found = Answer{static_cast<int>(row.integer(0)), std::string(row.text(1)), row.integer(2), hash_in(row.blob(3))};
  row.reset();
  return found;
}

void Writer::keep_answer(std::string_view actor, std::string_view key, const Answer& answer) {
  unanswered_.erase({std::string(actor), std::string(key)});
  sql_.prepare(
          "INSERT INTO answer (actor, idempotency_key, status, body, position, digest, sm3) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(actor)
      .bind(key)
      .bind(answer.status)
      .bind(answer.body)
      .bind(answer.position)
      .bind_blob(answer.digest)
      .bind_blob(hash_of(actor, key, answer))
      .run();
}

std::vector<Fact> read_stream(sql::Connection& sql, std::string_view stream, std::int64_t after_version) {
  static const std::string text = std::string(kFacts) + "WHERE stream = ? AND version > ? ORDER BY version";
  auto& rows = sql.prepare(text);
  rows.bind(stream).bind(after_version);
  return all_of(rows);
}

std::optional<Fact> read_version(sql::Connection& sql, std::string_view stream, std::int64_t version) {
  static const std::string text = std::string(kFacts) + "WHERE stream = ? AND version = ?";
  auto& row = sql.prepare(text);
  row.bind(stream).bind(version);
  auto fact = row.step() ? std::optional(fact_in(row)) : std::nullopt;
  row.reset();
  return fact;
}

std::vector<Fact> read_streams(sql::Connection& sql, const Streams& streams) {
  const bool one = streams.names.size() == 1;  // most often: its statement is kept
  std::vector<Fact> facts;
  if (one) facts = read_stream(sql, streams.names.front());
  for (const auto& some : in_pieces(one ? std::vector<std::string>{} : streams.names)) {
    const auto rows = sql.once(std::string(kFacts) + "WHERE " + sql::one_of("stream", some));
    std::ranges::move(all_of(sql::bind_list(*rows, some)), std::back_inserter(facts));
  }
  static const std::string under = std::string(kFacts) + "WHERE stream >= ? AND stream < ?";
  for (const std::string& prefix : streams.under) {
    auto& rows = sql.prepare(under);
    rows.bind(prefix).bind(after_prefix(prefix));
    std::ranges::move(all_of(rows), std::back_inserter(facts));
  }
  std::ranges::sort(facts, {}, &Fact::position);
  return facts;
}

std::vector<Fact> first_facts(sql::Connection& sql, std::string_view from, std::string_view prefix) {
  static const std::string text =
      std::string(kFacts) + "WHERE stream >= ? AND stream < ? AND version = 1 ORDER BY stream";
  auto& rows = sql.prepare(text);
  rows.bind(from).bind(after_prefix(prefix));
  return all_of(rows);
}

std::vector<Fact> read_after(sql::Connection& sql, Position position, std::size_t limit) {
  static const std::string text = std::string(kFacts) + "WHERE position > ? ORDER BY position LIMIT ?";
  auto& rows = sql.prepare(text);
  rows.bind(position).bind(static_cast<std::int64_t>(std::min<std::size_t>(limit, kNoLimit)));
  return all_of(rows);
}

// In pages; where one cannot be read, fact by fact, so that what stands before the damage is still visited.
void each_after(sql::Connection& sql, Position position, const std::function<void(const Fact&)>& visit) {
  for (std::size_t limit = kPage;;) {
    std::vector<Fact> facts;
    try {
      facts = read_after(sql, position, limit);
    } catch (const sql::Error& error) {
      if (!error.corrupt || limit == 1) throw;
      limit = 1;
      continue;
    }
    if (facts.empty()) return;
    position = facts.back().position;
    for (const Fact& fact : facts) visit(fact);
  }
}

std::vector<Fact> read_at(sql::Connection& sql, const std::vector<Position>& positions) {
  std::map<Position, Fact> found;
  for (const auto& some : in_pieces(positions)) {
    std::string listed = sql::one_of("position", some);
    listed.replace(listed.find("(?)"), 3, "(CAST(? AS BIGINT))");  // else of type TEXT, where nothing is bound yet
    const auto rows = sql.once(std::string(kFacts) + "WHERE " + listed);
    sql::bind_list(*rows, some);
    while (rows->step()) found.emplace(rows->integer(0), fact_in(*rows));
  }
  std::vector<Fact> facts;
  facts.reserve(found.size());
  for (const Position position : positions)
    if (auto fact = found.find(position); fact != found.end()) facts.push_back(std::move(fact->second));
  return facts;
}

std::vector<Fact> read_of_node(sql::Connection& sql, std::string_view node, std::int64_t first, std::int64_t last) {
  static const std::string text =
      std::string(kFacts) + "WHERE node = ? AND node_sequence >= ? AND node_sequence <= ? ORDER BY node_sequence";
  auto& rows = sql.prepare(text);
  rows.bind(node).bind(first).bind(last);
  return all_of(rows);
}

Position head(sql::Connection& sql) {
  auto& last = sql.prepare("SELECT COALESCE(MAX(position), 0) FROM fact");
  const Position position = last.step() ? last.integer(0) : 0;
  last.reset();
  return position;
}

}  // namespace anlan::journal
