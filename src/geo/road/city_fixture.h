#pragma once
// Seeded road networks for tests and benchmarks: a city of ring roads, radials, a grid of streets with gaps, one-way
// streets, dead ends, a river with few bridges, low and weak roads.

#include <cmath>
#include <random>

#include "geo/road/lay.h"

namespace anlan::road {

inline Profile city_profile() { return {{100, 75, 60, 50, 40, 30, 25, 15, 15, 10}, 1, 5, 2000}; }

class City {
 public:
  // So many crossings each way; streets lie 150 m apart.
  City(std::size_t side, std::uint64_t seed) : side_(side), chance_(seed) {
    for (std::size_t y = 0; y < side; ++y)
      for (std::size_t x = 0; x < side; ++x)
        places_.push_back(spot(at(static_cast<double>(x), static_cast<double>(y))));
    for (std::size_t i = 0; i < side; ++i) street(i, true), street(i, false);
    for (int ring = 1; ring <= 3; ++ring) add_ring(ring / 7.0);
  }
  Laid laid() const { return lay(places_, ways_); }
  const std::vector<Way>& ways() const { return ways_; }
  const std::vector<Spot>& places() const { return places_; }
  std::size_t below(std::size_t end) { return chance_() % end; }
  LngLat anywhere() {
    std::uniform_real_distribution<double> part(0, static_cast<double>(side_ - 1));
    return at(part(chance_), part(chance_));
  }

 private:
  static constexpr double kStep = 0.0015;

  LngLat at(double x, double y) {
    std::normal_distribution<double> around(0, 0.12);
    return {118.5 + kStep * (x + around(chance_)), 36.3 + kStep * (y + around(chance_))};
  }
  std::uint32_t crossing(std::size_t along, std::size_t across, bool east) const {
    return static_cast<std::uint32_t>(east ? across * side_ + along : along * side_ + across);
  }
  Traits traits_of(std::size_t number) {
    Traits traits;
    traits.road_class = number % 40 == 0   ? Class::kTrunk
                        : number % 20 == 0 ? Class::kPrimary
                        : number % 10 == 0 ? Class::kSecondary
                        : number % 5 == 0  ? Class::kTertiary
                                           : Class::kResidential;
    return traits;
  }
  // One street through the whole city, in pieces: small ones have gaps, none but the large ones crosses the river.
  void street(std::size_t number, bool east) {
    Traits traits = traits_of(number);
    const bool small = number % 5 != 0;
    const bool one_way = small && below(6) == 0, reversed = below(2) == 0;
    Way way;
    const auto finish = [&] {
      way.traits = traits;
      way.traits.one_way = one_way;
      way.reversed = one_way && reversed;
      if (below(50) == 0) way.traits.height_cm = static_cast<std::uint16_t>(250 + below(150));
      if (below(50) == 0) way.traits.weight_10kg = static_cast<std::uint16_t>(500 + below(2000));
      if (below(10) == 0) way.traits.kmh = static_cast<std::uint8_t>(20 + below(40));
      if (way.places.size() > 1) ways_.push_back(way);
      way.places.clear();
    };
    for (std::size_t i = 0; i < side_; ++i) {
      const bool river = !east && i == side_ / 3;
      if ((small && below(4) == 0) || (river && number % 20 != 0)) finish();
      // A bend now and then.
      if (!way.places.empty() && below(4) == 0) {
        const LngLat a = place(places_[way.places.back()]), b = place(places_[crossing(i, number, east)]);
        places_.push_back(spot({(a.lng + b.lng) / 2 + kStep / 10, (a.lat + b.lat) / 2 + kStep / 10}));
        way.places.push_back(static_cast<std::uint32_t>(places_.size() - 1));
      }
      way.places.push_back(crossing(i, number, east));
    }
    finish();
  }
  // Two carriageways around the centre over existing crossings.
  void add_ring(double radius) {
    const double middle = static_cast<double>(side_ - 1) / 2;
    Way way;
    way.traits.road_class = Class::kMotorway;
    way.traits.one_way = true;
    for (int i = 0; i <= 48; ++i) {
      const double angle = 2 * 3.14159265358979 * (i % 48) / 48, far = radius * static_cast<double>(side_);
      way.places.push_back(crossing(static_cast<std::size_t>(middle + far * std::cos(angle)),
                                    static_cast<std::size_t>(middle + far * std::sin(angle)), true));
    }
    ways_.push_back(way);
    way.reversed = true;
    ways_.push_back(way);
  }

  std::size_t side_;
  std::mt19937_64 chance_;
  std::vector<Spot> places_;
  std::vector<Way> ways_;
};

}  // namespace anlan::road
