// Ways on a generated city of 90,000 crossings by the hierarchy, beside plain Dijkstra, A* and bidirectional Dijkstra
// on the same graph, and beside pgRouting where ANLAN_TEST_POSTGRES names a server that has it; and who sends what to
// whom, 500 × 500, beside bare LEMON on the same arcs. Argument: crossings each way.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include "bare_lemon.h"
#include "geo/road/city_fixture.h"
#include "geo/road/order.h"
#include "geo/road/roads.h"
#include "geo/road/search.h"
#include "pgrouting.h"

namespace anlan::bench {
namespace {

using road::kNever;
using road::Ms;
using road::Node;
using road::Start;
using Steady = std::chrono::steady_clock;
constexpr std::size_t kPairs = 100, kTargets = 1000, kSide = 500;

double us_since(Steady::time_point start) {
  return std::chrono::duration<double, std::micro>(Steady::now() - start).count();
}

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<48} {:>12.3f} {:<8} {:>12.3f} {:>8.3f}\n", name, value, unit, reference, value / reference);
  std::fflush(stdout);
}

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "bench: %s\n", what);
  std::exit(1);
}

double best_us(int rounds, const std::function<void()>& work) {
  double best = 1e18;
  for (int i = 0; i < rounds; ++i) {
    const auto start = Steady::now();
    work();
    best = std::min(best, us_since(start));
  }
  return best;
}

// Of each pair the best of some rounds, of all the median.
double median_us(const std::vector<std::pair<Node, Node>>& pairs, int rounds,
                 const std::function<void(std::span<const Start>, std::span<const Start>)>& ask) {
  std::vector<double> each;
  for (const auto& [from, to] : pairs) {
    const Start a[] = {{from, 0}}, b[] = {{to, 0}};
    each.push_back(best_us(rounds, [&] { ask(a, b); }));
  }
  std::ranges::sort(each);
  return each[each.size() / 2];
}

struct Ground {
  std::shared_ptr<const road::Roads> roads;
  std::shared_ptr<const road::Metric> metric;
  std::vector<std::pair<Node, Node>> pairs;
  std::vector<Node> targets;

  const road::Network& network() const { return roads->network(); }
  std::span<const Ms> weights() const { return metric->weights(); }
};

Ground prepare(road::City& city) {
  const road::Network plain = city.laid().network;
  auto start = Steady::now();
  const auto order = road::contraction_order(plain);
  const double order_ms = us_since(start) / 1000;
  auto network = std::make_unique<const road::Network>(road::in_order(plain, order));
  start = Steady::now();
  Ground ground;
  ground.roads = road::Roads::over(std::move(network), road::city_profile(), {});
  if (!ground.roads) give_up("no hierarchy comes of it");
  const double start_ms = us_since(start) / 1000;
  const auto random_node = [&] {
    for (;;)
      if (const Node n = static_cast<Node>(city.below(plain.nodes())); ground.network().is_main(n)) return n;
  };
  for (std::size_t i = 0; i < kPairs; ++i) ground.pairs.push_back({random_node(), random_node()});
  for (std::size_t i = 0; i < kTargets; ++i) ground.targets.push_back(random_node());
  std::vector<std::uint32_t> closed;
  for (std::uint32_t r = 0; r < ground.network().roads().size(); ++r)
    if (city.below(100) == 0) closed.push_back(r);
  ground.metric = ground.roads->metric({3.5, 12}, closed);
  const double customise_ms = best_us(5, [&] { ground.metric = ground.roads->metric({3.5, 12}, closed); }) / 1000;
  road::Search search(ground.network());
  const Start one[] = {{ground.targets[0], 0}};
  const double all_ms = best_us(5, [&] { search.to_all(ground.weights(), one); }) / 1000;
  fmt::print("# {} nodes, {} roads, {} edges of the hierarchy; one road in 100 closed\n", ground.network().nodes(),
             ground.network().roads().size(), ground.roads->hierarchy()->edges());
  print("roads.order (Dijkstra to all)", order_ms, "ms", all_ms);
  print("roads.start_from_file (Dijkstra to all)", start_ms, "ms", all_ms);
  print("roads.customise (Dijkstra to all)", customise_ms, "ms", all_ms);
  return ground;
}

void measure_routes(const Ground& ground) {
  road::Search search(ground.network());
  road::Climb climb(*ground.roads->hierarchy());
  const auto weights = ground.weights();
  const double fastest = road::fastest_m_per_ms(ground.network(), weights);
  for (const auto& [from, to] : ground.pairs) {
    const Start a[] = {{from, 0}}, b[] = {{to, 0}};
    if (climb.way(*ground.metric, a, b).ms != search.dijkstra(weights, a, b).ms) give_up("two methods differ");
  }
  const double way = median_us(ground.pairs, 10, [&](auto a, auto b) { climb.way(*ground.metric, a, b); });
  const double time = median_us(ground.pairs, 10, [&](auto a, auto b) { climb.time(*ground.metric, a, b); });
  const double plain = median_us(ground.pairs, 3, [&](auto a, auto b) { search.dijkstra(weights, a, b); });
  print("roads.route (Dijkstra)", way, "us", plain);
  print("roads.route (A*)", way, "us",
        median_us(ground.pairs, 3, [&](auto a, auto b) { search.a_star(weights, fastest, a, b); }));
  print("roads.route (bidirectional Dijkstra)", way, "us",
        median_us(ground.pairs, 3, [&](auto a, auto b) { search.bidirectional(weights, a, b); }));
  print("roads.time_without_route (Dijkstra)", time, "us", plain);
}

