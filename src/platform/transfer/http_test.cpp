#include "platform/transfer/http.h"

#include <gtest/gtest.h>

namespace anlan::transfer {
namespace {

TEST(RetryAfter, IsSecondsOrADate) {
  const Instant now = from_ms(1'790'000'000'000);
  EXPECT_EQ(retry_at("120", now), now + Minutes{2});
  EXPECT_EQ(retry_at("0", now), now);
  EXPECT_EQ(retry_at("Mon, 21 Sep 2026 14:14:20 GMT", now), now + Minutes{1});
  for (const char* neither : {"", "soon", "-5", "99999999999999999999"})
    EXPECT_EQ(retry_at(neither, now), std::nullopt) << neither;
}

TEST(Http, DoesNotConnectToAPrivateAddressHoweverItIsNamed) {
  Http http({.connecting = Milliseconds{2000}});
  for (const char* url : {"http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://0x7f.1:9/",
                          "http://2130706433:9/", "http://[::ffff:127.0.0.1]:9/", "http://0/"}) {
    const auto answer = http.post(url, "{}", {});
    ASSERT_FALSE(answer.ok()) << url;
    EXPECT_EQ(answer.error().what, "private address") << url;
    EXPECT_FALSE(answer.error().sent);
  }
}

TEST(Http, SpeaksNoOtherProtocol) {
  Http http({.allow_private = true});
  for (const char* url : {"file:///etc/hostname", "gopher://127.0.0.1:9/", "smtp://127.0.0.1:9/"}) {
    const auto answer = http.post(url, "{}", {});
    ASSERT_FALSE(answer.ok()) << url;
    EXPECT_FALSE(answer.error().sent) << url;
  }
}

TEST(Http, AsksNobodyOnceInterrupted) {
  Http http({.allow_private = true});
  http.interrupt();
  EXPECT_FALSE(http.post("http://127.0.0.1:9/", "{}", {}).ok());
}

}  // namespace
}  // namespace anlan::transfer
