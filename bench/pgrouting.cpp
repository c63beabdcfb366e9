#include "pgrouting.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace anlan::bench {
namespace {

using road::Ms;
using road::Node;

struct Close {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Close>;
using Result = std::unique_ptr<PGresult, Close>;

constexpr const char* kArcs = "SELECT id, source, target, cost, reverse_cost FROM bare_roads.road";

class Server : public Pgrouting {
 public:
  Server(Connection connection, const road::Network& network, std::span<const Ms> weights)
      : connection_(std::move(connection)) {
    run("DROP SCHEMA IF EXISTS bare_roads CASCADE; CREATE SCHEMA bare_roads; SET max_parallel_workers_per_gather = 0;"
        "CREATE TABLE bare_roads.road (id BIGINT, source BIGINT, target BIGINT, cost FLOAT8, reverse_cost FLOAT8)");
    std::string rows;
    const auto cost = [](Ms ms) { return ms < road::kNever ? ms : -1; };
    for (std::uint32_t r = 0; r < network.roads().size(); ++r) {
      rows += fmt::format("{}({},{},{},{},{})", rows.empty() ? "" : ",", r, network.roads()[r].tail,
                          network.roads()[r].head, cost(weights[2 * r]), cost(weights[2 * r + 1]));
      if (r % 1000 != 999 && r + 1 != network.roads().size()) continue;
      run("INSERT INTO bare_roads.road VALUES " + rows);
      rows.clear();
    }
    run("ANALYZE bare_roads.road");
  }
  ~Server() override { run("DROP SCHEMA bare_roads CASCADE"); }

  Ms route(Node from, Node to) override {
    const auto result = run(fmt::format("SELECT MAX(agg_cost) FROM pgr_dijkstra('{}', {}, {})", kArcs, from, to));
    return PQgetisnull(result.get(), 0, 0) ? road::kNever : std::atoi(PQgetvalue(result.get(), 0, 0));
  }
  std::vector<Ms> times(Node from, std::span<const Node> to) override {
    std::string nodes;
    for (const Node n : to) nodes += fmt::format("{}{}", nodes.empty() ? "" : ",", n);
    const auto result = run(fmt::format("SELECT end_vid, agg_cost FROM pgr_dijkstraCost('{}', {}, ARRAY[{}]::BIGINT[])",
                                        kArcs, from, nodes));
    std::vector<Ms> times(to.size(), road::kNever);
    for (std::size_t i = 0; i < to.size(); ++i)
      if (to[i] == from) times[i] = 0;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      const Node end = static_cast<Node>(std::atoi(PQgetvalue(result.get(), row, 0)));
      for (std::size_t i = 0; i < to.size(); ++i)
        if (to[i] == end) times[i] = std::atoi(PQgetvalue(result.get(), row, 1));
    }
    return times;
  }

 private:
  Result run(const std::string& text) {
    Result result(PQexec(connection_.get(), text.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
    std::fprintf(stderr, "bench: %s\n", PQerrorMessage(connection_.get()));
    std::exit(1);
  }
  Connection connection_;
};

}  // namespace

std::unique_ptr<Pgrouting> Pgrouting::over(const std::string& url, const road::Network& network,
                                           std::span<const Ms> weights) {
  Connection connection(PQconnectdb(url.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) return nullptr;
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  const Result made(PQexec(connection.get(), "CREATE EXTENSION IF NOT EXISTS pgrouting CASCADE"));
  if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) return nullptr;
  return std::make_unique<Server>(std::move(connection), network, weights);
}

}  // namespace anlan::bench
