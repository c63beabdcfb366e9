#include "edge/sms/session.h"

#include <gtest/gtest.h>

#include "codec/smpp/receipt.h"
#include "edge/sms/session_fixture.h"

namespace anlan::edge {
namespace {

using Kind = Heard::Kind;

TEST_F(SmsSessionTest, NothingIsTakenBeforeTheGatewayHasLetUsIn) {
  queue(1);
  EXPECT_EQ(session.work(at(0)).size(), bind_size);
  EXPECT_EQ(counts(), (Counts{{"ready", 1}}));
  welcome(0);
  EXPECT_EQ(counts(), (Counts{{"in_flight", 1}}));
}

TEST_F(SmsSessionTest, AReportIsAnsweredWhenItIsKept) {
  queue(1);
  welcome(0);
  const auto submit = sent();
  hear({0, submit.sequence_number, smpp::SubmitSmResp{"1F", {}}}, 1);
  EXPECT_EQ(counts(), (Counts{{"in_flight", 1}})) << "settled before work()";
  session.work(at(1));
  EXPECT_EQ(counts(), (Counts{{"accepted", 1}}));
  hear({0, 77, receipt("31")}, 2);
  const auto reply = *smpp::decode(session.work(at(2)));
  EXPECT_TRUE(std::holds_alternative<smpp::DeliverSmResp>(reply.body));
  EXPECT_EQ(reply.sequence_number, 77u);
  EXPECT_EQ(counts(), (Counts{{"delivered", 1}})) << "decimal 31 is hexadecimal 1F";
}

TEST_F(SmsSessionTest, ASilentGatewayIsAskedThreeTimesAndGivenUp) {
  queue(1);
  welcome(0);
  int questions = 0;
  int second = 1;
  for (; second < 600 && !session.over(); ++second) {
    const std::string bytes = session.work(at(second));
    questions += bytes.size() == smpp::kHeaderOctets;
  }
  EXPECT_EQ(questions, 3);
  EXPECT_EQ(session.why(), "the gateway is silent");
  EXPECT_EQ(second - 1, 40) << "ten seconds before each of the three, and after the last";
  session.end(at(second));
  EXPECT_EQ(counts(), (Counts{{"uncertain", 1}}));
}

TEST_F(SmsSessionTest, AGatewayThatNeverGreetsIsGivenUp) {
  session.work(at(0));
  session.work(at(61));
  EXPECT_EQ(session.why(), "no answer to the hello");
}

TEST_F(SmsSessionTest, BytesThatAreNoSmppEndTheSession) {
  welcome(0);
  session.hear("HTTP/1.1 400 Bad Request\r\n\r\n", at(1));
  EXPECT_TRUE(session.over());
  EXPECT_TRUE(session.why().starts_with("command_length is")) << session.why();
}

TEST_F(SmsSessionTest, AnUnknownCommandIsSaidToBeUnknown) {
  welcome(0);
  const std::string outbind("\0\0\0\x12\0\0\0\x0b\0\0\0\0\0\0\0\x05\0\0", 18);
  session.hear(outbind, at(1));
  const auto reply = *smpp::decode(session.work(at(1)));
  EXPECT_TRUE(std::holds_alternative<smpp::GenericNack>(reply.body));
  EXPECT_EQ(reply.sequence_number, 5u);
  EXPECT_FALSE(session.over());
}

TEST_F(SmsSessionTest, AGatewayThatPartsIsAnsweredAndWhatItHasNotAnsweredIsUncertain) {
  queue(3);
  welcome(0);
  hear({0, sent().sequence_number, smpp::SubmitSmResp{"a", {}}}, 1);
  hear({0, 9, smpp::Unbind{}}, 1);
  EXPECT_TRUE(session.over());
  EXPECT_TRUE(std::holds_alternative<smpp::UnbindResp>(smpp::decode(session.work(at(1)))->body));
  session.end(at(1));
  EXPECT_EQ(counts(), (Counts{{"accepted", 1}, {"uncertain", 2}}));
}

TEST_F(SmsSessionTest, WhatCannotGoAnyMoreIsNotSent) {
  channel.rate = 1;
  queue(2);
  welcome(0);
  const auto first = sent();
  hear({0, first.sequence_number, smpp::SubmitSmResp{"a", {}}}, 3600);
  session.work(at(3600));
  EXPECT_EQ(counts(3600), (Counts{{"accepted", 1}, {"expired", 1}}));
}

TEST_F(SmsSessionTest, AClockThatIsSetBackHoldsNothingUp) {
  channel.window = 1;
  channel.rate = 10;
  queue(2);
  welcome(50);
  hear({0, sent().sequence_number, smpp::SubmitSmResp{"a", {}}}, 10);
  session.work(at(10));
  session.work(at(11));
  EXPECT_EQ(counts(), (Counts{{"accepted", 1}, {"in_flight", 1}}));
  EXPECT_FALSE(session.work(at(21)).empty()) << "asks whether the gateway lives";
  hear({0, 99, smpp::EnquireLink{}}, 60);
  session.work(at(72));
  EXPECT_EQ(counts(), (Counts{{"accepted", 1}, {"uncertain", 1}}));
}

TEST_F(SmsSessionTest, LeavingWaitsForAnswersAndGivesBackWhatWasNotSent) {
  channel.window = 2;
  channel.rate = 1;
  queue(5);
  welcome(0);
  EXPECT_EQ(counts(), (Counts{{"in_flight", 2}, {"ready", 3}}));
  session.leave(at(0));
  EXPECT_EQ(session.work(at(0)), "") << "an answer is due";
  EXPECT_EQ(counts(), (Counts{{"in_flight", 1}, {"ready", 4}}));
  hear({0, sent().sequence_number, smpp::SubmitSmResp{"a", {}}}, 1);
  const auto goodbye = *smpp::decode(session.work(at(1)));
  EXPECT_TRUE(std::holds_alternative<smpp::Unbind>(goodbye.body));
  hear({0, goodbye.sequence_number, smpp::UnbindResp{}}, 2);
  EXPECT_EQ(session.why(), "left");
}

TEST_F(SmsSessionTest, ATextThatNoMessageHoldsIsDeadAtOnce) {
  queue(1, std::string(70'000, 'x'));
  welcome(0);
  session.work(at(0));
  EXPECT_EQ(counts(), (Counts{{"failed", 1}}));
}

TEST(SmsChannel, ASettingThatTheProtocolCannotSayIsNamed) {
  const auto named = [](SmsProtocol protocol, const std::string& account, const std::string& number) {
    SmsChannel channel;
    channel.protocol = protocol;
    channel.account = account;
    channel.number = number;
    channel.secret = "secret08";
    const auto fault = fault_of_form(channel);
    return fault ? fault->field : std::string();
  };
  for (const auto protocol : {SmsProtocol::kCmpp20, SmsProtocol::kCmpp30, SmsProtocol::kSmpp34})
    EXPECT_EQ(named(protocol, "900001", "10690001"), "");
  EXPECT_EQ(named(SmsProtocol::kCmpp30, "9000012", "10690001"), "Source_Addr");
  EXPECT_EQ(named(SmsProtocol::kCmpp20, "900001", std::string(22, '1')), "Src_Id");
  EXPECT_EQ(named(SmsProtocol::kSmpp34, std::string(16, 'a'), "10690001"), "system_id");
  EXPECT_EQ(named(SmsProtocol::kSmpp34, "anlan", std::string(21, '1')), "source_addr");
}

using SmsSessionDeathTest = SmsSessionTest;

TEST_F(SmsSessionDeathTest, AGatewayOfTheRealWorldDoesNotOpenADrillsOutboxNorTheOtherWayRound) {
  outbox::Outbox drill(store.where(), outbox::World::kDrill);
  EXPECT_DEATH(SmsSession(channel, drill, at(0)), "world");
  channel.world = outbox::World::kDrill;
  EXPECT_DEATH(SmsSession(channel, outbox, at(0)), "world");
}

}  // namespace
}  // namespace anlan::edge
