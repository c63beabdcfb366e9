#include "outbox/serving.h"

#include <algorithm>

namespace anlan::outbox {
namespace {

constexpr Milliseconds kIdle{100};

bool all_failed(std::span<const Outcome> outcomes, std::size_t given) {
  return outcomes.size() == given && std::all_of(outcomes.begin(), outcomes.end(),
                                                 [](const Outcome& o) { return o.kind == Outcome::Kind::kFailed; });
}

}  // namespace

Result<Done> Way::hear(Milliseconds, std::vector<Report>&) { return Done{}; }

Result<Done> OneByOne::give(std::span<const Taken> taken, std::vector<Outcome>& outcomes) {
  for (const Taken& t : taken)
    if (auto given = give_one(t, outcomes); !given.ok()) return given;
  return Done{};
}

Serving::Serving(Terms terms, std::unique_ptr<Way> way, Outbox& outbox, const Clock& clock, Failed failed)
    : terms_(std::move(terms)),
      way_(std::move(way)),
      outbox_(outbox),
      clock_(clock),
      line_(terms_.channel, terms_.world, outbox, clock, terms_.pauses, std::move(failed),
            {[this] { serve(); }, [this] { way_->interrupt(); }}) {}

void Serving::serve() {
  if (const auto connected = way_->connect(); !connected.ok()) return line_.note(false, connected.error().what);
  if (terms_.standing) line_.note(true, {});
  while (!line_.ending())
    if (const auto done = step(); !done.ok()) return line_.note(false, done.error().what);
}

// A machine's clock may be set back: what had been saved up stays.
std::size_t Serving::allowed(Instant now) {
  const double burst = std::clamp(terms_.rate / 10, 1.0, static_cast<double>(terms_.at_once));
  const auto passed = std::max(Milliseconds{0}, now - counted_);
  allowance_ = std::min(burst, allowance_ + terms_.rate * static_cast<double>(passed.count()) / 1000);
  counted_ = now;
  return static_cast<std::size_t>(allowance_);
}

Result<Done> Serving::step() {
  const std::size_t most = allowed(clock_.now());
  const auto taken = most == 0 ? std::vector<Taken>{} : outbox_.take(terms_.channel, most, clock_.now());
  if (!taken.empty()) return give(taken);
  const auto due = Milliseconds{static_cast<std::int64_t>((1 - allowance_) / terms_.rate * 1000) + 1};
  const auto idle = most == 0 ? std::min(due, kIdle) : kIdle;
  if (terms_.standing) return hear(idle);
  line_.rest(idle);
  return Done{};
}

Result<Done> Serving::give(std::span<const Taken> taken) {
  allowance_ -= static_cast<double>(taken.size());
  std::vector<Outcome> outcomes;
  auto given = way_->give(taken, outcomes);
  const bool fault_of_channel = !given.ok() && all_failed(outcomes, taken.size());
  for (const Taken& t : taken) {
    const auto has_outcome = [&](const Outcome& o) { return o.message == t.message; };
    if (std::none_of(outcomes.begin(), outcomes.end(), has_outcome))
      outcomes.push_back({t.message, t.leg, Outcome::Kind::kUnsent});
  }
  outbox_.settle(terms_.channel, outcomes, clock_.now());
  if (!given.ok() && !fault_of_channel) return given;
  line_.note(given.ok(), given.ok() ? std::string{} : given.error().what);
  return terms_.standing ? hear(Milliseconds{0}) : Done{};
}

Result<Done> Serving::hear(Milliseconds longest) {
  std::vector<Report> reports;
  const auto heard = way_->hear(longest, reports);
  if (!reports.empty()) outbox_.report(terms_.channel, reports, clock_.now());
  return heard;
}

std::optional<Fault> fault_of(const Terms& terms) {
  if (terms.channel.name.empty()) return Fault{"name", "missing"};
  if (!(terms.rate > 0 && terms.rate <= 10'000)) return Fault{"rate", "range", std::to_string(terms.rate)};
  if (terms.channel.backoff.tries < 1) return Fault{"tries", "range", std::to_string(terms.channel.backoff.tries)};
  return std::nullopt;
}

}  // namespace anlan::outbox
