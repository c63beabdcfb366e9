#include "edge/robot/channel.h"
#include "edge/robot/request.h"
#include "outbox/serving.h"
#include "platform/transfer/http.h"

namespace anlan::edge {
namespace {

using Outcome = outbox::Outcome;
using Verdict = RobotVerdict::Kind;

constexpr Milliseconds kTooFast{60'000};  // both count by the minute

outbox::Terms terms_of(const RobotChannel& channel) {
  return {.channel = {channel.name, false, channel.backoff},
          .world = channel.world,
          .rate = channel.rate,
          .pauses = {channel.reconnect_first, channel.reconnect_most}};
}

class RobotWay final : public outbox::OneByOne {
 public:
  RobotWay(const RobotChannel& channel, const Clock& clock)
      : channel_(channel),
        clock_(clock),
        http_({.connecting = channel.connecting,
               .patience = channel.patience,
               .ca_file = channel.ca_file,
               .allow_private = channel.allow_private}) {}

  void interrupt() override { http_.interrupt(); }

 private:
  Result<Done> give_one(const outbox::Taken& t, std::vector<Outcome>& outcomes) override {
    const transfer::HttpField fields[] = {{"Content-Type", "application/json; charset=utf-8"}};
    const auto answer = http_.post(robot_url(channel_, clock_.now()), robot_body(channel_, t.text), fields);
    if (!answer.ok()) {
      const auto& [what, sent] = answer.error();
      outcomes.push_back({t.message, t.leg, sent ? Outcome::Kind::kUnknown : Outcome::Kind::kLater, {}, what});
      return Failure{what};
    }
    const auto [verdict, reason] = robot_verdict(channel_.kind, answer->status, answer->body);
    const auto told = [&](Outcome::Kind kind, Milliseconds wait = {}) {
      outcomes.push_back({t.message, t.leg, kind, {}, reason, wait});
    };
    switch (verdict) {
      case Verdict::kTaken:
        told(Outcome::Kind::kAccepted);
        return Done{};
      case Verdict::kRefused:
        told(Outcome::Kind::kFailed);
        return Done{};
      case Verdict::kLater:
        told(Outcome::Kind::kLater);
        return Done{};
      case Verdict::kTooFast:
        told(Outcome::Kind::kLater, kTooFast);
        return Failure{reason};
      case Verdict::kNoEntry:
        told(Outcome::Kind::kFailed);
        return Failure{reason};
    }
    return Done{};
  }

  const RobotChannel channel_;
  const Clock& clock_;
  transfer::Http http_;
};

}  // namespace

std::optional<outbox::Fault> fault_of(const RobotChannel& channel) {
  if (auto fault = outbox::fault_of(terms_of(channel))) return fault;
  if (channel.key.empty()) return outbox::Fault{"key", "missing"};
  const bool tls = channel.service.empty() || channel.service.starts_with("https://");
  if (!tls && !channel.service.starts_with("http://")) return outbox::Fault{"service", "form", channel.service};
  if (!tls && !channel.allow_private) return outbox::Fault{"service", "insecure", channel.service};
  if (channel.service.find_first_of("?# \r\n") != std::string::npos)
    return outbox::Fault{"service", "form", channel.service};
  if (channel.longest < 64) return outbox::Fault{"longest", "range", std::to_string(channel.longest)};
  return std::nullopt;
}

std::unique_ptr<outbox::Gateway> serve(const RobotChannel& channel, outbox::Outbox& outbox, const Clock& clock,
                                       outbox::Failed failed) {
  return std::make_unique<outbox::Serving>(terms_of(channel), std::make_unique<RobotWay>(channel, clock), outbox, clock,
                                           std::move(failed));
}

}  // namespace anlan::edge
