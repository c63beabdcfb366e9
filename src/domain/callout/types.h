#pragma once
// Calling responsible people on a warning until they answer (叫应): a message read by nobody protects nobody.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::callout {

// How somebody was called, or answered: by the message with its page on the telephone, which the node sends; by word of
// mouth, entered by the desk.
enum class Way { kMessage, kVoice, kVisit };
constexpr auto names_of(Way) {
  using enum Way;
  using P = std::pair<Way, std::string_view>;
  return std::array{P{kMessage, "message"}, P{kVoice, "voice"}, P{kVisit, "visit"}};
}

// What is being done, as far as it is one of what is mostly done: households are told, people are on their way or all
// away, somebody watches, help is needed.
enum class Act { kInformed, kMoving, kMoved, kPatrolling, kHelp };
constexpr auto names_of(Act) {
  using enum Act;
  using P = std::pair<Act, std::string_view>;
  return std::array{P{kInformed, "informed"}, P{kMoving, "moving"}, P{kMoved, "moved"}, P{kPatrolling, "patrolling"},
                    P{kHelp, "help"}};
}

// A call that lies further ahead than this was made before the clock was set back: nobody can tell for how long it has
// waited, and the next one is called.
inline constexpr Minutes kClockSlack{1};

// One who is to be called. `contact`: in the contact book of the node that calls; names and telephones stay there.
struct Callee {
  std::int64_t contact = 0;
  std::string role;
  static constexpr auto fields = std::tuple{field("contact", &Callee::contact), field("role", &Callee::role, 60)};
  bool operator==(const Callee&) const = default;
};

// One place, of which somebody must answer: its people in the order in which they are called. Where there is nobody, no
// call can be waited for, and somebody must go there at once.
struct Place {
  std::string division;  // code
  std::vector<Callee> callees;
  static constexpr auto fields =
      std::tuple{field("division", &Place::division, 12), field("callees", &Place::callees, 50)};
  bool operator==(const Place&) const = default;
};

inline constexpr std::size_t kMostPlaces = 3000;

}  // namespace anlan::callout
