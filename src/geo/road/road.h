#pragma once
// What is known of a piece of road, and how fast it is driven.

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "base/geometry.h"

namespace anlan::road {

// By what a road is for; the words of maps are mapped to these in data/rules/roads.toml.
enum class Class : std::uint8_t {
  kMotorway,
  kTrunk,
  kPrimary,
  kSecondary,
  kTertiary,
  kMinor,
  kResidential,
  kService,
  kTrack,
  kFerry
};
inline constexpr std::size_t kClasses = 10;

constexpr auto names_of(Class) {
  using P = std::pair<Class, std::string_view>;
  return std::array{P{Class::kMotorway, "motorway"},
                    P{Class::kTrunk, "trunk"},
                    P{Class::kPrimary, "primary"},
                    P{Class::kSecondary, "secondary"},
                    P{Class::kTertiary, "tertiary"},
                    P{Class::kMinor, "minor"},
                    P{Class::kResidential, "residential"},
                    P{Class::kService, "service"},
                    P{Class::kTrack, "track"},
                    P{Class::kFerry, "ferry"}};
}

// Milliseconds on the road. Two of them can be added; kNever is longer than any way.
using Ms = std::int32_t;
inline constexpr Ms kNever = 0x3fffffff;  // twelve days
inline constexpr Ms sum(Ms a, Ms b) { return a + b < kNever ? a + b : kNever; }

// A place in ten millionths of a degree, a centimetre: half the memory, and equal where it was equal.
struct Spot {
  std::int32_t lng = 0, lat = 0;
  bool operator==(const Spot&) const = default;
};
inline LngLat place(Spot s) { return {s.lng * 1e-7, s.lat * 1e-7}; }
// Of a place within ±180 degrees.
inline Spot spot(LngLat p) {
  return {static_cast<std::int32_t>(std::lround(p.lng * 1e7)), static_cast<std::int32_t>(std::lround(p.lat * 1e7))};
}

// What a road allows or is; the same for all of its pieces.
struct Traits {
  Class road_class = Class::kMinor;
  bool one_way = false;
  std::uint8_t kmh = 0;  // its own limit; 0: as its class
  std::uint8_t reserved = 0;
  std::uint16_t height_cm = 0;    // clearance; 0: no limit known
  std::uint16_t weight_10kg = 0;  // gross weight; 0: no limit known
  bool operator==(const Traits&) const = default;
};

// From one node to the next. Driven from tail to head, and back unless it is one-way.
struct Road {
  std::uint32_t tail = 0, head = 0;
  std::uint32_t shape_begin = 0, shape_end = 0;  // the points between, in Network::shape()
  float length_m = 0;
  Traits traits;
};

// A vehicle as far as roads ask; 0 where nothing is known, and no limit holds it then.
struct Vehicle {
  double height_m = 0, weight_t = 0;
};

// How fast roads are driven.
struct Profile {
  std::array<double, kClasses> kmh{};  // 0: not driven at all
  double limit_share = 1;              // of a road's own limit, what is driven there
  double off_road_kmh = 5;             // between a place and the road nearest to it
  double reach_m = 2000;               // a place that is farther from every road is not on the network
};

// Where there are no roads to go by.
struct Crow {
  double detour = 1.4;  // roads are so much longer than the great circle
  double kmh = 40;
};

}  // namespace anlan::road
