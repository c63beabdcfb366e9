#include "edge/sms/dialect.h"

#include "edge/sms/gateway.h"

namespace anlan::edge {
namespace {

outbox::Taken anybody(const std::string& text) {
  outbox::Taken any;
  any.address = "13800000000";
  any.text = text;
  return any;
}

}  // namespace

std::unique_ptr<SmsDialect> dialect_of(const SmsChannel& channel) {
  return channel.protocol == SmsProtocol::kSmpp34 ? smpp_dialect(channel) : cmpp_dialect(channel);
}

std::optional<std::int64_t> parts_of(const SmsChannel& channel, const std::string& text) {
  const auto parts = dialect_of(channel)->parts(anybody(text), 0);
  return parts.ok() ? std::optional(std::ssize(*parts)) : std::nullopt;
}

std::optional<sms::Fault> fault_of_form(const SmsChannel& channel) {
  const auto dialect = dialect_of(channel);
  if (const auto hello = dialect->hello(1, Instant{}); !hello.ok()) return hello.error();
  if (const auto parts = dialect->parts(anybody("x"), 0); !parts.ok()) return parts.error();
  return std::nullopt;
}

}  // namespace anlan::edge
