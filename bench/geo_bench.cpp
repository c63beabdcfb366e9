// Which of a million contacts in the towns of a city lie in a warning's area of 500 corners that holds one in a hundred
// of them: beside a grid written for this one question, and beside PostGIS where ANLAN_TEST_POSTGRES names a server
// that has it. Of 32 areas in different places the median. Argument: contacts.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <numbers>
#include <random>

#include "bare_grid.h"
#include "geo/point_index.h"
#include "postgis.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::size_t kAreas = 32, kCorners = 500;

double us_since(Steady::time_point start) {
  return std::chrono::duration<double, std::micro>(Steady::now() - start).count();
}

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<48} {:>12.3f} {:<8} {:>12.3f} {:>8.3f}\n", name, value, unit, reference, value / reference);
  std::fflush(stdout);
}

// Nine of ten live in one of 60 towns of different size, the others anywhere in a degree each way.
std::vector<geo::Point> contacts(std::size_t count, std::mt19937_64& chance) {
  std::uniform_real_distribution<double> part(0, 1);
  std::normal_distribution<double> around(0, 1);
  struct Town {
    LngLat middle;
    double spread;
  };
  std::vector<Town> towns;
  for (int i = 0; i < 60; ++i)
    towns.push_back({{118.2 + part(chance), 36.3 + part(chance)}, 0.004 * std::pow(10, part(chance))});
  std::vector<geo::Point> points;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Town& town = towns[chance() % towns.size()];
    LngLat place{town.middle.lng + town.spread * around(chance), town.middle.lat + town.spread * around(chance)};
    if (chance() % 10 == 0) place = {118.2 + part(chance), 36.3 + part(chance)};
    points.push_back({place, i});
  }
  return points;
}

// An outline as drawn along hills and roads: some large bays and a small roughness.
struct Outline {
  explicit Outline(std::mt19937_64& chance) {
    std::uniform_real_distribution<double> part(0, 1);
    const double bays = 2 + std::floor(4 * part(chance)), turn = 2 * std::numbers::pi * part(chance);
    for (std::size_t i = 0; i < kCorners; ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / kCorners;
      const double far = 1 + 0.3 * std::sin(bays * angle + turn) + 0.05 * part(chance);
      corners.push_back({far * std::cos(angle), far * std::sin(angle)});
    }
    corners.push_back(corners.front());
  }
  Ring at(LngLat middle, double size) const {
    Ring ring;
    for (const LngLat c : corners) ring.push_back({middle.lng + size * c.lng, middle.lat + size * c.lat});
    return ring;
  }
  Ring corners;
};

geo::Polygon area_holding(const geo::PointIndex& index, std::size_t wanted, LngLat middle, std::mt19937_64& chance) {
  const Outline outline(chance);
  double least = 0, most = 2;
  for (int i = 0; i < 40; ++i) {
    const double size = (least + most) / 2;
    (index.within(geo::Polygon{outline.at(middle, size), {}}).count() < wanted ? least : most) = size;
  }
  return {outline.at(middle, most), {}};
}

// Of each area the best of some rounds, of all areas the median.
double median_us(const std::vector<geo::Polygon>& areas, int rounds,
                 const std::function<void(const geo::Polygon&)>& ask) {
  std::vector<double> best(areas.size(), 1e12);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < areas.size(); ++i) {
      const auto start = Steady::now();
      ask(areas[i]);
      best[i] = std::min(best[i], us_since(start));
    }
  }
  std::ranges::sort(best);
  return best[best.size() / 2];
}

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "bench: %s\n", what);
  std::exit(1);
}

struct Times {
  double count_us = 0, collect_us = 0;
};

Times ask_index(const geo::PointIndex& index, const std::vector<geo::Polygon>& areas) {
  std::vector<std::uint32_t> numbers;
  std::size_t sum = 0;
  const double count = median_us(areas, 30, [&](const geo::Polygon& area) { sum += index.within(area).count(); });
  if (sum == 0) give_up("no area holds anybody");
  return {count, median_us(areas, 30, [&](const geo::Polygon& area) {
            numbers.clear();
            index.within(area).append_to(numbers);
          })};
}

Times ask_grid(BareGrid& grid, const geo::PointIndex& index, const std::vector<geo::Polygon>& areas) {
  std::vector<std::uint32_t> numbers;
  for (const auto& area : areas)
    if (grid.count(area.outer) != index.within(area).count()) give_up("the bare grid finds others");
  return {median_us(areas, 30, [&](const geo::Polygon& area) { grid.count(area.outer); }),
          median_us(areas, 30, [&](const geo::Polygon& area) { grid.collect(area.outer, numbers); })};
}

Times ask_postgis(Postgis& postgis, const geo::PointIndex& index, const std::vector<geo::Polygon>& areas) {
  for (const auto& area : areas)
    if (postgis.count(area.outer) != index.within(area).count()) give_up("PostGIS finds others");
  return {median_us(areas, 5, [&](const geo::Polygon& area) { postgis.count(area.outer); }),
          median_us(areas, 5, [&](const geo::Polygon& area) { postgis.collect(area.outer); })};
}

void run(std::size_t count) {
  std::mt19937_64 chance(1);
  const auto points = contacts(count, chance);
  auto start = Steady::now();
  const geo::PointIndex index(points);
  const double build_ms = us_since(start) / 1000;
  start = Steady::now();
  BareGrid grid(points);
  const double grid_build_ms = us_since(start) / 1000;
  std::vector<geo::Polygon> areas;
  while (areas.size() < kAreas)
    areas.push_back(area_holding(index, count / 100, points[chance() % count].place, chance));
  const Times ours = ask_index(index, areas), bare = ask_grid(grid, index, areas);
  print("geo.count.500_corners (bare grid)", ours.count_us, "us", bare.count_us);
  print("geo.collect.500_corners (bare grid)", ours.collect_us, "us", bare.collect_us);
  print("geo.build (bare grid)", build_ms, "ms", grid_build_ms);
  const auto n = static_cast<double>(count);
  print("geo.bytes_a_contact (bare grid)", static_cast<double>(index.bytes()) / n, "bytes",
        static_cast<double>(grid.bytes()) / n);
  const char* server = std::getenv("ANLAN_TEST_POSTGRES");
  if (!server) return;
  const auto postgis = Postgis::over(server, points);
  if (!postgis) return void(fmt::print("# the server has no PostGIS (make packages-bench)\n"));
  const Times theirs = ask_postgis(*postgis, index, areas);
  print("geo.count.500_corners (PostGIS)", ours.count_us, "us", theirs.count_us);
  print("geo.collect.500_corners (PostGIS)", ours.collect_us, "us", theirs.collect_us);
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) { anlan::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000); }
