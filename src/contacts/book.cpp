#include "contacts/book.h"

#include <algorithm>
#include <array>

#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::contacts {
namespace {

constexpr std::array<std::string_view, 10> kColumns{"id",  "generation", "reference", "division", "lng",
                                                    "lat", "placed",     "words",     "person",   "sealed"};
constexpr std::string_view kContext = "contact";
constexpr char kBetween = '\x1f', kBetweenKinds = '\x1e';

//   roll    lists as they stand
//   former  generations that were replaced, with the last id that there was then: neither is ever given again
//   entry   lines; one whose generation is no list's is of somebody who is gone
constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS roll (organisation TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
  row_count INTEGER NOT NULL, generation INTEGER NOT NULL, replaced_at INTEGER NOT NULL, recorded INTEGER NOT NULL,
  PRIMARY KEY (organisation, name));
CREATE TABLE IF NOT EXISTS former (generation INTEGER PRIMARY KEY, organisation TEXT NOT NULL,
  name TEXT NOT NULL, since INTEGER NOT NULL, last_id INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entry (id INTEGER NOT NULL, generation INTEGER NOT NULL,
  reference TEXT NOT NULL, division TEXT NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, placed INTEGER NOT NULL,
  words TEXT NOT NULL, person BLOB NOT NULL, sealed BLOB NOT NULL,
  PRIMARY KEY (generation, id));
CREATE INDEX IF NOT EXISTS entry_id ON entry(id);
)";

crypto::Key derived(const crypto::Key& master) {
  crypto::Key key{};
  const auto digest = crypto::hmac_sm3(master, crypto::bytes_of("contacts"));
  std::ranges::copy(digest, key.begin());
  return key;
}

std::string joined(const std::vector<std::string>& words, char with) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : std::string(1, with)).append(word);
  return text;
}

