#include "edge/robot/request.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace anlan::edge {
namespace {

using Kind = RobotVerdict::Kind;

// The sign: `printf '1577262236757\nthis is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64`.
TEST(Robot, IsCalledWithWhatProvesTheSender) {
  RobotChannel channel{.key = "633a31f6-7f9c&x"};
  EXPECT_EQ(robot_url(channel, from_ms(0)), "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=633a31f6-7f9c%26x");
  channel = {.kind = RobotKind::kDingtalk, .key = "abc", .secret = "this is secret"};
  EXPECT_EQ(robot_url(channel, from_ms(1'577'262'236'757)),
            "https://oapi.dingtalk.com/robot/"
            "send?access_token=abc&timestamp=1577262236757&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D");
  channel.secret.clear();
  EXPECT_EQ(robot_url(channel, from_ms(0)), "https://oapi.dingtalk.com/robot/send?access_token=abc");
}

TEST(Robot, IsToldATextAsItIs) {
  EXPECT_EQ(robot_body({}, "水位\n\"超警\""), "{\"msgtype\":\"text\",\"text\":{\"content\":\"水位\\n\\\"超警\\\"\"}}");
}

TEST(RobotText, ThatIsTooLongIsCutInTheMiddleBetweenCharactersAndKeepsItsLink) {
  EXPECT_EQ(shortened("水位超警", 12), "水位超警");
  EXPECT_EQ(shortened("水位超警戒", 14), "水位…戒");
  EXPECT_EQ(shortened("水位超过警戒线\nhttps://a.cn/w/1\n", 33), "水位超过…\nhttps://a.cn/w/1");
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "水🌊a";
  for (std::size_t longest = 64; longest < 90; ++longest) {
    const std::string cut = shortened(text + "\nhttps://a.cn/w/1", longest);
    EXPECT_LE(cut.size(), longest);
    EXPECT_GT(cut.size() + 7, longest);
    EXPECT_TRUE(is_utf8(cut));
    EXPECT_TRUE(cut.ends_with("\nhttps://a.cn/w/1"));
    EXPECT_NE(cut.find("…"), std::string::npos);
  }
  text.assign(5000, 'a').append("请立即转移。");
  EXPECT_TRUE(shortened(text, 2'048).ends_with("请立即转移。"));
  EXPECT_EQ(shortened("a\nhttps://" + std::string(200, 'x'), 64).size(), 64U);
}

TEST(RobotAnswer, MeansWhatItsVendorSays) {
  const auto verdict = [](RobotKind robot, int status, const std::string& body) {
    return robot_verdict(robot, status, body).kind;
  };
  EXPECT_EQ(verdict(RobotKind::kWecom, 200, R"({"errcode":0,"errmsg":"ok"})"), Kind::kTaken);
  EXPECT_EQ(verdict(RobotKind::kWecom, 200, R"({"errcode":45009,"errmsg":"api freq out of limit"})"), Kind::kTooFast);
  EXPECT_EQ(verdict(RobotKind::kWecom, 200, R"({"errcode":93000,"errmsg":"invalid webhook url"})"), Kind::kNoEntry);
  EXPECT_EQ(verdict(RobotKind::kWecom, 200, R"({"errcode":44004,"errmsg":"empty content"})"), Kind::kRefused);
  EXPECT_EQ(verdict(RobotKind::kDingtalk, 200, R"({"errcode":0,"errmsg":"ok"})"), Kind::kTaken);
  EXPECT_EQ(verdict(RobotKind::kDingtalk, 200, R"({"errcode":130101,"errmsg":"send too fast"})"), Kind::kTooFast);
  EXPECT_EQ(verdict(RobotKind::kDingtalk, 200, R"({"errcode":310000,"errmsg":"sign not match"})"), Kind::kNoEntry);
  EXPECT_EQ(verdict(RobotKind::kDingtalk, 200, R"({"errcode":-1,"errmsg":"busy"})"), Kind::kLater);
  for (const char* none : {"", "<html>", "[]", "{}", R"({"errcode":"0"})"})
    EXPECT_EQ(verdict(RobotKind::kWecom, 502, none), Kind::kLater) << none;
  EXPECT_EQ(robot_verdict(RobotKind::kWecom, 200, R"({"errcode":93000,"errmsg":"invalid\u0007 webhook url"})").reason,
            "93000 invalid webhook url");
  EXPECT_EQ(robot_verdict(RobotKind::kWecom, 502, "").reason, "HTTP 502");
}

TEST(RobotChannel, ASettingThatCannotBeIsNamed) {
  const RobotChannel good{.name = "wecom", .key = "k"};
  EXPECT_EQ(fault_of(good), std::nullopt);
  const auto with = [&](auto change) {
    RobotChannel channel = good;
    change(channel);
    const auto fault = fault_of(channel);
    return fault ? fault->setting + " " + fault->code : std::string();
  };
  EXPECT_EQ(with([](auto& c) { c.key.clear(); }), "key missing");
  EXPECT_EQ(with([](auto& c) { c.service = "ftp://a"; }), "service form");
  EXPECT_EQ(with([](auto& c) { c.service = "https://a?x"; }), "service form");
  EXPECT_EQ(with([](auto& c) { c.service = "http://a"; }), "service insecure");
  EXPECT_EQ(with([](auto& c) { c.longest = 3; }), "longest range");
}

}  // namespace
}  // namespace anlan::edge
