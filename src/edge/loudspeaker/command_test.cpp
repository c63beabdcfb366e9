#include "edge/loudspeaker/command.h"

#include <gtest/gtest.h>

#include "edge/loudspeaker/channel.h"

namespace anlan::edge {
namespace {

constexpr std::string_view kSecret = "0123456789abcdef-village-7";
const Instant kNow = from_ms(1'790'000'000'000);

Command command(std::int64_t number, const std::string& key = "w1.7.0") {
  Command one;
  one.device = "speaker-07";
  one.number = number;
  one.issued = kNow;
  one.expires = kNow + Minutes{30};
  one.key = key;
  one.text = "青河水位超警，请立即转移";
  return one;
}

class Device : public testing::Test {
 protected:
  DeviceMemory memory;
  std::string_view result;  // to be answered to the last one
  Judgement hear(const std::string& payload, Instant now = kNow) {
    const auto judged = judge(payload, "speaker-07", kSecret, now, memory);
    result = judged.result;
    return judged.judgement;
  }
};

// docs/loudspeaker-commands.md shows this one.
TEST(LoudspeakerCommand, IsThatOfItsDocument) {
  EXPECT_EQ(
      signed_text(command(1'790'000'000'000), kSecret),
      "bb25b2b862f73a94281c22a8396506c0e931dc4047a7fe010205a6d58d010aba\n"
      "{\"kind\":\"command\",\"device\":\"speaker-07\",\"number\":1790000000000,"
      "\"issued\":\"2026-09-21T22:13:20.000+08:00\",\"expires\":\"2026-09-21T22:43:20.000+08:00\","
      "\"key\":\"w1.7.0\",\"text\":\"青河水位超警，请立即转移\",\"drill\":false,\"play\":{\"times\":3,\"volume\":80}}");
}

TEST_F(Device, PlaysWhatIsSignedForItOnce) {
  const auto judged = judge(signed_text(command(1), kSecret), "speaker-07", kSecret, kNow, memory);
  EXPECT_EQ(judged.judgement, Judgement::kPlay);
  EXPECT_EQ(judged.command.text, "青河水位超警，请立即转移");
  EXPECT_EQ(judged.command.play.times, 3);
  EXPECT_EQ(judged.result, "played");
}

TEST_F(Device, RefusesWhatIsReplayed) {
  const std::string overheard = signed_text(command(5), kSecret);
  EXPECT_EQ(hear(overheard), Judgement::kPlay);
  EXPECT_EQ(hear(overheard), Judgement::kReplayed);
  EXPECT_EQ(result, "played");  // else who replays it would make the gateway believe that it was not
  EXPECT_EQ(hear(signed_text(command(4, "w0.1.0"), kSecret)), Judgement::kReplayed);
  EXPECT_EQ(result, "replayed");
}

TEST_F(Device, RefusesWhatHasExpiredHoweverNew) {
  EXPECT_EQ(hear(signed_text(command(5), kSecret), kNow + Minutes{30}), Judgement::kExpired);
  EXPECT_EQ(result, "expired");
  EXPECT_EQ(memory.number, 0);
  EXPECT_EQ(hear(signed_text(command(5), kSecret), kNow + Minutes{29}), Judgement::kPlay);
}

TEST_F(Device, RefusesWhatIsForgedOrWasChangedOnItsWay) {
  const std::string good = signed_text(command(5), kSecret);
  EXPECT_EQ(hear(signed_text(command(5), "another secret")), Judgement::kForged);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(hear(changed), Judgement::kForged) << i;
    EXPECT_EQ(hear(good.substr(0, i)), Judgement::kForged) << i;
  }
  EXPECT_EQ(hear(std::string(100'000, 'a')), Judgement::kForged);
  EXPECT_EQ(memory.number, 0);
  EXPECT_EQ(result, "");
}

TEST_F(Device, RefusesWhatWasSaidToAnotherOneOfItsGroupAndAnswers) {
  Command other = command(5);
  other.device = "speaker-08";
  EXPECT_EQ(hear(signed_text(other, kSecret)), Judgement::kNotMine);
  Answer answer;
  answer.device = "speaker-07";
  answer.number = 9;
  answer.key = "w1.7.0";
  answer.result = "played";
  EXPECT_EQ(hear(signed_text(answer, kSecret)), Judgement::kMalformed);
  EXPECT_EQ(memory.number, 0);
}

// The gateway that hears no answer says it again, under a new number.
TEST_F(Device, AnswersAgainWhatItIsToldAgainAndDoesNotPlayIt) {
  EXPECT_EQ(hear(signed_text(command(5), kSecret)), Judgement::kPlay);
  EXPECT_EQ(hear(signed_text(command(6), kSecret)), Judgement::kRepeated);
  EXPECT_EQ(result, "played");
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(hear(signed_text(command(10 + i, "w2." + std::to_string(i)), kSecret)), Judgement::kPlay);
  EXPECT_EQ(memory.keys.size(), kKeys);
  EXPECT_EQ(hear(signed_text(command(6), kSecret)), Judgement::kReplayed);
}

TEST(LoudspeakerAnswer, IsTakenFromWhoKnowsTheSecretAlone) {
  Answer answer;
  answer.device = "speaker-07";
  answer.number = 5;
  answer.key = "w1.7.0";
  answer.result = "played";
  answer.at = kNow;
  const std::string payload = signed_text(answer, kSecret);
  ASSERT_TRUE(proved_answer(payload, kSecret));
  EXPECT_EQ(proved_answer(payload, kSecret)->result, "played");
  EXPECT_FALSE(proved_answer(payload, "another secret"));
  EXPECT_FALSE(proved_answer(signed_text(command(5), kSecret), kSecret));
  EXPECT_FALSE(proved_answer("", kSecret));
}

TEST(LoudspeakerChannel, ASettingThatCannotBeIsNamed) {
  const LoudspeakerChannel good{.name = "horn", .address = "broker", .group_secret = std::string(kSecret)};
  EXPECT_EQ(fault_of(good), std::nullopt);
  const auto with = [&](auto change) {
    LoudspeakerChannel channel = good;
    change(channel);
    const auto fault = fault_of(channel);
    return fault ? fault->setting + " " + fault->code : std::string();
  };
  EXPECT_EQ(with([](auto& c) { c.address.clear(); }), "address missing");
  EXPECT_EQ(with([](auto& c) { c.prefix = "a/#"; }), "prefix form");
  EXPECT_EQ(with([](auto& c) { c.group_secret = "short"; }), "group_secret insecure");
  EXPECT_EQ(with([](auto& c) { c.key_file = "k.pem"; }), "certificate_file missing");
  EXPECT_EQ(with([](auto& c) { c.key_file = c.certificate_file = "k.pem"; }), "ca_file missing");
  EXPECT_EQ(with([](auto& c) { c.volume = 101; }), "volume range");
  EXPECT_EQ(with([](auto& c) { c.secret = "s"; }), "account missing");
}

}  // namespace
}  // namespace anlan::edge