std::vector<std::string> parts_of(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(at), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// All kinds of words in one column.
std::string words_of(const Contact& c) {
  return joined(c.roles, kBetween) + kBetweenKinds + joined(c.hazards, kBetween) + kBetweenKinds +
         joined(c.vulnerabilities, kBetween) + kBetweenKinds + joined(c.follows, kBetween);
}

void read_words(std::string_view text, Entry& entry) {
  for (auto* words : {&entry.roles, &entry.hazards, &entry.vulnerabilities, &entry.follows}) {
    const auto end = std::min(text.find(kBetweenKinds), text.size());
    *words = parts_of(text.substr(0, end), kBetween);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::int64_t ask(sql::Connection& sql, std::string_view select) {
  auto& row = sql.prepare(select);
  const std::int64_t value = row.step() ? row.integer(0) : 0;
  row.reset();
  return value;
}

List list_of(sql::Statement& row) {
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
          row.integer(3),           row.integer(4),           from_ms(row.integer(5))};
}

}  // namespace

Book::Book(const std::string& where, const crypto::Key& master, Random& random)
    : sql_(sql::open_beside(where, "contacts", sql::Access::kWrite)), key_(derived(master)), random_(random) {
  sql_->begin();  // of two who begin at the same moment one makes the tables
  sql_->execute(kTables);
  sql_->commit();
  next_id_ = std::max(ask(*sql_, "SELECT COALESCE(MAX(id), 0) FROM entry"),
                      ask(*sql_, "SELECT COALESCE(MAX(last_id), 0) FROM former")) +
             1;
  read_index();
}

std::shared_ptr<const Index> Book::index() const {
  const std::lock_guard lock(mutex_);
  return index_;
}

void Book::read_index() {
  Index::Building building;
  auto& row = sql_->prepare(
      "SELECT c.id, c.division, c.lng, c.lat, c.placed, c.words, c.person FROM roll l JOIN entry c ON c.generation = "
      "l.generation ORDER BY c.id");
  while (row.step()) {
    Entry entry;
    entry.id = row.integer(0);
    entry.division = row.text(1);
    if (row.integer(4) != 0) entry.point = LngLat{row.real(2), row.real(3)};
    read_words(row.text(5), entry);
    entry.person = crypto::text_of(row.blob(6));
    building.add(entry);
  }
  auto made = std::make_shared<const Index>(std::move(building).finish());
  const std::lock_guard lock(mutex_);
  index_ = std::move(made);
}

std::vector<List> Book::lists() {
  auto& row = sql_->prepare(
      "SELECT name, organisation, digest, row_count, generation, replaced_at FROM roll ORDER BY name, organisation");
  std::vector<List> found;
  while (row.step()) found.push_back(list_of(row));
  return found;
}

std::optional<List> Book::list(const std::string& name, const std::string& organisation) {
  for (List& one : lists())
    if (one.name == name && one.organisation == organisation) return std::move(one);
  return std::nullopt;
}

void Book::forget(Instant now) {
  sql_->begin();
  sql_->prepare("DELETE FROM entry WHERE generation IN (SELECT generation FROM former WHERE since < ?)")
      .bind(to_ms(now - kKeptWhenGone))
      .run();
  sql_->commit();
}

std::vector<List> Book::unrecorded() {
  auto& row = sql_->prepare(
      "SELECT name, organisation, digest, row_count, generation, replaced_at FROM roll WHERE recorded = 0 ORDER BY "
      "name, organisation");
  std::vector<List> found;
  while (row.step()) found.push_back(list_of(row));
  return found;
}

void Book::note_recorded(const List& list) {
  sql_->begin();
  sql_->prepare("UPDATE roll SET recorded = 1 WHERE generation = ?").bind(list.generation).run();
  sql_->commit();
}

// The same telephone is the same person; without one the mail address tells, or the device.
std::string Book::person_of(const Contact& c) const {
  std::string known;
  for (const char digit : c.phone)
    if (digit >= '0' && digit <= '9') known += digit;
  if (known.empty()) known = c.mail;
  if (known.empty()) known = c.device;
  const auto digest = crypto::hmac_sm3(key_, crypto::bytes_of(known));
  return std::string(crypto::text_of(std::span(digest).first(16)));
}

Book::Replacing::Replacing(Book& book, std::string name, std::string organisation, std::string digest) : book_(book) {
  list_.name = std::move(name);
  list_.organisation = std::move(organisation);
  list_.digest = std::move(digest);
  book_.sql_->begin();
  list_.generation = std::max(ask(*book_.sql_, "SELECT COALESCE(MAX(generation), 0) FROM roll"),
                              ask(*book_.sql_, "SELECT COALESCE(MAX(generation), 0) FROM former")) +
                     1;
  auto& row = book_.sql_->prepare(
      "SELECT reference, id FROM entry WHERE generation IN (SELECT generation FROM roll WHERE organisation = ? "
      "AND name = ? UNION SELECT generation FROM former WHERE organisation = ? AND name = ?)");
  row.bind(list_.organisation).bind(list_.name).bind(list_.organisation).bind(list_.name);
  while (row.step()) known_.emplace(row.text(0), row.integer(1));
  rows_ = book_.sql_->bulk("entry", kColumns);
}

Book::Replacing::~Replacing() {
  if (done_) return;
  try {
    if (rows_) rows_->finish();  // the connection is the rows' until then
    rows_.reset();
  } catch (const std::runtime_error&) {  // nothing of them is wanted
  }
  book_.sql_->rollback();
}

bool Book::Replacing::add(const Contact& c) {
  if (!references_.insert(c.reference).second) return false;
  const std::string person = book_.person_of(c), words = words_of(c);
  const std::string plain = joined({c.name.empty() ? " " : c.name, c.phone.empty() ? " " : c.phone,
                                    c.mail.empty() ? " " : c.mail, c.device.empty() ? " " : c.device},
                                   kBetween);
  const auto sealed = crypto::seal(book_.key_, kContext, crypto::bytes_of(plain), book_.random_);
  const LngLat at = c.point.value_or(LngLat{});
  const auto known = known_.find(c.reference);
  const std::array<sql::Value, kColumns.size()> row{known == known_.end() ? book_.next_id_++ : known->second,
                                                    list_.generation,
                                                    std::string_view(c.reference),
                                                    std::string_view(c.division),
                                                    at.lng,
                                                    at.lat,
                                                    std::int64_t{c.point ? 1 : 0},
                                                    std::string_view(words),
                                                    crypto::bytes_of(person),
                                                    std::span<const std::byte>(sealed)};
  rows_->add(row);
  ++list_.rows;
  return true;
}

List Book::Replacing::finish(Instant now) {
  list_.replaced_at = now;
  rows_->finish();
  rows_.reset();
  auto& sql = *book_.sql_;
  if (const auto before = book_.list(list_.name, list_.organisation))
    sql.prepare("INSERT INTO former (generation, organisation, name, since, last_id) VALUES (?, ?, ?, ?, ?)")
        .bind(before->generation)
        .bind(before->organisation)
        .bind(before->name)
        .bind(to_ms(now))
        .bind(book_.next_id_ - 1)
        .run();
  // Who is in the list again, or still.
  sql.prepare(
         "DELETE FROM entry WHERE generation IN (SELECT generation FROM former WHERE organisation = ? AND name = ?) "
         "AND id IN (SELECT id FROM entry WHERE generation = ?)")
      .bind(list_.organisation)
      .bind(list_.name)
      .bind(list_.generation)
      .run();
  sql.prepare(
         "INSERT INTO roll (organisation, name, digest, row_count, generation, replaced_at, recorded) "
         "VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT (organisation, name) DO UPDATE SET digest = excluded.digest, "
         "row_count = excluded.row_count, generation = excluded.generation, replaced_at = excluded.replaced_at, "
         "recorded = 0")
      .bind(list_.organisation)
      .bind(list_.name)
      .bind(list_.digest)
      .bind(list_.rows)
      .bind(list_.generation)
      .bind(to_ms(now))
      .run();
  sql.commit();
  done_ = true;
  book_.forget(now);
  book_.read_index();
  return list_;
}

Addresses::Addresses(const std::string& where, const crypto::Key& master)
    : where_(where), sql_(connect()), key_(derived(master)) {}

std::unique_ptr<sql::Connection> Addresses::connect() const {
  return sql::open_beside(where_, "contacts", sql::Access::kRead);
}

std::optional<Address> Addresses::find(std::int64_t id) {
  if (sql_->lost()) sql_ = connect();
  auto& row = sql_->prepare("SELECT sealed FROM entry WHERE id = ? ORDER BY generation DESC LIMIT 1");
  row.bind(id);
  std::optional<Address> found;
  if (row.step())
    if (const auto plain = crypto::unseal(key_, kContext, row.blob(0))) {
      auto parts = parts_of(crypto::text_of(*plain), kBetween);
      parts.resize(4);
      for (std::string& part : parts)
        if (part == " ") part.clear();
      found = Address{parts[0], parts[1], parts[2], parts[3]};
    }
  row.reset();
  return found;
}

}  // namespace anlan::contacts
