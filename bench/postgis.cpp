#include "postgis.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace anlan::bench {
namespace {

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

Result run(const Connection& connection, const char* text) {
  Result result(PQexec(connection.get(), text));
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) fail(connection);
  return result;
}

std::string as_text(const Ring& ring) {
  std::string text = "POLYGON((";
  for (const LngLat p : ring) text += fmt::format("{}{} {}", text.back() == '(' ? "" : ",", p.lng, p.lat);
  return text + "))";
}

class Server : public Postgis {
 public:
  Server(Connection connection, std::span<const geo::Point> points) : connection_(std::move(connection)) {
    run(connection_,
        "DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare; SET max_parallel_workers_per_gather = 0;"
        "CREATE TABLE bare.contact (number BIGINT, place public.geometry(Point))");
    run(connection_, "COPY bare.contact FROM STDIN");
    std::string lines;
    for (const auto& [place, number] : points) {
      lines += fmt::format("{}\tPOINT({} {})\n", number, place.lng, place.lat);
      if (lines.size() > 1 << 20) send(lines);
    }
    send(lines);
    if (PQputCopyEnd(connection_.get(), nullptr) != 1) fail(connection_);
    while (const Result result{PQgetResult(connection_.get())})
      if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(connection_);
    run(connection_,
        "CREATE INDEX by_place ON bare.contact USING gist (place); CLUSTER bare.contact USING by_place;"
        "ANALYZE bare.contact");
    run(connection_,
        "PREPARE how_many(TEXT) AS SELECT COUNT(*) FROM bare.contact WHERE "
        "ST_Contains(ST_GeomFromText($1), place);"
        "PREPARE which(TEXT) AS SELECT number FROM bare.contact WHERE "
        "ST_Contains(ST_GeomFromText($1), place)");
  }
  ~Server() override { run(connection_, "DROP SCHEMA bare CASCADE"); }

  std::size_t count(const Ring& ring) override { return number(PQgetvalue(ask("how_many", ring).get(), 0, 0)); }
  std::vector<std::uint32_t> collect(const Ring& ring) override {
    const Result result = ask("which", ring);
    std::vector<std::uint32_t> numbers;
    for (int i = 0; i < PQntuples(result.get()); ++i)
      numbers.push_back(static_cast<std::uint32_t>(number(PQgetvalue(result.get(), i, 0))));
    return numbers;
  }

 private:
  void send(std::string& lines) {
    if (PQputCopyData(connection_.get(), lines.data(), static_cast<int>(lines.size())) != 1) fail(connection_);
    lines.clear();
  }
  Result ask(const char* statement, const Ring& ring) {
    const std::string text = as_text(ring);
    const char* value = text.c_str();
    Result result(PQexecPrepared(connection_.get(), statement, 1, &value, nullptr, nullptr, 0));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) fail(connection_);
    return result;
  }
  static std::size_t number(const char* text) {
    std::size_t value = 0;
    std::from_chars(text, text + std::strlen(text), value);
    return value;
  }

  Connection connection_;
};

}  // namespace

std::unique_ptr<Postgis> Postgis::over(const std::string& url, std::span<const geo::Point> points) {
  // Only the server's own user may create what is not trusted.
  const std::string own = url + (url.find('?') == std::string::npos ? "?" : "&") + "user=postgres";
  Connection connection(PQconnectdb(own.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) fail(connection);
  const Result there(
      PQexec(connection.get(), "SET client_min_messages = warning; CREATE EXTENSION IF NOT EXISTS postgis"));
  if (PQresultStatus(there.get()) != PGRES_COMMAND_OK) return nullptr;
  return std::make_unique<Server>(std::move(connection), points);
}

}  // namespace anlan::bench
