#pragma once
// A warning (预警): how likely and how severe something is that people must be told of before it comes. Its colour is
// neither the grade of an incident (how bad) nor the level of a response (who acts).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/time.h"

namespace anlan::warning {

// 蓝、黄、橙、红: levels four to one (突发事件应对法 art. 63), the mildest first.
enum class Colour { kBlue, kYellow, kOrange, kRed };
constexpr auto names_of(Colour) {
  using enum Colour;
  using P = std::pair<Colour, std::string_view>;
  return std::array{P{kBlue, "blue"}, P{kYellow, "yellow"}, P{kOrange, "orange"}, P{kRed, "red"}};
}

// 起草, 发布, 解除, 期满, 撤回: the last three are ends. One that was issued and is being changed stays issued.
enum class State { kDraft, kIssued, kCancelled, kExpired, kWithdrawn };
constexpr auto names_of(State) {
  using enum State;
  using P = std::pair<State, std::string_view>;
  return std::array{P{kDraft, "draft"}, P{kIssued, "issued"}, P{kCancelled, "cancelled"}, P{kExpired, "expired"},
                    P{kWithdrawn, "withdrawn"}};
}

// Why a warning ends before its time: the danger has passed, or there was none (what counts as a false alarm).
enum class Ending { kPassed, kMistaken };
constexpr auto names_of(Ending) {
  using P = std::pair<Ending, std::string_view>;
  return std::array{P{Ending::kPassed, "passed"}, P{Ending::kMistaken, "mistaken"}};
}

// What became of what a warning spoke of: it came, it came in part or elsewhere, it did not (空报).
enum class Occurrence { kCame, kPartly, kDidNot };
constexpr auto names_of(Occurrence) {
  using enum Occurrence;
  using P = std::pair<Occurrence, std::string_view>;
  return std::array{P{kCame, "came"}, P{kPartly, "partly"}, P{kDidNot, "did_not"}};
}

struct Circle {
  LngLat center;
  double radius_m = 0;
  static constexpr auto fields =
      std::tuple{field("center", &Circle::center), field("radius_m", &Circle::radius_m, 500'000)};
};

// Where: all of its parts together. `description` is what people read, as CAP's areaDesc.
struct Area {
  std::string description;
  std::vector<std::string> divisions;  // codes, each with all that lies in it
  std::vector<Ring> rings;             // closed, none crosses itself
  std::vector<Circle> circles;
  // The reach of a river that the rings were taken from, by its id in the rules; the model that drew them.
  std::optional<std::string> reach, model;
  static constexpr auto fields = std::tuple{field("description", &Area::description, 1000),
                                            field("divisions", &Area::divisions, 500),
                                            field("rings", &Area::rings, kMostRings),
                                            field("circles", &Area::circles, 50),
                                            field("reach", &Area::reach, 40),
                                            field("model", &Area::model, 100)};

  bool empty() const { return divisions.empty() && rings.empty() && circles.empty(); }
};

// Who inside the area is told: of each list any, of an empty one everybody. Words of the contact book.
struct Audience {
  std::vector<std::string> roles, hazards, vulnerabilities;
  static constexpr auto fields = std::tuple{field("roles", &Audience::roles), field("hazards", &Audience::hazards),
                                            field("vulnerabilities", &Audience::vulnerabilities)};
};

// What a signature covers, whole. A warning states its kind, level, begin, area, what to beware of, what to do, and who
// issues it when (国家突发事件总体应急预案, 预警信息).
struct Content {
  std::string type;  // event code of GB/T 35561, five characters
  Colour colour = Colour::kBlue;
  std::string headline, description, instruction;
  Area area;
  Audience audience;
  std::vector<std::string> channels;  // names of the registry of channels
  std::optional<Instant> onset;       // when it is to begin; absent: at once
  Instant expires;
  // The rule whose standard is met, and what led to the warning: `candidate` is one, or an alert of others.
  std::optional<std::string> standard, incident, candidate;
  static constexpr auto fields = std::tuple{field("type", &Content::type, 5),
                                            field("colour", &Content::colour),
                                            field("headline", &Content::headline, 200),
                                            field("description", &Content::description, 4000),
                                            field("instruction", &Content::instruction, 4000),
                                            field("area", &Content::area),
                                            field("audience", &Content::audience),
                                            field("channels", &Content::channels, 20),
                                            field("onset", &Content::onset),
                                            field("expires", &Content::expires),
                                            field("standard", &Content::standard, 60),
                                            field("incident", &Content::incident, 60),
                                            field("candidate", &Content::candidate, 100)};
};

}  // namespace anlan::warning
