#include "edge/webhook/channel.h"
#include "edge/webhook/request.h"
#include "outbox/serving.h"
#include "platform/transfer/http.h"

namespace anlan::edge {
namespace {

using Outcome = outbox::Outcome;

outbox::Terms terms_of(const WebhookChannel& channel) {
  return {.channel = {channel.name, true, channel.backoff},
          .world = channel.world,
          .rate = channel.rate,
          .pauses = {channel.reconnect_first, channel.reconnect_most}};
}

class WebhookWay final : public outbox::OneByOne {
 public:
  WebhookWay(const WebhookChannel& channel, const Clock& clock)
      : channel_(channel),
        clock_(clock),
        http_({.connecting = channel.connecting,
               .patience = channel.patience,
               .ca_file = channel.ca_file,
               .allow_private = channel.allow_private,
               .keep = true}) {}

  void interrupt() override { http_.interrupt(); }

 private:
  // What says "later" of one message says it of the line.
  Result<Done> give_one(const outbox::Taken& t, std::vector<Outcome>& outcomes) override {
    const std::string body = webhook_body(t, channel_.world);
    const std::string signature = webhook_signature(channel_.secret, body, clock_.now());
    const transfer::HttpField fields[] = {
        {"Content-Type", "application/json"}, {"Anlan-Signature", signature}, {"Idempotency-Key", t.key}};
    const auto answer = http_.post(channel_.url, body, fields);
    if (!answer.ok()) {
      const auto& [what, sent] = answer.error();
      outcomes.push_back({t.message, t.leg, sent ? Outcome::Kind::kUnknown : Outcome::Kind::kLater, {}, what});
      return Failure{what};
    }
    outcomes.push_back(webhook_outcome(t, answer->status, answer->retry_after, clock_.now()));
    if (outcomes.back().kind == Outcome::Kind::kLater) return Failure{outcomes.back().reason};
    return Done{};
  }

  const WebhookChannel channel_;
  const Clock& clock_;
  transfer::Http http_;
};

}  // namespace

std::optional<outbox::Fault> fault_of(const WebhookChannel& channel) {
  if (auto fault = outbox::fault_of(terms_of(channel))) return fault;
  if (channel.url.empty()) return outbox::Fault{"url", "missing"};
  const bool tls = channel.url.starts_with("https://"), plain = channel.url.starts_with("http://");
  if ((!tls && !plain) || channel.url.find_first_of(" \t\r\n") != std::string::npos)
    return outbox::Fault{"url", "form", channel.url};
  if (plain && !channel.allow_private) return outbox::Fault{"url", "insecure", channel.url};
  if (channel.secret.empty()) return outbox::Fault{"secret", "missing"};
  return std::nullopt;
}

std::unique_ptr<outbox::Gateway> serve(const WebhookChannel& channel, outbox::Outbox& outbox, const Clock& clock,
                                       outbox::Failed failed) {
  return std::make_unique<outbox::Serving>(terms_of(channel), std::make_unique<WebhookWay>(channel, clock), outbox,
                                           clock, std::move(failed));
}

}  // namespace anlan::edge
