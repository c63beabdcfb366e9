#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>

#include "edge/sandbox/channel.h"
#include "outbox/serving.h"

namespace anlan::edge {
namespace {

using Outcome = outbox::Outcome;

outbox::Terms terms_of(const SandboxChannel& channel) {
  return {.channel = {channel.name, false, channel.backoff},
          .world = outbox::World::kDrill,
          .rate = channel.rate,
          .at_once = 16,
          .pauses = {Milliseconds{100}, Milliseconds{2'000}},
          .standing = true};
}

// SplitMix64, begun by what it is about.
class Dice {
 public:
  Dice(std::uint64_t seed, const std::string& key, int tries)
      : state_(seed * 1'000'003 + static_cast<unsigned>(tries)) {
    for (const char c : key) state_ = (state_ ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  }
  std::int64_t below(std::int64_t most) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most)); }
  bool happens(int of_a_thousand) { return below(1000) < of_a_thousand; }

 private:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  std::uint64_t state_;
};

// Gives nothing to anybody. What becomes of a message follows from the seed, its key and its try alone, so that a run
// can be repeated whatever the order of the messages.
class SandboxWay final : public outbox::Way {
 public:
  SandboxWay(const SandboxChannel& channel, const Clock& clock) : channel_(channel), clock_(clock) {}

  Result<Done> give(std::span<const outbox::Taken> taken, std::vector<Outcome>& outcomes) override {
    for (const outbox::Taken& t : taken) {
      Dice dice(channel_.seed, t.key, t.tries);
      const auto kind = fate(dice);
      if (dice.happens(channel_.down) && broken_.insert({t.key, t.tries}).second) return Failure{"sandbox"};
      outcomes.push_back({t.message, t.leg, kind, {}, "sandbox"});
      if (kind == Outcome::Kind::kAccepted) outcomes.back().gateway_ids = {t.key};
      if (kind == Outcome::Kind::kAccepted || kind == Outcome::Kind::kUnknown) tell(t, dice);
    }
    return Done{};
  }

  Result<Done> hear(Milliseconds longest, std::vector<outbox::Report>& reports) override {
    std::unique_lock lock(mutex_);
    if (due_.empty() || due_.begin()->first > clock_.now())
      changed_.wait_for(lock, longest, [this] { return interrupted_; });
    while (!due_.empty() && due_.begin()->first <= clock_.now()) {
      reports.push_back(std::move(due_.begin()->second));
      due_.erase(due_.begin());
    }
    return Done{};
  }

  void interrupt() override {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    changed_.notify_all();
  }

 private:
  Outcome::Kind fate(Dice& dice) const {
    if (dice.happens(channel_.later)) return Outcome::Kind::kLater;
    if (dice.happens(channel_.refused)) return Outcome::Kind::kFailed;
    if (dice.happens(channel_.unanswered)) return Outcome::Kind::kUnknown;
    return Outcome::Kind::kAccepted;
  }

  // As real gateways do: a report is missing, comes before the answer, comes twice, contradicts the one before, or is
  // of a message that nobody has sent.
  void tell(const outbox::Taken& t, Dice& dice) {
    if (dice.happens(channel_.unreported)) return;
    const bool delivered = !dice.happens(channel_.undelivered);
    const Milliseconds span = channel_.delay_most - channel_.delay_least;
    const auto delay = [&] { return channel_.delay_least + Milliseconds{dice.below(span.count() + 1)}; };
    const Instant first = clock_.now() + (dice.happens(channel_.early) ? Milliseconds{0} : delay());
    const auto report = [&](Instant at, const std::string& id, bool good) {
      due_.emplace(at, outbox::Report{id, good, good ? "" : "sandbox"});
    };
    report(first, t.key, delivered);
    if (dice.happens(channel_.twice)) report(first + delay(), t.key, delivered);
    if (dice.happens(channel_.contrary)) report(first + delay(), t.key, !delivered);
    if (dice.happens(channel_.stray)) report(first + delay(), "stray-" + t.key, delivered);
  }

  const SandboxChannel channel_;
  const Clock& clock_;
  std::set<std::pair<std::string, int>> broken_;  // each breaks the line once
  std::multimap<Instant, outbox::Report> due_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool interrupted_ = false;
};

}  // namespace

std::optional<outbox::Fault> fault_of(const SandboxChannel& channel) {
  if (auto fault = outbox::fault_of(terms_of(channel))) return fault;
  if (channel.delay_least < Milliseconds{0}) return outbox::Fault{"delay_least", "range"};
  if (channel.delay_most < channel.delay_least) return outbox::Fault{"delay_most", "range"};
  const std::pair<const char*, int> odds[] = {{"down", channel.down},
                                              {"later", channel.later},
                                              {"refused", channel.refused},
                                              {"unanswered", channel.unanswered},
                                              {"unreported", channel.unreported},
                                              {"undelivered", channel.undelivered},
                                              {"twice", channel.twice},
                                              {"contrary", channel.contrary},
                                              {"early", channel.early},
                                              {"stray", channel.stray}};
  for (const auto& [name, of_a_thousand] : odds)
    if (of_a_thousand < 0 || of_a_thousand > 1000) return outbox::Fault{name, "range", std::to_string(of_a_thousand)};
  return std::nullopt;
}

std::unique_ptr<outbox::Gateway> serve(const SandboxChannel& channel, outbox::Outbox& outbox, const Clock& clock,
                                       outbox::Failed failed) {
  return std::make_unique<outbox::Serving>(terms_of(channel), std::make_unique<SandboxWay>(channel, clock), outbox,
                                           clock, std::move(failed));
}

}  // namespace anlan::edge
