#include "roads/lines.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::roads {

Refusal refuse_file(std::string code, const std::string& file, const std::string& what) {
  return refuse(RefusalKind::kMalformed, "roads." + std::move(code), {}, {{"file", file}, {"what", what}});
}

// One number for a place, whichever file and line it comes from: that is where lines meet.
std::uint32_t Lines::number_of(road::Spot spot) {
  const std::uint64_t key =
      (std::uint64_t{static_cast<std::uint32_t>(spot.lng)} << 32) | static_cast<std::uint32_t>(spot.lat);
  const auto [at, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(places_.size()));
  if (is_new) places_.push_back(spot);
  return at->second;
}

// Everything is looked at before anything is kept.
Outcome<Done> Lines::add(const std::string& file, std::span<const LngLat> points, const Meaning& meaning) {
  if (points.size() > kMostPointsOfALine) return refuse_file("line_too_long", file, std::to_string(kMostPointsOfALine));
  if (ways_.size() >= kMostLines || places_.size() + points.size() > kMostPlaces)
    return refuse_file("too_many", file, std::to_string(kMostLines));
  for (const LngLat p : points)
    if (!is_place(p) || std::abs(p.lng) > 180)
      return refuse_file("place", file, std::to_string(p.lng) + ", " + std::to_string(p.lat));
  road::Way way;
  way.traits = meaning.traits;
  way.reversed = meaning.reversed;
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
    if (distance_m(points[i], points[i + 1]) > kLongestPiece_m) return leave_out("far"), Done();
  for (const LngLat p : points) way.places.push_back(number_of(road::spot(geo::to_cgcs2000(p, datum_))));
  if (points.size() < 2)
    leave_out("short");
  else
    ways_.push_back(std::move(way));
  return Done();
}

// Words that nobody expected may be any number.
void Lines::unknown_class(const std::string& word) {
  constexpr std::size_t kMostWords = 1000, kLongestWord = 60;
  std::string shown = without_controls(word);
  std::size_t size = std::min(shown.size(), kLongestWord);
  while (size < shown.size() && (static_cast<unsigned char>(shown[size]) & 0xc0) == 0x80) --size;
  shown.resize(size);
  if (unknown_.size() < kMostWords || unknown_.contains(shown)) ++unknown_[shown];
}

}  // namespace anlan::roads
