#include <charconv>

#include "domain/incident/facts.h"

namespace anlan::incident {
namespace {

constexpr std::string_view kPrefix = "incident/";

}  // namespace

std::string stream_of(const Segment& segment) {
  const std::string first = std::string(kPrefix) + segment.incident;
  return segment.epoch == 1 ? first : first + "@" + std::to_string(segment.epoch);
}

std::optional<Segment> segment_of(std::string_view stream) {
  if (!stream.starts_with(kPrefix)) return std::nullopt;
  const std::string_view rest = stream.substr(kPrefix.size());
  const auto at = rest.find('@');
  Segment segment{std::string(rest.substr(0, at)), 1};
  if (at != std::string_view::npos) std::from_chars(rest.data() + at + 1, rest.data() + rest.size(), segment.epoch);
  if (segment.incident.empty() || segment.epoch < 1 || stream_of(segment) != stream) return std::nullopt;
  return segment;
}

}  // namespace anlan::incident
