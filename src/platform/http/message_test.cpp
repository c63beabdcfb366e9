#include "platform/http/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::http {
namespace {

using testing::ElementsAre;

TEST(Target, DecodesPathAndQuery) {
  const auto target = parse_target("/v1/%E5%AE%89?after=12&name=a+b%26c&flag&name=2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/v1/安");
  EXPECT_EQ(target->query.get("after"), "12");
  EXPECT_THAT(target->query.all("name"), ElementsAre("a b&c", "2"));
  EXPECT_EQ(target->query.get("flag"), "");
  EXPECT_EQ(target->query.get("absent"), std::nullopt);
}

TEST(Target, TakesTheAbsoluteForm) {
  EXPECT_EQ(parse_target("http://host:80/a?b=c")->path, "/a");
  EXPECT_EQ(parse_target("HTTP://host")->path, "/");
  EXPECT_EQ(parse_target("http://host?x=1")->query.get("x"), "1");
}

class UnsafeTarget : public testing::TestWithParam<std::string_view> {};

TEST_P(UnsafeTarget, IsRefused) { EXPECT_FALSE(parse_target(GetParam())); }

INSTANTIATE_TEST_SUITE_P(All, UnsafeTarget,
                         testing::Values("", "a", "*", "/..", "/a/../b", "/a/%2e%2E/b", "/.", "/a%2fb", "/a%00",
                                         "/a\\b", "/a%5cb", "/%", "/%4", "/%zz", "/a?x=%4", "/a#b", "/a%0d%0ab",
                                         "/a%ff", "/a\xff", "/a?x=%E5%AE", "/a?%c0%af", "/a?x=%ED%A0%80"));

TEST(Headers, CompareNamesWithoutTheirCase) {
  Headers headers{{"Content-Type", "text/plain"}, {"X-A", "1"}, {"x-a", "2"}};
  EXPECT_EQ(headers.get("content-type"), "text/plain");
  EXPECT_EQ(headers.count("X-a"), 2U);
  headers.set("X-A", "3");
  EXPECT_EQ(headers.count("X-a"), 1U);
  EXPECT_EQ(headers.get("x-A"), "3");
  EXPECT_EQ(headers.get("absent"), std::nullopt);
}

TEST(Method, KeepsItsNameBothWays) {
  for (auto name : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    EXPECT_EQ(name_of(method_of(name)), name);
  EXPECT_EQ(method_of("BREW"), Method::kOther);
  EXPECT_EQ(method_of(""), Method::kOther);
}

}  // namespace
}  // namespace anlan::http
