#include "script.h"

#include "journal/fact_hash.h"
#include "journal/verify.h"
#include "platform/sql/sqlite_connection.h"

namespace anlan::powercut {
namespace {

constexpr const char* kDirectory = "/node";
constexpr Instant kNow = from_ms(1'795'406'400'000);
constexpr crypto::Key kMaster{std::byte{1}};
constexpr int kFramesBeforeCheckpoint = 50;

class CountView : public journal::Projection {
 public:
  std::string_view name() const override { return "count"; }
  int revision() const override { return 1; }
  void create(sql::Connection& sql) override {
    sql.execute("CREATE TABLE view.count (stream TEXT PRIMARY KEY, facts INTEGER NOT NULL)");
  }
  void drop(sql::Connection& sql) override { sql.execute("DROP TABLE IF EXISTS count"); }
  void apply(sql::Connection& sql, const journal::Fact& fact) override {
    sql.prepare(
           "INSERT INTO count (stream, facts) VALUES (?, 1) ON CONFLICT (stream) DO UPDATE SET facts = count.facts + 1")
        .bind(fact.stream)
        .run();
  }
};

CountView count_view;
journal::Projection* const views[] = {&count_view};

std::string facts_kept(sql::Connection& sql, const Promised& promised) {
  std::size_t read = 0;
  std::string wrong;
  journal::each_after(sql, 0, [&](const journal::Fact& fact) {
    if (read < promised.facts.size() && fact.hash != promised.facts[read])
      wrong = "another fact at " + std::to_string(fact.position);
    ++read;
  });
  if (read < promised.facts.size())
    return std::to_string(promised.facts.size()) + " facts acknowledged, " + std::to_string(read) + " there";
  return wrong;
}

std::string entries_kept(sql::Connection& sql, const Promised& promised) {
  crypto::SeededRandom unused(0);
  journal::Vault vault(sql, kMaster, unused);
  for (const auto& [id, text] : promised.sealed)
    if (vault.open(id) != text) return "sealed entry " + id + " is gone";
  for (const std::string& id : promised.erased)
    if (vault.open(id)) return "erased entry " + id + " is back";
  return {};
}

std::string views_follow(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT (SELECT COALESCE(SUM(facts), 0) FROM count), (SELECT COUNT(*) FROM fact)");
  row.step();
  const bool same = row.integer(0) == row.integer(1);
  row.reset();
  return same ? "" : "a view differs from the facts";
}

}  // namespace

void Script::start() {
  writer_.reset();
  sql_.reset();
  sql_ = journal::start(kDirectory, views, kNow, {}, mount_.name());
  static_cast<sql::sqlite::SqliteConnection&>(*sql_).checkpoint_every(kFramesBeforeCheckpoint);
  if (!options_.synchronous) sql_->execute("PRAGMA vault.synchronous=OFF; PRAGMA journal.synchronous=OFF");
  writer_.emplace(*sql_, "city");
}

journal::NewFact Script::next_fact(int round, const std::string& stream) {
  std::string body = R"({"text":")" + std::string(static_cast<std::size_t>(round * 37 % 900), 'x') + R"("})";
  if (round % 7 == 3) {
    const std::string text = "person " + std::to_string(round);
    journal::Vault vault(*sql_, kMaster, random_);
    const auto entry = vault.seal(text);
    vault.keep(entry, kNow);
    pending_.sealed[entry.reference.id] = text;
    body = R"({"person":)" + journal::to_json(entry.reference) + "}";
  }
  return {stream, "note.taken", kNow, "desk", std::to_string(round), "real", body};
}

void Script::write(int round) {
  pending_ = promised_;
  sql_->begin();
  for (int command = 0; command <= round % 3; ++command) {
    const std::string stream = "s/" + std::to_string((round + command) % 11);
    const auto done = writer_->append(stream, writer_->version(stream), {next_fact(round, stream)}, kNow);
    journal::apply(*sql_, views, *done);
    const std::string key = std::to_string(round) + "." + std::to_string(command);
    writer_->keep_answer("desk", key, {201, "{}", writer_->head(), {}});
    pending_.facts.push_back(done->back().hash);
  }
}

// The next batch begins from what the files hold.
void Script::take_back() {
  sql_->rollback();
  writer_.emplace(*sql_, "city");
}

void Script::commit(int round) {
  if (round % 10 == 9) {
    write(round);
    take_back();
  }
  write(round);
  if (round % 20 == 19 && !pending_.sealed.empty()) {
    const std::string id = pending_.sealed.begin()->first;
    journal::Vault(*sql_, kMaster, random_).destroy(id);
    pending_.sealed.erase(id);
    promised_.sealed.erase(id);  // from now on it may be gone, after the commit it must be
    pending_.erased.push_back(id);
  }
  sql_->commit();
  promised_ = pending_;
  if (options_.acknowledged) options_.acknowledged();
}

void Script::run() {
  start();
  for (int round = 0; round < options_.commits; ++round) {
    commit(round);
    if (round % 40 == 39) sql_->checkpoint();
    if (round % 100 == 70) start();
  }
}

std::string Script::broken_promise(Mount& mount, const Promised& promised) try {
  {
    const auto sql = journal::start(kDirectory, views, kNow, {}, mount.name());
    for (const auto& broken : {facts_kept(*sql, promised), entries_kept(*sql, promised), views_follow(*sql)})
      if (!broken.empty()) return broken;
  }
  const auto report = journal::verify(kDirectory, {}, mount.name());
  return report.sound() ? "" : "verifying: " + report.problems.front().detail;
} catch (const sql::Error& error) {
  return error.what();
}

}  // namespace anlan::powercut
