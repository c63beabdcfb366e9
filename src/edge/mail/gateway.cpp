#include "edge/mail/channel.h"
#include "edge/mail/message.h"
#include "outbox/serving.h"

namespace anlan::edge {
namespace {

using Outcome = outbox::Outcome;
using Trouble = transfer::MailTrouble::Kind;

outbox::Terms terms_of(const MailChannel& channel) {
  return {.channel = {channel.name, false, channel.backoff},
          .world = channel.world,
          .rate = channel.rate,
          .pauses = {channel.reconnect_first, channel.reconnect_most}};
}

Outcome::Kind outcome_of(Trouble kind) {
  switch (kind) {
    case Trouble::kRefused:
      return Outcome::Kind::kFailed;
    case Trouble::kLost:
      return Outcome::Kind::kUnknown;
    case Trouble::kLater:
    case Trouble::kLine:
      break;
  }
  return Outcome::Kind::kLater;
}

// A line that is down costs each message that is tried on it a try: after some it goes its next way.
class MailWay final : public outbox::OneByOne {
 public:
  MailWay(const MailChannel& channel, const Clock& clock)
      : channel_(channel),
        clock_(clock),
        mailer_({channel.host, channel.port, channel.security, channel.account, channel.secret, channel.ca_file,
                 channel.hello, channel.connecting, channel.patience}) {}

  void interrupt() override { mailer_.interrupt(); }

 private:
  Result<Done> give_one(const outbox::Taken& t, std::vector<Outcome>& outcomes) override {
    if (!is_mail_address(t.address)) {
      outcomes.push_back({t.message, t.leg, Outcome::Kind::kFailed, {}, "address"});
      return Done{};
    }
    const auto sent = mailer_.send(channel_.from, t.address, mail_text(channel_, t, clock_.now()));
    if (sent.ok()) {
      outcomes.push_back({t.message, t.leg, Outcome::Kind::kAccepted});
      return Done{};
    }
    const auto& [kind, what] = sent.error();
    outcomes.push_back({t.message, t.leg, outcome_of(kind), {}, what});
    if (kind == Trouble::kLine || kind == Trouble::kLost) return Failure{what};
    return Done{};
  }

  const MailChannel channel_;
  const Clock& clock_;
  transfer::Mailer mailer_;
};

// What may stand in an address that is put together from it.
bool is_host(const std::string& text) {
  return text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:[]") ==
         std::string::npos;
}

}  // namespace

std::optional<outbox::Fault> fault_of(const MailChannel& channel) {
  if (auto fault = outbox::fault_of(terms_of(channel))) return fault;
  if (channel.host.empty()) return outbox::Fault{"host", "missing"};
  if (!is_host(channel.host)) return outbox::Fault{"host", "form", channel.host};
  if (!is_host(channel.hello)) return outbox::Fault{"hello", "form", channel.hello};
  if (channel.port == 0) return outbox::Fault{"port", "range", "0"};
  if (channel.from.empty()) return outbox::Fault{"from", "missing"};
  if (!is_mail_address(channel.from)) return outbox::Fault{"from", "form", channel.from};
  const auto one_line = [](const std::string& text) { return text.find_first_of("\r\n<>") == std::string::npos; };
  if (!one_line(channel.list_id)) return outbox::Fault{"list_id", "form", channel.list_id};
  if (!one_line(channel.unsubscribe)) return outbox::Fault{"unsubscribe", "form", channel.unsubscribe};
  if (!channel.account.empty() && channel.secret.empty()) return outbox::Fault{"secret", "missing"};
  if (!channel.account.empty() && channel.security == transfer::MailSecurity::kOptional)
    return outbox::Fault{"security", "insecure"};
  return std::nullopt;
}

std::unique_ptr<outbox::Gateway> serve(const MailChannel& channel, outbox::Outbox& outbox, const Clock& clock,
                                       outbox::Failed failed) {
  return std::make_unique<outbox::Serving>(terms_of(channel), std::make_unique<MailWay>(channel, clock), outbox, clock,
                                           std::move(failed));
}

}  // namespace anlan::edge
