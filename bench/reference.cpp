#include "reference.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench: %s\n", what);
  std::exit(1);
}

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Close>;
using Prepared = std::unique_ptr<sqlite3_stmt, Close>;

Handle open(const std::string& path) {
  sqlite3* raw = nullptr;
  if (sqlite3_open(path.c_str(), &raw) != SQLITE_OK) fail("cannot open the reference database");
  return Handle(raw);
}

void run(const Handle& handle, const char* text) {
  if (sqlite3_exec(handle.get(), text, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(handle.get()));
}

Prepared prepare(const Handle& handle, const char* text) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(handle.get(), text, -1, &raw, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(handle.get()));
  return Prepared(raw);
}

void bind_text(const Prepared& statement, int at, const std::string& text) {
  sqlite3_bind_text(statement.get(), at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void step(const Prepared& statement) {
  if (sqlite3_step(statement.get()) != SQLITE_DONE) fail("a reference insert failed");
  sqlite3_reset(statement.get());
}

constexpr const char* kTables =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE fact (position INTEGER PRIMARY KEY, node TEXT NOT NULL, node_sequence INTEGER NOT NULL, stream TEXT "
    "NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT "
    "NULL, actor TEXT NOT NULL, cause TEXT NOT NULL, world TEXT NOT NULL, body TEXT NOT NULL, previous_hash BLOB NOT "
    "NULL, hash BLOB NOT NULL, UNIQUE (stream, version), UNIQUE (node, node_sequence));"
    "CREATE TABLE answer (actor TEXT NOT NULL, idempotency_key TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT "
    "NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, sm3 BLOB NOT NULL, PRIMARY KEY (actor, idempotency_key));"
    "CREATE TABLE other (name TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (name, content))";

class Rows {
 public:
  Rows(const Handle& handle, const Row& row)
      : row_(row),
        fact_(prepare(handle,
                      "INSERT INTO fact VALUES (?1, 'city', ?1, ?2, 1, ?3, 1795406400000, 1795406400000, ?4, "
                      "?5, ?6, ?7, ?8, ?8)")),
        answer_(prepare(handle, "INSERT INTO answer VALUES (?1, ?2, 201, ?3, ?4, ?5, ?5)")),
        other_(prepare(handle, "INSERT INTO other VALUES (?1, ?2)")) {}

  void add() {
    ++count_;
    // Keys come from many clients in no order.
    const std::string key = std::to_string(count_ * 0x9e3779b97f4a7c15u);
    for (int i = 0; i < row_.facts; ++i) add_fact(key);
    for (int i = 0; i < row_.others; ++i) add_other(i);
    bind_text(answer_, 1, row_.actor);
    bind_text(answer_, 2, key);
    bind_text(answer_, 3, row_.answer);
    sqlite3_bind_int64(answer_.get(), 4, position_);
    sqlite3_bind_blob(answer_.get(), 5, hash_.data(), static_cast<int>(hash_.size()), SQLITE_STATIC);
    step(answer_);
  }
  std::uint64_t count() const { return count_; }

 private:
  void add_fact(const std::string& key) {
    const std::string stream = "stream/" + std::to_string(++position_);
    sqlite3_bind_int64(fact_.get(), 1, position_);
    const std::array texts{&stream, &row_.type, &row_.actor, &key, &row_.world, &row_.body};
    for (std::size_t i = 0; i < texts.size(); ++i) bind_text(fact_, static_cast<int>(i) + 2, *texts[i]);
    sqlite3_bind_blob(fact_.get(), 8, hash_.data(), static_cast<int>(hash_.size()), SQLITE_STATIC);
    step(fact_);
  }

  // A name of the length of an id, in order of time as ids are.
  void add_other(int number) {
    std::string name = std::to_string(count_);
    name.insert(0, 26 - name.size(), '0');
    const std::string content = "wf-emergency/" + std::to_string(number);
    bind_text(other_, 1, name);
    bind_text(other_, 2, content);
    step(other_);
  }

  const Row& row_;
  const Prepared fact_, answer_, other_;
  const std::array<char, 32> hash_{'h'};
  std::uint64_t count_ = 0;
  sqlite3_int64 position_ = 0;
};

}  // namespace

std::vector<double> fdatasync_ms(const std::string& directory, int times) {
  const std::string path = directory + "/fdatasync.probe";
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) fail("cannot write the probe file");
  const std::array<char, 4096> page{};
  std::vector<double> latencies;
  for (int i = 0; i < times; ++i) {
    const auto start = Steady::now();
    if (::write(fd, page.data(), page.size()) < 0 || ::fdatasync(fd) != 0) fail("cannot sync the probe file");
    latencies.push_back(ms_since(start));
  }
  ::close(fd);
  std::filesystem::remove(path);
  std::ranges::sort(latencies);
  return latencies;
}

double quantile(const std::vector<double>& ascending, double part) {
  if (ascending.empty()) return 0;
  return ascending[static_cast<std::size_t>(part * static_cast<double>(ascending.size() - 1))];
}

GroupCommit bare_group_commit(const std::string& directory, const Row& row, int batch,
                              std::chrono::milliseconds duration) {
  const std::string path = directory + "/bare.db";
  GroupCommit result;
  {
    const Handle handle = open(path);
    run(handle, kTables);
    Rows rows(handle, row);
    const auto start = Steady::now();
    while (Steady::now() - start < duration) {
      const auto began = Steady::now();
      run(handle, "BEGIN IMMEDIATE");
      for (int i = 0; i < batch; ++i) rows.add();
      run(handle, "COMMIT");
      result.commit_ms.push_back(ms_since(began));
    }
    result.rows_per_second = static_cast<double>(rows.count()) * 1000 / ms_since(start);
  }
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
  std::ranges::sort(result.commit_ms);
  return result;
}

}  // namespace anlan::bench
