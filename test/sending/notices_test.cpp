#include "sending/sending_fixture.h"

namespace anlan::sending {
namespace {

using outbox::World;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST_F(SendingTest, EachIsToldOnceByTheChannelsOfTheWarning) {
  node.contacts.all.clear();
  issue();
  notices->step();
  EXPECT_THAT(taken(real, "sms"), UnorderedElementsAre("13800000001 issued: D I", "13800000002 issued: D I"));
  EXPECT_THAT(taken(real, "post"), ElementsAre("c@example.com H\n\nissued: D I"));
  EXPECT_THAT(taken(real, "siren"), ElementsAre("speaker-1 issued: D I"));
  EXPECT_THAT(taken(real, "room"), ElementsAre("room H\n\nissued: D I"));
  EXPECT_THAT(taken(real, "far"), IsEmpty());
  notices->step();
  begin();
  notices->step();
  for (const auto& way : ways) EXPECT_THAT(taken(real, way.name), IsEmpty()) << way.name;
}

TEST_F(SendingTest, WhereTheTelephoneFailsForGoodTheMailIsTried) {
  node.contacts.all.clear();
  issue();
  notices->step();
  const auto given = real.take({"sms"}, 10, node.clock.now());
  std::vector<outbox::Outcome> outcomes;
  for (const auto& one : given)
    outcomes.push_back({one.message, one.leg, outbox::Outcome::Kind::kFailed, {}, "no such number"});
  real.settle({"sms"}, outcomes, node.clock.now());
  EXPECT_THAT(taken(real, "post"),
              UnorderedElementsAre("b@example.com H\n\nissued: D I", "c@example.com H\n\nissued: D I"));
}

TEST_F(SendingTest, ANewVersionTakesTheOldOnesPlace) {
  node.contacts.all.clear();
  const std::string id = issue();
  notices->step();
  auto content = node.state<warning::Warning>(id).versions.back().content;
  content.description = "D2";
  ASSERT_TRUE(ask("city", warning::Revise{content}, id, "real").ok());
  sign(id, 2);
  notices->step();
  EXPECT_THAT(taken(real, "sms"), UnorderedElementsAre("13800000001 again: D2 I", "13800000002 again: D2 I"));
}

TEST_F(SendingTest, ACancellationReachesAllAndNothingOlderFollowsIt) {
  node.contacts.all.clear();
  const std::string id = issue();
  notices->step();
  ASSERT_TRUE(ask("city", warning::Cancel{warning::Ending::kMistaken, "Run!"}, id, "real").ok());
  notices->step();
  EXPECT_THAT(taken(real, "sms"), UnorderedElementsAre("13800000001 wrong: H", "13800000002 wrong: H"));
  EXPECT_THAT(taken(real, "room"), ElementsAre("room over: H\n\nwrong: H"));
}

TEST_F(SendingTest, OneWhoseTimeIsOverIsNotSpokenOf) {
  node.contacts.all.clear();
  issue();
  node.clock.at += std::chrono::hours{7};
  call_out();
  notices->step();
  EXPECT_THAT(taken(real, "sms"), IsEmpty());
}

TEST_F(SendingTest, WhatWasInterruptedGoesOnWithoutLossOrRepetition) {
  node.contacts.all.clear();
  for (std::int64_t id = 10; id < 2510; ++id) people.all[id] = {"P", "139" + std::to_string(10'000'000 + id), "", ""};
  const std::string id = issue();
  for (const int answers : {0, 1200, 3, 999}) {
    people.answers = answers;
    EXPECT_THROW(notices->step(), sql::ConnectionLost);
    begin();
  }
  people.answers = -1;
  notices->step();
  const auto reading = outbox::open_reading(store.where(), World::kReal);
  std::set<std::string> addresses;
  std::size_t messages = 0;
  for (std::int64_t after = 0;;) {
    const auto some = outbox::messages(*reading, notify::batch_of_issue(id, 1), after, 1000, node.clock.now());
    if (some.empty()) break;
    for (const auto& one : some) addresses.insert(one.address), ++messages;
    after = some.back().number;
  }
  EXPECT_EQ(messages, people.all.size() + 1);  // and the group
  EXPECT_EQ(addresses.size(), messages);
}

TEST_F(SendingTest, WhoIsCalledGetsALinkBeforeAllOthersAreTold) {
  issue();
  notices->step();
  const auto first = real.take({"sms"}, 1, node.clock.now());
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].address, "13800000001");
  EXPECT_TRUE(first[0].text.starts_with("村责任人 of 370783115: https://x/a/")) << first[0].text;
}

TEST_F(SendingTest, WhoHasAnsweredIsNotCalledAndTheNextOneIsAfterTheLimit) {
  const std::string id = issue(), callout = id + "/yangkou";
  notices->step();
  taken(real, "sms");
  node.clock.at += std::chrono::minutes{10};
  call_out();
  ASSERT_TRUE(ask("yangkou", callout::NoteAnswer{0, 0, callout::Way::kVoice, "on the dike"}, callout, "real").ok());
  notices->step();
  EXPECT_THAT(taken(real, "sms"), IsEmpty());
  begin();
  notices->step();
  EXPECT_THAT(taken(real, "sms"), IsEmpty());
}

}  // namespace
}  // namespace anlan::sending
