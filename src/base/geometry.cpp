#include "base/geometry.h"

#include <algorithm>
#include <array>
#include <numbers>

namespace anlan {
namespace {

constexpr double kRadius_m = 6371008.8, kDegree = std::numbers::pi / 180;

LngLat towards(LngLat from, double distance_m, double bearing) {
  const double angle = distance_m / kRadius_m, lat = from.lat * kDegree;
  const double sine = std::sin(lat) * std::cos(angle) + std::cos(lat) * std::sin(angle) * std::cos(bearing);
  const double to_lat = std::asin(std::clamp(sine, -1.0, 1.0));
  const double turn = std::atan2(std::sin(bearing) * std::sin(angle) * std::cos(lat),
                                 std::cos(angle) - std::sin(lat) * std::sin(to_lat));
  return {from.lng + turn / kDegree, to_lat / kDegree};
}

// A sum of doubles without rounding: parts of rising size that share no bit (Shewchuk 1997, §2.4).
class ExactSum {
 public:
  void add(double value) {
    int kept = 0;
    for (int i = 0; i < size_; ++i) {
      const double sum = value + parts_[i], of_part = sum - value;
      const double lost = (value - (sum - of_part)) + (parts_[i] - of_part);
      value = sum;
      if (lost != 0) parts_[kept++] = lost;
    }
    if (value != 0) parts_[kept++] = value;
    size_ = kept;
  }
  void add_product(double a, double b) {
    const double product = a * b;
    add(std::fma(a, b, -product));
    add(product);
  }
  // That of the sum.
  double sign() const { return size_ == 0 ? 0 : parts_[size_ - 1]; }

 private:
  std::array<double, 12> parts_{};
  int size_ = 0;
};

}  // namespace

bool is_place(LngLat p) { return std::abs(p.lng) <= 360 && std::abs(p.lat) <= 90; }

double distance_m(LngLat a, LngLat b) {
  const double dlat = (b.lat - a.lat) * kDegree, dlng = (b.lng - a.lng) * kDegree;
  const double h = std::pow(std::sin(dlat / 2), 2) +
                   std::cos(a.lat * kDegree) * std::cos(b.lat * kDegree) * std::pow(std::sin(dlng / 2), 2);
  return 2 * kRadius_m * std::asin(std::sqrt(std::min(h, 1.0)));
}

Ring circle_ring(LngLat center, double radius_m) {
  constexpr int kPoints = 64;  // enough corners that it looks round
  Ring ring;
  if (!(radius_m > 0)) return ring;
  for (int i = 0; i < kPoints; ++i) ring.push_back(towards(center, radius_m, -2 * std::numbers::pi * i / kPoints));
  ring.push_back(ring.front());
  return ring;
}

double exact_side(LngLat a, LngLat b, LngLat p) {
  ExactSum sum;
  sum.add_product(b.lng, p.lat);
  sum.add_product(b.lng, -a.lat);
  sum.add_product(a.lng, -p.lat);
  sum.add_product(p.lng, -b.lat);
  sum.add_product(p.lng, a.lat);
  sum.add_product(a.lng, b.lat);
  return sum.sign();
}

bool contains(const Ring& ring, LngLat p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const bool up = ring[j].lat <= ring[i].lat;
    const LngLat low = up ? ring[j] : ring[i], high = up ? ring[i] : ring[j];
    if (low.lat <= p.lat && p.lat < high.lat && side(low, high, p) > 0) inside = !inside;
  }
  return inside;
}

}  // namespace anlan
