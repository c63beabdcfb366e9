#include "main/arriving.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan {
namespace {

using testing::Eq;
using testing::HasSubstr;

ChannelSettings by(const std::string& kind, GatewaySettings gateway) {
  ChannelSettings one;
  one.way.kind = kind;
  one.gateway = std::move(gateway);
  return one;
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Arriving, AShortMessageSaysHowManyItTakes) {
  edge::SmsChannel cmpp, smpp;
  smpp.protocol = edge::SmsProtocol::kSmpp34;
  const auto parts = [](const edge::SmsChannel& c, const std::string& text) {
    return arriving(by("sms", c), text).parts;
  };
  EXPECT_THAT(parts(cmpp, repeated("水", 70)), Eq(1));
  EXPECT_THAT(parts(cmpp, repeated("水", 71)), Eq(2));
  EXPECT_THAT(parts(cmpp, repeated("水", 135)), Eq(3));
  EXPECT_THAT(parts(cmpp, std::string(160, 'a')), Eq(3));
  EXPECT_THAT(parts(smpp, std::string(160, 'a')), Eq(1));
  EXPECT_THAT(parts(cmpp, repeated("水", 67 * 256)), Eq(std::nullopt)) << "more than a phone puts together";
  EXPECT_EQ(arriving(by("sms", cmpp), "水").text, "水");
}

TEST(Arriving, AMailHasASubjectAndARobotsTextIsCut) {
  const auto mail = arriving(by("mail", edge::MailChannel{}), "洪水红色预警\n\n撤离。");
  EXPECT_EQ(mail.subject, "洪水红色预警");
  EXPECT_EQ(mail.text, "洪水红色预警\n\n撤离。");
  const auto group = arriving(by("group", edge::RobotChannel{}), repeated("水", 1000) + "撤离。");
  EXPECT_LE(group.text.size(), edge::RobotChannel{}.longest);
  EXPECT_THAT(group.text, HasSubstr("…"));
  EXPECT_TRUE(group.text.ends_with("撤离。"));
  EXPECT_EQ(arriving(by("webhook", edge::WebhookChannel{}), repeated("水", 1000)).text, repeated("水", 1000));
}

// A drill that shows less than the real thing would practise the wrong thing.
TEST(Arriving, ASandboxShowsWhatItsKindWould) {
  EXPECT_THAT(arriving(by("sms", edge::SandboxChannel{}), repeated("水", 71)).parts, Eq(2));
  EXPECT_EQ(arriving(by("mail", edge::SandboxChannel{}), "H\n\nD").subject, "H");
  EXPECT_THAT(arriving(by("group", edge::SandboxChannel{}), repeated("水", 1000)).text, HasSubstr("…"));
  EXPECT_EQ(arriving(by("loudspeaker", edge::SandboxChannel{}), repeated("水", 1000)).text, repeated("水", 1000));
}

}  // namespace
}  // namespace anlan
