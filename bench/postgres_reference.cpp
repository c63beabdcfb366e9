#include "postgres_reference.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "journal/journal.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

struct Close {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Close>;
using Result = std::unique_ptr<PGresult, Close>;

[[noreturn]] void fail(const Connection& connection) {
  std::fprintf(stderr, "bench: %s\n", PQerrorMessage(connection.get()));
  std::exit(1);
}

Connection connect(const std::string& url) {
  Connection connection(PQconnectdb(url.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) fail(connection);
  return connection;
}

void run(const Connection& connection, const char* text) {
  const Result result(PQexec(connection.get(), text));
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) fail(connection);
}

// The tables of docs/journal-format.md.
constexpr const char* kTables =
    "SET client_min_messages = warning; DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare; SET search_path = bare;"
    "CREATE TABLE fact (position BIGINT PRIMARY KEY, node TEXT NOT NULL, node_sequence BIGINT NOT NULL, stream TEXT "
    "NOT NULL, version BIGINT NOT NULL, type TEXT NOT NULL, occurred_at BIGINT NOT NULL, recorded_at BIGINT NOT "
    "NULL, actor TEXT NOT NULL, cause TEXT NOT NULL, world TEXT NOT NULL, body TEXT NOT NULL, previous_hash BYTEA NOT "
    "NULL, hash BYTEA NOT NULL, UNIQUE (stream, version), UNIQUE (node, node_sequence));"
    "CREATE TABLE answer (actor TEXT NOT NULL, idempotency_key TEXT NOT NULL, status BIGINT NOT NULL, body TEXT NOT "
    "NULL, position BIGINT NOT NULL, digest BYTEA NOT NULL, sm3 BYTEA NOT NULL, PRIMARY KEY (actor, idempotency_key));"
    "CREATE TABLE other (name TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (name, content));"
    "PREPARE add_fact(BIGINT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, BYTEA) AS INSERT INTO fact VALUES ($1, 'city', $1, "
    "$2, 1, $3, 1795406400000, 1795406400000, $4, $5, $6, $7, $8, $8);"
    "PREPARE add_answer(TEXT, TEXT, TEXT, BIGINT, BYTEA) AS INSERT INTO answer VALUES ($1, $2, 201, $3, $4, $5, $5);"
    "PREPARE add_other(TEXT, TEXT) AS INSERT INTO other VALUES ($1, $2);";

class Rows {
 public:
  Rows(const Connection& connection, const Row& row) : connection_(connection), row_(row) {}

  void add() {
    ++count_;
    const std::string key = std::to_string(count_ * 0x9e3779b97f4a7c15u);
    for (int i = 0; i < row_.facts; ++i) {
      const std::string position = std::to_string(++position_), stream = "stream/" + position;
      send("add_fact", {position, stream, row_.type, row_.actor, key, row_.world, row_.body, kHash});
    }
    std::string name = std::to_string(count_);
    name.insert(0, 26 - name.size(), '0');
    for (int i = 0; i < row_.others; ++i) send("add_other", {name, "wf-emergency/" + std::to_string(i)});
    send("add_answer", {row_.actor, key, row_.answer, std::to_string(position_), kHash});
  }
  void begin() { plain("BEGIN"); }
  void commit() {
    plain("COMMIT");
    if (PQpipelineSync(connection_.get()) == 0) fail(connection_);
    for (;;) {
      const Result result(PQgetResult(connection_.get()));
      if (!result) continue;
      const auto status = PQresultStatus(result.get());
      if (status == PGRES_PIPELINE_SYNC) return;
      if (status != PGRES_COMMAND_OK) fail(connection_);
    }
  }
  std::uint64_t count() const { return count_; }

 private:
  void send(const char* statement, const std::vector<std::string>& values) {
    std::vector<const char*> texts;
    for (const auto& value : values) texts.push_back(value.c_str());
    if (PQsendQueryPrepared(connection_.get(), statement, static_cast<int>(texts.size()), texts.data(), nullptr,
                            nullptr, 0) == 0)
      fail(connection_);
  }
  void plain(const char* text) {
    if (PQsendQueryParams(connection_.get(), text, 0, nullptr, nullptr, nullptr, nullptr, 0) == 0) fail(connection_);
  }

  const std::string kHash = "\\x" + std::string(64, 'a');
  const Connection& connection_;
  const Row& row_;
  std::uint64_t count_ = 0;
  std::int64_t position_ = 0;
};

// As COPY reads text.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    out += c;
  }
  return out;
}

}  // namespace

GroupCommit bare_pipeline(const std::string& url, const Row& row, int batch, std::chrono::milliseconds duration) {
  const Connection connection = connect(url);
  run(connection, kTables);
  if (PQenterPipelineMode(connection.get()) == 0) fail(connection);
  GroupCommit result;
  Rows rows(connection, row);
  const auto start = Steady::now();
  while (Steady::now() - start < duration) {
    const auto began = Steady::now();
    rows.begin();
    for (int i = 0; i < batch; ++i) rows.add();
    rows.commit();
    result.commit_ms.push_back(ms_since(began));
  }
  result.rows_per_second = static_cast<double>(rows.count()) * 1000 / ms_since(start);
  if (PQexitPipelineMode(connection.get()) == 0) fail(connection);
  run(connection, "DROP SCHEMA bare CASCADE");
  std::ranges::sort(result.commit_ms);
  return result;
}

double bare_copy_seconds(const std::string& store, const std::string& url, std::int64_t& rows) {
  const auto source = sql::open(store, sql::Access::kRead);
  const Connection connection = connect(url);
  run(connection,
      "SET client_min_messages = warning; DROP TABLE IF EXISTS public.bare; CREATE TABLE public.bare (position BIGINT, "
      "node TEXT, node_sequence BIGINT, stream TEXT, version BIGINT, type TEXT, occurred_at BIGINT, recorded_at "
      "BIGINT, "
      "actor TEXT, cause TEXT, world TEXT, body TEXT, previous_hash TEXT, hash TEXT)");
  const auto start = Steady::now();
  run(connection, "COPY public.bare FROM STDIN");
  const std::string hashes = "\t" + std::string(64, 'a') + "\t" + std::string(64, 'a') + "\n";
  journal::each_after(*source, 0, [&](const journal::Fact& f) {
    std::string line;
    for (const std::string& part : {std::to_string(f.position), f.node, std::to_string(f.node_sequence), f.stream,
                                    std::to_string(f.version), f.type, std::to_string(to_ms(f.occurred_at)),
                                    std::to_string(to_ms(f.recorded_at)), f.actor, f.cause, f.world, escaped(f.body)})
      line.append(line.empty() ? "" : "\t").append(part);
    line += hashes;
    if (PQputCopyData(connection.get(), line.data(), static_cast<int>(line.size())) != 1) fail(connection);
    ++rows;
  });
  if (PQputCopyEnd(connection.get(), nullptr) != 1) fail(connection);
  for (;;) {
    const Result result(PQgetResult(connection.get()));
    if (!result) break;
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(connection);
  }
  const double seconds = ms_since(start) / 1000;
  run(connection, "DROP TABLE public.bare");
  return seconds;
}

}  // namespace anlan::bench
