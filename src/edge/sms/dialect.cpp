#include "edge/sms/dialect.h"

namespace anlan::edge {

std::unique_ptr<SmsDialect> dialect_of(const SmsChannel& channel) {
  return channel.protocol == SmsProtocol::kSmpp34 ? smpp_dialect(channel) : cmpp_dialect(channel);
}

std::optional<sms::Fault> fault_of_form(const SmsChannel& channel) {
  const auto dialect = dialect_of(channel);
  if (const auto hello = dialect->hello(1, Instant{}); !hello.ok()) return hello.error();
  outbox::Taken any;
  any.address = "13800000000";
  any.text = "x";
  if (const auto parts = dialect->parts(any, 0); !parts.ok()) return parts.error();
  return std::nullopt;
}

}  // namespace anlan::edge
