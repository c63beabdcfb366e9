#include "notify/tallies.h"

#include <algorithm>

#include "outbox/reading.h"
#include "view/warnings.h"

namespace anlan::notify {
namespace {

constexpr std::chrono::hours kCountedOn{48};
constexpr std::chrono::seconds kBetween{60};

// What went on by another channel is counted there. What expired or was cancelled before it went out has failed for
// whom it was meant.
void add(reach::Count& count, outbox::State state, std::int64_t messages) {
  using enum outbox::State;
  if (state != kPassedOn) count.sent += messages;
  if (state == kAccepted) count.accepted += messages;
  if (state == kDelivered) count.delivered += messages;
  if (state == kFailed || state == kExpired || state == kCancelled) count.failed += messages;
}

bool waits(outbox::State state) {
  using enum outbox::State;
  return state == kReady || state == kWaiting || state == kInFlight;
}

}  // namespace

std::optional<Tally> Tallies::count(sql::Connection& journal, const std::string& warning, const std::string& world,
                                    Instant now) {
  const auto stands = state::replay<warning::Warning>(journal, warning);
  const auto issued = stands.issued();
  if (issued.empty()) return std::nullopt;
  Tally tally{warning, world, issued.back()->number, {}, true};
  const auto reading = reading_(world_of(world));
  const auto summary = outbox::summary(*reading, batch_of_issue(warning, tally.warning_version), now);
  if (!summary) return std::nullopt;
  std::map<std::string, reach::Count> kinds;
  for (const auto& [channel, state, messages] : summary->counts) {
    const auto way = std::ranges::find(ways_, channel, &Way::name);
    const std::string& kind = way == ways_.end() ? channel : way->kind;
    kinds[kind].channel = kind;
    add(kinds[kind], state, messages);
    tally.complete = tally.complete && !waits(state);
  }
  tally.complete = tally.complete && (summary->complete || summary->cancelled);
  for (const auto& [kind, count] : kinds) tally.channels.push_back(count);
  return tally;
}

// Told so often that a desk can follow it, and so seldom that a day of warnings is some hundred facts.
std::vector<Tally> Tallies::changed(sql::Connection& journal, Instant now) {
  std::vector<Tally> changed;
  for (const auto& [id, world] : view::warnings_to_tell(journal, now - kCountedOn, now)) {
    const auto tally = count(journal, id, world, now);
    if (!tally) continue;
    const auto told = told_.find(id);
    if (told != told_.end() && (told->second.tally == *tally || (!tally->complete && now < told->second.at + kBetween)))
      continue;
    told_[id] = {*tally, now};
    changed.push_back(*tally);
  }
  return changed;
}

}  // namespace anlan::notify
