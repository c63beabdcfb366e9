#pragma once
// What came in by itself (a CAP alert, a department's interface) and may become an incident when the desk says so.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/time.h"

namespace anlan::candidate {

// By which way in it came; the desk's list of sources is by origin.
enum class Origin { kCap, kApi };
constexpr auto names_of(Origin) {
  using P = std::pair<Origin, std::string_view>;
  return std::array{P{Origin::kCap, "cap"}, P{Origin::kApi, "api"}};
}

// A candidate is decided once; nothing leads back to waiting.
enum class State { kWaiting, kAdopted, kDismissed };
constexpr auto names_of(State) {
  using P = std::pair<State, std::string_view>;
  return std::array{P{State::kWaiting, "waiting"}, P{State::kAdopted, "adopted"}, P{State::kDismissed, "dismissed"}};
}

// Severity, urgency, certainty and msg_type are CAP's own words (OASIS CAP 1.2 §3.2.2).
struct Description {
  // Texts are cut to what a fact may hold when they are taken, whole characters; the alert itself is not kept.
  Origin origin = Origin::kApi;
  std::string headline, description, sender;
  // When the sender says that it was sent; the node's own moment is the fact's recorded_at.
  Instant sent;
  std::optional<std::string> type, event_text, severity, urgency, certainty, msg_type, identifier, references,
      area_desc, division, address, reference;
  // CGCS2000. A CAP circle has become a ring of `area`.
  std::optional<LngLat> point;
  // Closed rings, longitude first, outer borders only.
  std::optional<std::vector<Ring>> area;
  std::optional<Instant> occurred_at, expires;
  bool exercise = false;  // CAP status Exercise or Test: never a real incident
  static constexpr auto fields = std::tuple{field("origin", &Description::origin),
                                            field("headline", &Description::headline),
                                            field("description", &Description::description, 4000),
                                            field("sender", &Description::sender),
                                            field("sent", &Description::sent),
                                            field("type", &Description::type, 5),
                                            field("event_text", &Description::event_text),
                                            field("severity", &Description::severity),
                                            field("urgency", &Description::urgency),
                                            field("certainty", &Description::certainty),
                                            field("msg_type", &Description::msg_type),
                                            field("identifier", &Description::identifier),
                                            field("references", &Description::references, 4000),
                                            field("area_desc", &Description::area_desc, 2000),
                                            field("division", &Description::division, 12),
                                            field("address", &Description::address),
                                            field("reference", &Description::reference),
                                            field("point", &Description::point),
                                            field("area", &Description::area, kMostRings),
                                            field("occurred_at", &Description::occurred_at),
                                            field("expires", &Description::expires),
                                            field("exercise", &Description::exercise)};
};

}  // namespace anlan::candidate
