#pragma once
// Who sends how much to whom, so that needs are met soonest: a proposal for people to change.
//
// Of all plans the one that leaves least unmet of the most urgent needs, then of the next, and so on; of those the one
// of which least comes late; of those the one with the least sum of quantity × arrival. Quantities of one kind go only
// to needs of it. Found exactly, by LEMON's network simplex; the same problem gives the same plan.

#include <string>
#include <vector>

#include "base/result.h"
#include "geo/road/road.h"

namespace anlan::allocation {

using road::kNever;
using road::Ms;

struct Need {
  std::string kind;
  std::int64_t quantity = 0;
  int urgency = 1;  // 1 is the most urgent
  Ms by = kNever;   // from now; what arrives later is late
};

struct Source {
  std::string kind;
  std::int64_t quantity = 0;
  Ms turnout = 0;  // until it leaves
};

// Sent by hand: stands as it is, also where it is late or more than is needed.
struct Fixed {
  std::size_t source = 0, need = 0;
  std::int64_t quantity = 0;
};

struct Problem {
  std::vector<Need> needs;
  std::vector<Source> sources;
  std::vector<Ms> travel;  // travel[source * needs.size() + need]; kNever where there is no way
  std::vector<Fixed> fixed;
};

// Why a source that is nearer on the road does not send, or not all.
enum class Passed : std::uint8_t {
  kUrgent,   // all it has goes to a more urgent need, `need`
  kSooner,   // all it has goes to `need`, which makes the whole sooner
  kTooFew,   // sends here what it has, which is not enough
  kTurnout,  // would arrive later, as it takes longer to leave
  kLate,     // would arrive after the moment that the need names
  kFree      // nothing; the line was made by hand
};
constexpr auto names_of(Passed) {
  using P = std::pair<Passed, std::string_view>;
  return std::array{P{Passed::kUrgent, "urgent"},   P{Passed::kSooner, "sooner"}, P{Passed::kTooFew, "too_few"},
                    P{Passed::kTurnout, "turnout"}, P{Passed::kLate, "late"},     P{Passed::kFree, "free"}};
}

struct PassedOver {
  std::size_t source = 0;
  Passed why = Passed::kFree;
  std::size_t need = 0;  // of kUrgent and kSooner
};

// Why this source: it is the nearest on the road, the nearest that is free, or somebody said so.
enum class Choice : std::uint8_t { kNearest, kNearestFree, kFixed };
constexpr auto names_of(Choice) {
  using P = std::pair<Choice, std::string_view>;
  return std::array{P{Choice::kNearest, "nearest"}, P{Choice::kNearestFree, "nearest_free"},
                    P{Choice::kFixed, "fixed"}};
}

// One source to one need. Of a pair there may be two lines: what was fixed by hand, and what the plan adds.
struct Line {
  std::size_t source = 0, need = 0;
  std::int64_t quantity = 0;
  Ms arrives = 0;  // from now; kNever for a fixed one without a way
  bool late = false;
  Choice choice = Choice::kNearest;
  std::vector<PassedOver> passed_over;  // the nearest three of those that are nearer
};

enum class Lack : std::uint8_t {
  kNobody,  // no source has anything of this kind
  kNoWay,   // those that have something left do not reach it
  kTaken    // everything goes to other needs, or is not enough
};
constexpr auto names_of(Lack) {
  using P = std::pair<Lack, std::string_view>;
  return std::array{P{Lack::kNobody, "nobody"}, P{Lack::kNoWay, "no_way"}, P{Lack::kTaken, "taken"}};
}

// What a need still lacks when the plan is carried out; the reason that weighs most.
struct Unmet {
  std::size_t need = 0;
  std::int64_t quantity = 0;
  Lack why = Lack::kNobody;
};

// Numbers in it are those of the problem.
struct Plan {
  std::vector<Line> lines;  // by need, the first to arrive first
  std::vector<Unmet> unmet;
};

// Why a problem has no plan. `at`: of the need, the source or the fixed line at fault.
struct Fault {
  enum class Kind : std::uint8_t {
    kSizes,  // travel does not fit needs and sources, or there are more than kMostPairs of them
    kNeed,   // a quantity below 0 or above kMostQuantity
    kSource,
    kFixed,     // of a source or need that is not there, of another kind, below 1
    kOverspent  // fixed lines of this source take more than it has
  } kind;
  std::size_t at = 0;
};
inline constexpr std::size_t kMostPairs = 4'000'000;
inline constexpr std::int64_t kMostQuantity = 1'000'000'000;

// 500 needs and 500 sources take some hundredths of a second. Pure: any number of threads may ask at a time.
Result<Plan, Fault> allocate(const Problem&);

}  // namespace anlan::allocation
