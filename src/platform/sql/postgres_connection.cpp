#include "platform/sql/postgres_connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "platform/sql/postgres_bulk.h"
#include "platform/sql/postgres_statement.h"
#include "platform/sql/postgres_views.h"
#include "platform/sql/postgres_words.h"

namespace anlan::sql::postgres {
namespace {

// Texts that are kept prepared: more than are asked again and again. A server keeps about 100 KiB for each.
constexpr std::size_t kMostPrepared = 256;

bool fits(std::span<const Oid> types, std::span<const Parameter> parameters) {
  return std::ranges::equal(types, parameters, [](Oid type, const Parameter& p) { return !p.bytes || p.type == type; });
}

// The first that a sentence names, in any language; 0 where it names none.
std::int64_t first_number(const std::string& sentence) {
  const auto digit = sentence.find_first_of("0123456789");
  return digit == sentence.npos ? 0 : std::strtoll(sentence.c_str() + digit, nullptr, 10);
}

// Durable means durable, whatever the site has set for others; what asks for more than the disk stays.
constexpr const char* kDurable =
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')";

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url, Access access, std::string_view edition)
    : access_(access), view_(view_schema(edition)), locked_("journal"), session_(url, access == Access::kWrite) {
  session_.send("SET search_path = vault, journal, " + view_);
  if (!edition.empty()) session_.send(use_of(view_));
  set_up();
  if (access_ == Access::kWrite) session_.execute(making_of_schemas(view_));
}

PostgresConnection::PostgresConnection(const std::string& url, Access access, const Beside& beside)
    : access_(access), view_(view_schema({})), locked_(beside.schema), session_(url, access == Access::kWrite) {
  session_.send("SET search_path = " + beside.schema);
  set_up();
  if (access_ == Access::kWrite) session_.execute(making_of_schema_beside(beside.schema));
}

void PostgresConnection::set_up() {
  // One plan for each statement, the one that tests have seen (read_whole): by indices, whatever the planner guesses of
  // how many rows a text is found in, and however lately a table was analysed.
  for (const char* way : {"seqscan", "hashjoin", "mergejoin"}) session_.send(fmt::format("SET enable_{} = off", way));
  session_.send("SET plan_cache_mode = force_generic_plan");
  session_.send("SET jit = off");
  session_.send("SET max_parallel_workers_per_gather = 0");  // to start one takes longer than any of our questions
  session_.send("SET default_transaction_isolation = 'read committed'");
  if (access_ != Access::kWrite) session_.send("SET default_transaction_read_only = on");
  // A process that stands still must not keep the store's one lock.
  if (access_ == Access::kWrite) session_.send("SET idle_in_transaction_session_timeout = '10s'");
  if (access_ == Access::kWrite) session_.send(kDurable);
  session_.collect();
}

Statement& PostgresConnection::prepare(std::string_view literal) {
  auto found = statements_.find(literal);
  if (found == statements_.end())
    found = statements_.emplace(literal, std::make_unique<PostgresStatement>(*this, literal)).first;
  found->second->reset();
  return *found->second;
}

std::unique_ptr<Statement> PostgresConnection::once(std::string_view text) {
  return std::make_unique<PostgresStatement>(*this, text);
}

void PostgresConnection::execute(std::string_view text) {
  collect();
  changed_ = true;
  session_.execute(with_our_types(in_schema(text, view_)));
}

std::int64_t PostgresConnection::changes() {
  collect();
  return changes_;
}

// The lock comes in the same journey as the first question: nothing is waited for here.
void PostgresConnection::begin() {
  changed_ = false;
  in_transaction_ = true;
  if (access_ == Access::kWrite) {
    session_.send("BEGIN");
    session_.send("SELECT locked FROM " + locked_ + ".writer FOR UPDATE");
  } else {
    session_.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }
}

void PostgresConnection::commit() {
  in_transaction_ = false;
  if (changed_) session_.send("NOTIFY " + std::string(kChannel));
  session_.send("COMMIT");
  collect();
}

void PostgresConnection::rollback() {
  in_transaction_ = false;
  try {
    session_.send("ROLLBACK");
    collect();
  } catch (const ConnectionLost&) {
    lost_ = true;
  }
}

// The server sees to its own log.
bool PostgresConnection::checkpoint() { return true; }

// An updated row leaves its old form in the table until the table is written anew, which no reader may stand in the way
// of: everybody behind would wait for him too. Even then it is written again while anybody's snapshot is older than the
// update, whatever he reads, or a transaction of any database of the server that writes.
bool PostgresConnection::scrub() {
  execute("SET lock_timeout = '200ms'");
  bool done = true;
  try {
    for (const char* table : {"vault.seal_key", "vault.credential"})
      for (const std::string& detail : session_.details_of(std::string("VACUUM (FULL, VERBOSE) ") + table))
        done = done && first_number(detail) == 0;  // of old forms that had to be kept
  } catch (const ConnectionLost&) {
    throw;
  } catch (const Error& error) {
    if (std::string_view(error.what()).find("55P03") == std::string_view::npos) throw;
    done = false;
  }
  execute("RESET lock_timeout");
  return done;
}

std::unique_ptr<Bulk> PostgresConnection::bulk(std::string_view table, std::span<const std::string_view> columns) {
  collect();
  changed_ = true;
  return std::make_unique<PostgresBulk>(session_, table, columns);
}

// Pages are the server's affair; what it finds damaged it refuses to read (SQLSTATE XX001).
std::vector<std::string> PostgresConnection::integrity() { return {}; }

std::vector<std::string> PostgresConnection::view_databases() {
  std::vector<std::string> names;
  auto& rows = prepare(kViewSchemas);
  while (rows.step()) names.emplace_back(rows.text(0));
  return names;
}

void PostgresConnection::forget_view_databases() { execute(kForgetting); }

std::string PostgresConnection::broken_tail(std::string_view) { return {}; }

Result PostgresConnection::ask(const std::string& text, std::span<const Parameter> parameters) {
  queue(text, parameters);
  return collect();
}

void PostgresConnection::tell(const std::string& text, std::span<const Parameter> parameters) {
  queue(text, parameters);
  changed_ = true;
  if (!in_transaction_) collect();
}

void PostgresConnection::queue(const std::string& text, std::span<const Parameter> parameters) {
  if (session_.crowded()) collect();  // before: what is sent now may be asked for its rows
  session_.send_prepared(prepared(text, parameters).name, parameters);
}

const PostgresConnection::Prepared& PostgresConnection::prepared(const std::string& text,
                                                                 std::span<const Parameter> parameters) {
  if (!prepared_.contains(text)) forget_oldest();
  auto& variants = prepared_[text];
  const auto found = std::ranges::find_if(variants, [&](const Prepared& p) { return fits(p.types, parameters); });
  if (found != variants.end()) return *found;
  Prepared fresh{"s" + std::to_string(++names_), {}};
  for (const Parameter& p : parameters) fresh.types.push_back(p.type);
  session_.send_prepare(fresh.name, text, fresh.types);
  if (std::ranges::find(fresh.types, kUnknown) != fresh.types.end()) fresh.types = session_.describe(fresh.name);
  if (variants.empty()) order_.push_back(text);
  return variants.emplace_back(std::move(fresh));
}

// What of it is queued has been sent before and is done in order.
void PostgresConnection::forget_oldest() {
  if (order_.size() < kMostPrepared) return;
  for (const Prepared& old : prepared_[order_.front()]) session_.send("DEALLOCATE " + old.name);
  prepared_.erase(order_.front());
  order_.pop_front();
}

Result PostgresConnection::collect() {
  if (session_.nothing_queued()) return {};
  try {
    Result last = session_.collect();
    changes_ = last ? std::strtoll(PQcmdTuples(last.get()), nullptr, 10) : 0;
    return last;
  } catch (const ConnectionLost&) {
    lost_ = true;
    throw;
  } catch (const std::runtime_error&) {
    prepared_.clear();
    order_.clear();  // names are never given twice, so what is still prepared does no harm
    throw;
  }
}

}  // namespace anlan::sql::postgres
