#include "main/channel_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ChannelSettings channel(const std::string& name, outbox::World world, GatewaySettings gateway) {
  ChannelSettings one;
  one.way.name = name;
  one.way.world = world;
  one.gateway = std::move(gateway);
  return one;
}

// What is wrong with a channel for drills beside one of the real world.
std::vector<std::string> wrong(GatewaySettings drill, GatewaySettings real) {
  std::vector<std::string> keys;
  for (const Mistake& mistake : mixed_worlds({channel("real", outbox::World::kReal, std::move(real)),
                                              channel("drill", outbox::World::kDrill, std::move(drill))}))
    keys.push_back(mistake.key + " " + mistake.code + " " + mistake.values.front().second);
  return keys;
}

template <class Channel>
Channel with(Channel one, auto change) {
  change(one);
  return one;
}

TEST(ChannelsOfBothWorlds, HaveNoAccountAtOneGatewayInCommon) {
  edge::SmsChannel sms;
  sms.address = "sms.example.com";
  sms.port = 7890;
  sms.account = "901234";
  EXPECT_THAT(wrong(sms, sms), ElementsAre("channel.drill.account channel_of_real_world real"));
  EXPECT_THAT(wrong(with(sms, [](auto& c) { c.address = "SMS.example.com"; }), sms).size(), 1U);
  EXPECT_THAT(wrong(with(sms, [](auto& c) { c.account = "901235"; }), sms), IsEmpty());
  EXPECT_THAT(wrong(with(sms, [](auto& c) { c.port = 7891; }), sms), IsEmpty());
  edge::MailChannel mail;
  mail.host = "mail.example.com";
  EXPECT_THAT(wrong(mail, mail), ElementsAre("channel.drill.host channel_of_real_world real"));
  EXPECT_THAT(wrong(with(mail, [](auto& c) { c.account = "drill"; }), mail), IsEmpty());
}

TEST(ChannelsOfBothWorlds, HaveNoGroupAndNoReceiverInCommon) {
  edge::RobotChannel robot;
  robot.key = "k1";
  EXPECT_THAT(wrong(robot, robot), ElementsAre("channel.drill.key_file channel_of_real_world real"));
  EXPECT_THAT(wrong(with(robot, [](auto& c) { c.key = "k2"; }), robot), IsEmpty());
  edge::WebhookChannel hook;
  hook.url = "https://example.com/in";
  hook.secret = "secret08";
  EXPECT_THAT(wrong(hook, hook), ElementsAre("channel.drill.url channel_of_real_world real"));
  const auto elsewhere = with(hook, [](auto& c) { c.url = "https://example.com/drill"; });
  EXPECT_THAT(wrong(elsewhere, hook), ElementsAre("channel.drill.secret_file channel_of_real_world real"));
  EXPECT_THAT(wrong(with(elsewhere, [](auto& c) { c.secret = "secret09"; }), hook), IsEmpty());
}

TEST(ChannelsOfBothWorlds, HaveNoSirenInCommon) {
  edge::LoudspeakerChannel horns;
  horns.address = "broker";
  horns.group_secret = "0123456789abcdef-village-7";
  EXPECT_THAT(wrong(horns, horns), ElementsAre("channel.drill.group_secret_file channel_of_real_world real"));
  const auto keyed = with(horns, [](auto& c) { c.group_secret = "0123456789abcdef-village-8"; });
  EXPECT_THAT(wrong(keyed, horns), ElementsAre("channel.drill.prefix channel_of_real_world real"));
  EXPECT_THAT(wrong(with(keyed, [](auto& c) { c.prefix = "drill"; }), horns), IsEmpty());
  EXPECT_THAT(wrong(with(horns, [](auto& c) { c.prefix = "drill"; }), horns),
              ElementsAre("channel.drill.group_secret_file channel_of_real_world real"));
}

TEST(ChannelsOfBothWorlds, OfOneWorldMayShareWhatTheyLike) {
  edge::RobotChannel robot;
  robot.key = "k1";
  for (const auto world : {outbox::World::kReal, outbox::World::kDrill})
    EXPECT_THAT(mixed_worlds({channel("one", world, robot), channel("other", world, robot)}), IsEmpty());
  EXPECT_THAT(wrong(edge::SandboxChannel{}, robot), IsEmpty());
}

}  // namespace
}  // namespace anlan
