#pragma once
// Seeded places and rings for the tests of this folder.

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "geo/point_index.h"

namespace anlan::geo {

class Places {
 public:
  explicit Places(std::uint64_t seed) : chance_(seed) {}

  double between(double least, double most) { return std::uniform_real_distribution<double>(least, most)(chance_); }
  std::size_t below(std::size_t end) { return chance_() % end; }

  // In a city of a degree each way: most in towns, some anywhere, some on the very place of another, a few astray.
  std::vector<Point> city(std::size_t count) {
    std::vector<LngLat> towns;
    for (int i = 0; i < 12; ++i) towns.push_back(anywhere());
    std::normal_distribution<double> around(0, 0.012);
    std::vector<Point> points;
    for (std::uint32_t i = 0; i < count; ++i) {
      LngLat place = anywhere();
      const std::size_t kind = below(100);
      const LngLat town = towns[below(towns.size())];
      if (kind < 70) place = {town.lng + around(chance_), town.lat + around(chance_)};
      if (kind >= 90 && i > 0) place = points[below(i)].place;
      if (below(5000) == 0) place = {0, 0};
      points.push_back({place, i});
    }
    return points;
  }
  LngLat anywhere() { return {between(118, 119), between(36, 37)}; }

  // A simple ring about a centre, its corners now near, now far.
  Ring star(LngLat center, double radius, std::size_t corners) {
    Ring ring;
    for (std::size_t i = 0; i < corners; ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
      const double far = radius * between(0.4, 1);
      ring.push_back({center.lng + far * std::cos(angle), center.lat + far * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
  }
  // Corners anywhere in the square about a centre: crosses itself nearly always.
  Ring tangle(LngLat center, double radius, std::size_t corners) {
    Ring ring;
    for (std::size_t i = 0; i < corners; ++i)
      ring.push_back({center.lng + between(-radius, radius), center.lat + between(-radius, radius)});
    ring.push_back(ring.front());
    return ring;
  }

 private:
  std::mt19937_64 chance_;
};

}  // namespace anlan::geo
