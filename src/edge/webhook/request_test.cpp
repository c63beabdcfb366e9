#include "edge/webhook/request.h"

#include <gtest/gtest.h>

#include "edge/webhook/channel.h"

namespace anlan::edge {
namespace {

using Outcome = outbox::Outcome;

const Instant kNow = from_ms(1'790'000'000'000);

outbox::Taken taken() {
  outbox::Taken one;
  one.message = 7;
  one.leg = 2;
  one.key = "w1.7.2";
  one.address = "duty";
  one.text = "水位 \"超警\"";
  one.expires = kNow;
  return one;
}

TEST(Webhook, SaysWhatItCarriesAndWhoSaysIt) {
  const std::string body = webhook_body(taken(), outbox::World::kReal);
  EXPECT_EQ(body,
            "{\"key\":\"w1.7.2\",\"to\":\"duty\",\"text\":\"水位 \\\"超警\\\"\","
            "\"expires\":\"2026-09-21T22:13:20.000+08:00\",\"drill\":false}");
  EXPECT_NE(webhook_body(taken(), outbox::World::kDrill).find("\"drill\":true"), std::string::npos);
  // printf '1790000000.{"key":"w1"}' | openssl dgst -sha256 -hmac 'secret08'
  EXPECT_EQ(webhook_signature("secret08", "{\"key\":\"w1\"}", kNow),
            "t=1790000000,v1=6343addabd108255bb064a266db38d5325bcba88e9d99594737f064632d89cb1");
}

TEST(WebhookAnswer, MeansWhatItsStatusSays) {
  const auto kind = [](int status) { return webhook_outcome(taken(), status, "", kNow).kind; };
  for (const int status : {200, 201, 202, 204}) EXPECT_EQ(kind(status), Outcome::Kind::kDelivered);
  for (const int status : {408, 425, 429, 500, 502, 503, 504}) EXPECT_EQ(kind(status), Outcome::Kind::kLater);
  for (const int status : {301, 302, 307, 400, 401, 403, 404, 410, 422})
    EXPECT_EQ(kind(status), Outcome::Kind::kFailed);
  const Outcome outcome = webhook_outcome(taken(), 410, "", kNow);
  EXPECT_EQ(outcome.message, 7);
  EXPECT_EQ(outcome.leg, 2);
  EXPECT_EQ(outcome.reason, "HTTP 410");
}

TEST(WebhookAnswer, SaysForHowLongItIsToBeLeftAloneWithinBounds) {
  const auto wait = [](const char* retry_after) { return webhook_outcome(taken(), 503, retry_after, kNow).wait; };
  EXPECT_EQ(wait("30"), Milliseconds{30'000});
  EXPECT_EQ(wait("Mon, 21 Sep 2026 14:14:20 GMT"), Milliseconds{60'000});
  EXPECT_EQ(wait("Mon, 21 Sep 2020 14:14:20 GMT"), Milliseconds{0});
  EXPECT_EQ(wait("864000"), Milliseconds{600'000});
  EXPECT_EQ(wait(""), Milliseconds{0});
}

TEST(WebhookChannel, ASettingThatCannotBeIsNamed) {
  const WebhookChannel good{.name = "hook", .url = "https://example.com/in", .secret = "secret08"};
  EXPECT_EQ(fault_of(good), std::nullopt);
  const auto with = [&](auto change) {
    WebhookChannel channel = good;
    change(channel);
    const auto fault = fault_of(channel);
    return fault ? fault->setting + " " + fault->code : std::string();
  };
  EXPECT_EQ(with([](auto& c) { c.url.clear(); }), "url missing");
  EXPECT_EQ(with([](auto& c) { c.url = "file:///etc/hostname"; }), "url form");
  EXPECT_EQ(with([](auto& c) { c.url = "http://example.com/in"; }), "url insecure");
  EXPECT_EQ(with([](auto& c) { c.secret.clear(); }), "secret missing");
}

}  // namespace
}  // namespace anlan::edge
