#include "edge/http/forwarded.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::edge {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kProxies{"10.0.0.1", "10.0.0.2"};

TEST(Forwarded, ReadsAddressesApart) {
  EXPECT_THAT(addresses_in(""), IsEmpty());
  EXPECT_THAT(addresses_in(" , "), IsEmpty());
  EXPECT_THAT(addresses_in("10.0.0.1,10.0.0.2, ::1"), ElementsAre("10.0.0.1", "10.0.0.2", "::1"));
}

TEST(Forwarded, IsBelievedOfProxiesAlone) {
  const http::Headers headers{{"X-Forwarded-For", "203.0.113.9"}};
  EXPECT_EQ(asker_of(headers, "198.51.100.7", kProxies), "198.51.100.7");
  EXPECT_EQ(asker_of(headers, "10.0.0.1", {}), "10.0.0.1");
  EXPECT_EQ(asker_of(headers, "10.0.0.1", kProxies), "203.0.113.9");
}

TEST(Forwarded, TakesWhatTheProxyHasSeenAndNotWhatTheAskerWrote) {
  EXPECT_EQ(asker_of({{"X-Forwarded-For", "1.1.1.1, 203.0.113.9"}}, "10.0.0.1", kProxies), "203.0.113.9");
  EXPECT_EQ(asker_of({{"X-Forwarded-For", "1.1.1.1"}, {"x-forwarded-for", "203.0.113.9"}}, "10.0.0.1", kProxies),
            "203.0.113.9");
  EXPECT_EQ(asker_of({{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.2"}}, "10.0.0.1", kProxies), "203.0.113.9");
}

TEST(Forwarded, IsTheProxyWhereNothingElseIsKnown) {
  EXPECT_EQ(asker_of({}, "10.0.0.1", kProxies), "10.0.0.1");
  EXPECT_EQ(asker_of({{"X-Forwarded-For", "unknown"}}, "10.0.0.1", kProxies), "10.0.0.1");
  EXPECT_EQ(asker_of({{"X-Forwarded-For", "10.0.0.2"}}, "10.0.0.1", kProxies), "10.0.0.1");
}

}  // namespace
}  // namespace anlan::edge
