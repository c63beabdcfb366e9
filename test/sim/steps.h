#pragma once
// What a run is made of: a list of steps, each of which says what to try without knowing what the others did. So any of
// them can be left out, and the rest still means something: that is how a story is shortened.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace anlan::sim {

enum class Kind {
  // What officers do.
  kTakeDown,
  kPhone,
  kReport,
  kDecide,
  kInstruct,
  kAnswer,
  kFigures,
  kCorrect,
  kGrade,
  kNote,
  kClose,
  kReopen,
  kMerge,
  kExplain,
  kShift,
  kOffer,
  kWithdraw,
  kReply,
  kClaim,
  kWarn,
  kEndWarning,
  kCallOut,
  // What befalls nodes and lines.
  kCut,
  kHeal,
  kCrash,
  kTornCommit,
  kDiskFull,
  kRot,
  kJump,
  kRestore,
};
constexpr auto names_of(Kind) {
  using enum Kind;
  using P = std::pair<Kind, std::string_view>;
  return std::array{P{kTakeDown, "takes down an incident"},
                    P{kPhone, "telephones its superior"},
                    P{kReport, "goes on with a report"},
                    P{kDecide, "accepts or returns a report"},
                    P{kInstruct, "instructs or closes an instruction"},
                    P{kAnswer, "answers an instruction"},
                    P{kFigures, "states figures"},
                    P{kCorrect, "corrects an incident"},
                    P{kGrade, "grades an incident"},
                    P{kNote, "notes something"},
                    P{kClose, "closes an incident"},
                    P{kReopen, "reopens an incident"},
                    P{kMerge, "merges two incidents"},
                    P{kExplain, "explains a delay"},
                    P{kShift, "takes over the shift"},
                    P{kOffer, "offers an incident to another"},
                    P{kWithdraw, "withdraws an offer"},
                    P{kReply, "accepts or rejects an offer"},
                    P{kClaim, "claims an incident"},
                    P{kWarn, "goes on with a warning"},
                    P{kEndWarning, "cancels or withdraws a warning"},
                    P{kCallOut, "goes on calling on a warning"},
                    P{kCut, "is cut off from its parent"},
                    P{kHeal, "has its line back"},
                    P{kCrash, "loses power"},
                    P{kTornCommit, "has a failing disk call"},
                    P{kDiskFull, "has a full disk"},
                    P{kRot, "has a rotten byte"},
                    P{kJump, "has its clock set wrong"},
                    P{kRestore, "is restored from a backup"}};
}
constexpr bool is_fault(Kind kind) { return kind >= Kind::kCut; }

// `node`: index among the nodes; `chance` decides all the rest.
struct Step {
  Instant at;
  Kind kind;
  std::size_t node;
  std::uint64_t chance;
};

// How much happens.
struct Measure {
  std::int64_t days = 20;
  std::int64_t work_per_day = 60;
  std::int64_t faults_per_day = 8;
  std::span<const Kind> work = {};  // kinds, as often as each is named; empty for what a city does
};

// In order of time, from `begin` on. Node 0 is the top: it has no line above.
std::vector<Step> draw_steps(std::uint64_t seed, std::size_t nodes, Instant begin, const Measure&);

// "2026-11-23T14:09:11.000+08:00 c1t2 takes down an incident".
std::string describe(const Step&, const std::vector<std::string>& names);

}  // namespace anlan::sim
