#pragma once
// Stream "callout/WARNING/ORGANISATION", written by the node of the organisation that calls.

#include <variant>

#include "domain/callout/types.h"

namespace anlan::callout {

// Begins the calling anew for a version of the warning. `rule`: that asks for it; `limit_min`: how long one who was
// called has before the next one is. No places: the organisation has nobody to call in the area, which is said too.
// `decide_by`: until when the organisation says whether it carries the warning out, where the rule wants that. `to`:
// who watches the calling: those above, and who issued the warning.
struct Opened {
  static constexpr std::string_view kType = "callout.opened";
  std::string warning, organisation;
  std::int64_t warning_version = 0;
  std::string rule;
  std::int64_t limit_min = 0;
  std::vector<Place> places;
  std::optional<Instant> decide_by;
  std::vector<std::string> to;
  static constexpr auto fields = std::tuple{field("warning", &Opened::warning, 80),
                                            field("organisation", &Opened::organisation, 40),
                                            field("warning_version", &Opened::warning_version),
                                            field("rule", &Opened::rule, 60),
                                            field("limit_min", &Opened::limit_min),
                                            field("places", &Opened::places, kMostPlaces),
                                            field("decide_by", &Opened::decide_by),
                                            field("to", &Opened::to, 100)};
};
// `place` and `callee`: numbers of Opened, from 0. By the node itself a message goes out with a link of this fact's
// own; by a desk it is a call that nobody answered.
struct Called {
  static constexpr std::string_view kType = "callout.called";
  std::int64_t place = 0, callee = 0;
  Way way = Way::kMessage;
  static constexpr auto fields =
      std::tuple{field("place", &Called::place), field("callee", &Called::callee), field("way", &Called::way)};
};
// Who was called, or another one of the place, has answered and says what is being done. `callee`: absent for
// somebody whom the list does not name.
struct Answered {
  static constexpr std::string_view kType = "callout.answered";
  std::int64_t place = 0;
  std::optional<std::int64_t> callee;
  Way way = Way::kMessage;
  std::string action;           // in words
  std::optional<Act> act = {};  // absent: of their own
  static constexpr auto fields =
      std::tuple{field("place", &Answered::place), field("callee", &Answered::callee), field("way", &Answered::way),
                 field("action", &Answered::action, 500), field("act", &Answered::act)};
};
// All of a place were called and none has answered in time: somebody must go there.
struct Unanswered {
  static constexpr std::string_view kType = "callout.unanswered";
  std::int64_t place = 0;
  static constexpr auto fields = std::tuple{field("place", &Unanswered::place)};
};
// Links that were sent to a callee are void.
struct LinkRevoked {
  static constexpr std::string_view kType = "callout.link_revoked";
  std::int64_t place = 0, callee = 0;
  static constexpr auto fields = std::tuple{field("place", &LinkRevoked::place), field("callee", &LinkRevoked::callee)};
};
// The organisation carries the warning out, or does not and says why; signed by a person.
struct Decided {
  static constexpr std::string_view kType = "callout.decided";
  std::string person;
  bool accepted = false;
  std::string reason;
  static constexpr auto fields = std::tuple{field("person", &Decided::person), field("accepted", &Decided::accepted),
                                            field("reason", &Decided::reason)};
};
// The time to decide is over and nothing was said.
struct Undecided {
  static constexpr std::string_view kType = "callout.undecided";
  static constexpr auto fields = std::tuple{};
};
// The warning has ended, or its new version asks for no calls: nobody is called any more.
struct Closed {
  static constexpr std::string_view kType = "callout.closed";
  static constexpr auto fields = std::tuple{};
};

using Fact = std::variant<Opened, Called, Answered, Unanswered, LinkRevoked, Decided, Undecided, Closed>;

}  // namespace anlan::callout
