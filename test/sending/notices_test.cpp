#include "sending/sending_fixture.h"

namespace anlan::sending {
namespace {

using outbox::World;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using testing::Not;
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

// Who signs reads what goes out, word by word, and of no channel by which nothing goes.
TEST_F(SendingTest, WhatAVersionWouldSayIsWhatItSays) {
  node.contacts.all.clear();
  const std::string id = issue();
  notices->step();
  for (const auto& way : ways) taken(real, way.name);
  auto content = node.state<warning::Warning>(id).versions.back().content;
  content.description = "D2";
  ASSERT_TRUE(ask("city", warning::Revise{content}, id, "real").ok());
  const auto w = node.state<warning::Warning>(id);
  const auto said = notices->would_say(w, *w.pending(), World::kReal);
  sign(id, 2);
  notices->step();
  std::vector<std::string> channels;
  for (const auto& [channel, text] : said) {
    channels.push_back(channel);
    EXPECT_THAT(taken(real, channel), AllOf(Not(IsEmpty()), Each(EndsWith(" " + text)))) << channel;
  }
  EXPECT_THAT(channels, ElementsAre("sms", "post", "siren", "room"));
}

TEST_F(SendingTest, WhatNobodyHasDraftedYetIsSaidToo) {
  warning::Warning w;
  w.organisation = "city";
  warning::Version v;
  v.content.headline = "H";
  v.content.description = "D";
  v.content.instruction = "I";
  v.content.channels = {"page", "sms", "mail"};
  const auto said = notices->would_say(w, v, World::kDrill);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_EQ(said[0].channel + " " + said[0].text, "drill-sms DRILL issued: D I");
  EXPECT_EQ(said[1].channel + " " + said[1].text, "drill-mail DRILL H\n\nDRILL issued: D I");
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

TEST_F(SendingTest, WhoIsOutsideOfANewVersionIsToldSoOnce) {
  node.contacts.all.clear();
  people.living = {{1, "370783115"}, {2, "370783114"}, {3, "370783115"}, {4, "370783115"}};
  const std::string id = issue();
  notices->step();
  EXPECT_THAT(taken(real, "sms"), UnorderedElementsAre("13800000001 issued: D I", "13800000002 issued: D I"));
  change(id, 2, {"370783115"});
  notices->step();
  EXPECT_THAT(taken(real, "sms"), ElementsAre("13800000001 again: D2 I", "13800000002 left: H"));
  begin();
  notices->step();
  EXPECT_THAT(taken(real, "sms"), IsEmpty());
  change(id, 3, {"370783115"});
  notices->step();
  EXPECT_THAT(taken(real, "sms"), ElementsAre("13800000001 again: D3 I"));
  change(id, 4, {"370783"});
  notices->step();
  EXPECT_THAT(taken(real, "sms"), UnorderedElementsAre("13800000001 again: D4 I", "13800000002 again: D4 I"));
  change(id, 5, {"370783115"});
  notices->step();
  EXPECT_THAT(taken(real, "sms"), ElementsAre("13800000001 again: D5 I", "13800000002 left: H"));
  ASSERT_TRUE(ask("city", warning::Cancel{warning::Ending::kPassed, "r"}, id, "real").ok());
  notices->step();
  EXPECT_THAT(taken(real, "sms"), UnorderedElementsAre("13800000001 over: H", "13800000002 over: H"));
}

// An update that goes by fewer channels, or a book that gives other numbers, must make nobody believe himself safe.
TEST_F(SendingTest, NobodyWhomANewVersionConcernsIsToldThatHeIsOutside) {
  node.contacts.all.clear();
  const std::string id = issue();
  notices->step();
  for (const auto& way : ways) taken(real, way.name);
  people.all[20] = people.all.extract(2).mapped();
  auto content = node.state<warning::Warning>(id).versions.back().content;
  content.channels = {"page", "sms"};
  ASSERT_TRUE(ask("city", warning::Revise{content}, id, "real").ok());
  sign(id, 2);
  notices->step();
  EXPECT_THAT(taken(real, "sms"), UnorderedElementsAre("13800000001 again: D I", "13800000002 again: D I"));
  EXPECT_THAT(taken(real, "post"), IsEmpty());
  EXPECT_THAT(taken(real, "room"), IsEmpty());
  EXPECT_THAT(taken(real, "siren"), IsEmpty());
}

TEST_F(SendingTest, WhoIsInTheBookNoMoreIsToldOfTheEndAllTheSame) {
  node.contacts.all.clear();
  const std::string id = issue();
  notices->step();
  taken(real, "sms");
  people.all.erase(2);
  people.all[5] = {"E", "13800000005", "", ""};
  ASSERT_TRUE(ask("city", warning::Cancel{warning::Ending::kPassed, "r"}, id, "real").ok());
  notices->step();
  EXPECT_THAT(taken(real, "sms"),
              UnorderedElementsAre("13800000001 over: H", "13800000002 over: H", "13800000005 over: H"));
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

// The line was down meanwhile: what waits on it is asked for no more.
class WaitingCalls : public SendingTest {
 protected:
  // Links in what a gateway is given now.
  std::size_t links() {
    return static_cast<std::size_t>(std::ranges::count_if(
        taken(real, "sms"), [](const std::string& one) { return one.find("https://x/a/") != std::string::npos; }));
  }
};

TEST_F(WaitingCalls, AreTakenBackWhereTheWarningWasAMistake) {
  for (const bool anew : {false, true}) {
    const std::string id = issue();
    notices->step();
    ASSERT_TRUE(ask("city", warning::Cancel{warning::Ending::kMistaken, "r"}, id, "real").ok());
    if (anew) begin();
    notices->step();
    EXPECT_EQ(links(), 0U);
  }
}

TEST_F(WaitingCalls, AreTakenBackWhereThePlaceHasAnswered) {
  const std::string id = issue(), callout = id + "/yangkou";
  notices->step();
  ASSERT_TRUE(ask("yangkou", callout::NoteAnswer{0, 0, callout::Way::kVoice, "on the dike"}, callout, "real").ok());
  notices->step();
  EXPECT_EQ(links(), 0U);
}

TEST_F(WaitingCalls, AreTakenBackWhereTheLinkIsVoid) {
  const std::string id = issue(), callout = id + "/yangkou";
  notices->step();
  ASSERT_TRUE(ask("yangkou", callout::RevokeLink{0, 0}, callout, "real").ok());
  notices->step();
  EXPECT_EQ(links(), 0U);
}

TEST_F(WaitingCalls, AreMadeAnewByANewVersion) {
  const std::string id = issue();
  notices->step();
  change(id, 2, {"370783"});
  notices->step();
  EXPECT_EQ(links(), 1U);
}

TEST_F(WaitingCalls, OfAPlaceThatHasNotAnsweredGoOut) {
  issue();
  notices->step();
  notices->step();
  EXPECT_EQ(links(), 1U);
}

}  // namespace
}  // namespace anlan::sending