void measure_times(const Ground& ground) {
  road::Search search(ground.network());
  road::Climb climb(*ground.roads->hierarchy());
  std::vector<std::vector<Start>> places;
  for (const Node n : ground.targets) places.push_back({{n, 0}});
  const road::Targets targets(*ground.roads->hierarchy(), places);
  std::vector<Ms> times(kTargets);
  const Start from[] = {{ground.pairs[0].first, 0}};
  climb.times(*ground.metric, from, targets, times);
  if (times != search.to_some(ground.weights(), from, ground.targets)) give_up("two methods differ");
  const double plain = best_us(5, [&] { search.to_some(ground.weights(), from, ground.targets); });
  print("roads.times.1x1000 (Dijkstra)", best_us(30, [&] { climb.times(*ground.metric, from, targets, times); }), "us",
        plain);
  print(
      "roads.times.1x1000.new_targets (Dijkstra)",
      best_us(30, [&] { climb.times(*ground.metric, from, road::Targets(*ground.roads->hierarchy(), places), times); }),
      "us", plain);
}

void measure_memory(const Ground& ground) {
  const road::Network& network = ground.network();
  // What a graph of arcs cannot do without: where each node's begin, and head and time of each.
  const double bare = static_cast<double>(network.nodes() * 4 + network.roads().size() * 2 * 8) / (1 << 20);
  print("roads.memory.network (bare arcs)", static_cast<double>(network.bytes()) / (1 << 20), "MiB", bare);
  print("roads.memory.all (bare arcs)", static_cast<double>(ground.roads->bytes() + ground.metric->bytes()) / (1 << 20),
        "MiB", bare);
}

void measure_pgrouting(const Ground& ground) {
  const char* server = std::getenv("ANLAN_TEST_POSTGRES");
  if (!server) return;
  const auto pgrouting = Pgrouting::over(server, ground.network(), ground.weights());
  if (!pgrouting) return void(fmt::print("# the server has no pgRouting (make packages-bench)\n"));
  road::Climb climb(*ground.roads->hierarchy());
  const std::vector<std::pair<Node, Node>> few(ground.pairs.begin(), ground.pairs.begin() + 5);
  const double way = median_us(few, 10, [&](auto a, auto b) { climb.way(*ground.metric, a, b); });
  const double theirs = median_us(few, 1, [&](auto a, auto b) {
    if (pgrouting->route(a[0].node, b[0].node) != climb.time(*ground.metric, a, b)) give_up("pgRouting differs");
  });
  print("roads.route (pgRouting)", way, "us", theirs);
  std::vector<std::vector<Start>> places;
  for (const Node n : ground.targets) places.push_back({{n, 0}});
  const road::Targets targets(*ground.roads->hierarchy(), places);
  std::vector<Ms> times(kTargets);
  const Start from[] = {{ground.pairs[0].first, 0}};
  const double ours = best_us(30, [&] { climb.times(*ground.metric, from, targets, times); });
  std::vector<Ms> found;
  const double of_theirs = best_us(2, [&] { found = pgrouting->times(from[0].node, ground.targets); });
  if (found != times) give_up("pgRouting differs");
  print("roads.times.1x1000 (pgRouting)", ours, "us", of_theirs);
}

void measure_allocation(const Ground& ground, road::City& city) {
  road::Router router(ground.roads, ground.metric);
  std::vector<LngLat> from, to;
  for (std::size_t i = 0; i < kSide; ++i) from.push_back(city.anywhere()), to.push_back(city.anywhere());
  allocation::Problem problem;
  for (std::size_t i = 0; i < kSide; ++i) {
    problem.sources.push_back({"team", static_cast<std::int64_t>(15 + city.below(20)), 60'000});
    problem.needs.push_back({"team", static_cast<std::int64_t>(1 + city.below(20)), 1, kNever});
  }
  const auto travel = [&] {
    problem.travel.clear();
    for (const road::Travel& t : router.matrix(from, to)) problem.travel.push_back(std::min(t.ms, kNever - 1'000'000));
  };
  const double roads_ms = best_us(3, travel) / 1000;
  std::int64_t sum = 0, bare_sum = 0;
  double plan_ms = 1e18, bare_ms = 1e18;
  // In turns, so that a busy moment of the machine hits both.
  for (int round = 0; round < 10; ++round) {
    plan_ms = std::min(plan_ms, best_us(1, [&] {
                                  const auto plan = allocation::allocate(problem);
                                  if (!plan.ok() || !plan->unmet.empty()) give_up("no plan");
                                  sum = 0;
                                  for (const auto& line : plan->lines) sum += line.quantity * line.arrives;
                                }) / 1000);
    bare_ms = std::min(bare_ms, best_us(1, [&] { bare_sum = bare_allocation(problem); }) / 1000);
  }
  if (sum != bare_sum) give_up("bare LEMON finds another plan");
  print("allocation.500x500 (bare LEMON)", plan_ms, "ms", bare_ms);
  print("allocation.500x500.with_travel_times (bare LEMON)", plan_ms + roads_ms, "ms", bare_ms);
}

void run(std::size_t side) {
  road::City city(side, 1);
  const Ground ground = prepare(city);
  measure_routes(ground);
  measure_times(ground);
  measure_memory(ground);
  measure_allocation(ground, city);
  measure_pgrouting(ground);
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) { anlan::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 312); }
