#include "edge/webhook/request.h"

#include <algorithm>

#include "codec/json_write.h"
#include "platform/crypto/hmac.h"
#include "platform/transfer/http.h"

namespace anlan::edge {
namespace {

using Kind = outbox::Outcome::Kind;

// Nobody may hold a warning up for longer than that by one answer.
constexpr Milliseconds kLongestWait{Minutes{10}};

bool is_later(int status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;  // RFC 9110 §15.5.9, RFC 8470, RFC 6585
}

}  // namespace

std::string webhook_body(const outbox::Taken& taken, outbox::World world) {
  std::string body;
  {
    json::Object object(body);
    object.member("key", taken.key);
    object.member("to", taken.address);
    object.member("text", taken.text);
    object.member("expires", taken.expires);
    object.member("drill", world == outbox::World::kDrill);
  }
  return body;
}

std::string webhook_signature(std::string_view secret, std::string_view body, Instant now) {
  const std::string seconds = std::to_string(to_ms(now) / 1000);
  const auto mac = crypto::hmac_sha256(secret, std::string(seconds).append(".").append(body));
  return "t=" + seconds + ",v1=" + crypto::to_hex(mac);
}

outbox::Outcome webhook_outcome(const outbox::Taken& taken, int status, std::string_view retry_after, Instant now) {
  outbox::Outcome outcome{taken.message, taken.leg, Kind::kFailed, {}, fmt::format("HTTP {}", status)};
  if (status >= 200 && status < 300) {
    outcome.kind = Kind::kDelivered;
  } else if (is_later(status)) {
    outcome.kind = Kind::kLater;
    const auto moment = transfer::retry_at(retry_after, now);
    if (moment) outcome.wait = std::clamp(*moment - now, Milliseconds{0}, kLongestWait);
  }
  return outcome;
}

}  // namespace anlan::edge
