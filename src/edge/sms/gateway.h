#pragma once
// A gateway for short messages, served for as long as this lives.

#include "edge/sms/channel.h"
#include "outbox/line.h"
#include "platform/net/tcp.h"

namespace anlan::edge {

// Connects, speaks, and connects again with growing pauses. Nobody else serves the channel meanwhile.
class SmsGateway final : public outbox::Gateway {
 public:
  // As of outbox::Line.
  SmsGateway(SmsChannel, outbox::Outbox&, const Clock&, outbox::Failed);
  outbox::Health health() const override { return line_.health(); }

 private:
  void serve();
  void converse(net::Tcp&);

  const SmsChannel channel_;
  outbox::Outbox& outbox_;
  const Clock& clock_;
  outbox::Line line_;
};

// What of the settings the protocol cannot say: an account that is too long, a number that is none.
std::optional<outbox::Fault> fault_of(const SmsChannel&);
// How many messages a text takes, as its session would cut it; nothing where the protocol cannot say it.
std::optional<std::int64_t> parts_of(const SmsChannel&, const std::string& text);
// Without fault. As of SmsGateway.
std::unique_ptr<outbox::Gateway> serve(const SmsChannel&, outbox::Outbox&, const Clock&, outbox::Failed);

}  // namespace anlan::edge
