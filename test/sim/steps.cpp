#include "steps.h"

#include <algorithm>

#include "chance.h"

namespace anlan::sim {
namespace {

using enum Kind;

// As often as each is named.
constexpr std::array kWork{kTakeDown, kTakeDown,   kTakeDown, kPhone,   kPhone,   kPhone,   kReport, kReport,
                           kReport,   kReport,     kReport,   kReport,  kDecide,  kDecide,  kDecide, kInstruct,
                           kInstruct, kAnswer,     kAnswer,   kFigures, kFigures, kCorrect, kGrade,  kNote,
                           kNote,     kClose,      kReopen,   kMerge,   kExplain, kShift,   kOffer,  kOffer,
                           kOffer,    kWithdraw,   kReply,    kReply,   kReply,   kClaim,   kWarn,   kWarn,
                           kWarn,     kEndWarning, kCallOut,  kCallOut, kCallOut};
// Half of a run for the backup and what is lost of the day after it.
constexpr std::int64_t kDaysForRestore = 4;
constexpr std::array kFaults{kCrash, kCrash, kTornCommit, kTornCommit, kDiskFull, kRot, kJump, kJump};

struct Drawing {
  Chance chance;
  std::size_t nodes;
  Instant begin;
  std::int64_t length;  // ms
  std::vector<Step> steps = {};

  Instant moment() { return begin + Milliseconds(static_cast<std::int64_t>(chance.below(length))); }
  void add(Instant at, Kind kind, std::size_t node) { steps.push_back({at, kind, node, chance.next()}); }
  std::size_t below_the_top() { return 1 + chance.below(nodes - 1); }

  // Minutes, hours or days.
  Milliseconds while_cut() {
    constexpr std::array<std::int64_t, 3> kLongest{1'800'000, 36'000'000, 4 * 86'400'000};
    return Milliseconds(static_cast<std::int64_t>(60'000 + chance.below(kLongest[chance.below(kLongest.size())])));
  }

  // Some lines are cut one after the other and mended in another order.
  void swizzle() {
    const Instant at = moment();
    const std::size_t lines = 1 + chance.below(std::max<std::size_t>(2, nodes / 8));
    for (std::size_t i = 0; i < lines; ++i) {
      const std::size_t node = below_the_top();
      const Instant cut = at + Milliseconds(static_cast<std::int64_t>(chance.below(600'000)));
      add(cut, kCut, node);
      add(cut + while_cut(), kHeal, node);
    }
  }
};

}  // namespace

std::vector<Step> draw_steps(std::uint64_t seed, std::size_t nodes, Instant begin, const Measure& measure) {
  constexpr std::int64_t kDay = 86'400'000;
  Drawing d{Chance(seed), nodes, begin, measure.days * kDay};
  const std::span<const Kind> work = measure.work.empty() ? std::span<const Kind>(kWork) : measure.work;
  for (std::int64_t i = 0; i < measure.days * measure.work_per_day; ++i)
    d.add(d.moment(), work[d.chance.below(work.size())], d.chance.below(nodes));
  for (std::int64_t i = 0; i < measure.days * measure.faults_per_day; ++i) {
    if (nodes > 1 && d.chance.one_in(3))
      d.swizzle();
    else
      d.add(d.moment(), kFaults[d.chance.below(kFaults.size())], d.chance.below(nodes));
  }
  if (measure.days >= kDaysForRestore && nodes > 1)
    d.add(d.begin + Milliseconds(d.length / 2), kRestore, d.below_the_top());
  std::ranges::stable_sort(d.steps, {}, &Step::at);
  return d.steps;
}

std::string describe(const Step& step, const std::vector<std::string>& names) {
  std::string_view what;
  for (const auto& [kind, words] : names_of(Kind{}))
    if (kind == step.kind) what = words;
  return to_rfc3339(step.at) + " " + names[step.node] + " " + std::string(what);
}

}  // namespace anlan::sim
