#include "main/demo/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "main/demo/city.h"
#include "main/demo/story.h"
#include "main/first_start.h"
#include "main/load.h"
#include "main/stopped_node.h"
#include "platform/crypto/random.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"

namespace anlan::demo {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kFolder = ANLAN_SOURCE_DIR "/data/demo";

TEST(City, IsReadWhole) {
  const auto city = read_city(kFolder);
  ASSERT_TRUE(city.ok()) << as_failure(city.error()).what;
  EXPECT_EQ(city->accounts.size(), 18u);
  EXPECT_EQ(city->accounts[0].organisation, "wf-emergency");
  EXPECT_FALSE(city->accounts[0].person_name.empty());
  EXPECT_TRUE(city->organisations[0].second.external.value_or(false)) << "the province is reached by telephone";
}

TEST(Story, HasAnAddressForEveryStep) {
  const auto story = read_story(kFolder + "/first-incident.toml");
  ASSERT_TRUE(story.ok()) << as_failure(story.error()).what;
  EXPECT_GT(story->steps.size(), 40u);
  EXPECT_EQ(address_of("report.draft", "i1"), "/api/v1/incidents/i1/reports");
  EXPECT_EQ(address_of("incident.take_down", ""), "/api/v1/incidents");
  EXPECT_EQ(address_of("report.forge", "r1"), std::nullopt);
}

TEST(Story, CountsItsMinutesFromTheCall) {
  Step step;
  step.fields = {{"due_minute", 69}, {"text", "a"}, {"figures", boost::json::object{{"dead", 0}}}};
  EXPECT_EQ(body_of(step, from_china_time(2026, 11, 23, 14, 0)),
            R"({"due_at":"2026-11-23T15:09:00.000+08:00","text":"a","figures":{"dead":0}})");
}

TEST(Demo, TellsItsStoryOnceAndLeavesBulletinsAndASoundJournal) {
  const std::string data = testing::TempDir() + "anlan-demo-test";
  std::filesystem::remove_all(data);
  const auto texts = load_texts(ANLAN_SOURCE_DIR "/data/text");
  ASSERT_TRUE(texts.ok());
  std::string said;
  Showing showing;
  showing.configuration.share = ANLAN_SOURCE_DIR;
  showing.configuration.data = data;
  showing.configuration.http.port = 0;
  showing.configuration.demo = true;
  showing.locale = Locale::kEnglish;
  showing.once = true;
  showing.print = [&](const std::string& line) { said += line + "\n"; };

  const auto shown = show(showing, *texts);
  ASSERT_TRUE(shown.ok()) << shown.error().what << "\n" << said;
  EXPECT_THAT(said, AllOf(HasSubstr("duty1"), HasSubstr("Anlan-Demo-2026"), HasSubstr("The journal is sound")));
  EXPECT_THAT(*machine::read_file(data + "/documents/city_first.pdf"), testing::StartsWith("%PDF"));
  EXPECT_THAT(*machine::read_file(data + "/documents/city_first.docx"), testing::StartsWith("PK"));

  const auto for_demo = [&] { return is_for_demo(showing.configuration, machine::SystemClock()).value(); };
  EXPECT_TRUE(for_demo());
  std::filesystem::remove_all(data + "/documents");  // as in a restored copy
  said.clear();
  const auto again = show(showing, *texts);
  ASSERT_TRUE(again.ok()) << again.error().what;
  EXPECT_THAT(said, AllOf(HasSubstr("not told twice"), testing::Not(HasSubstr("[1/"))));
}

TEST(Demo, IsNotForTheDirectoryOfAnotherNode) {
  Configuration c;
  c.share = ANLAN_SOURCE_DIR;
  c.data = testing::TempDir() + "anlan-demo-other-test";
  std::filesystem::remove_all(c.data);
  const machine::SystemClock clock;
  EXPECT_TRUE(is_for_demo(c, clock).value()) << "there is nothing yet";
  std::filesystem::create_directories(c.data);
  sql::open(c.data, sql::Access::kWrite);
  {
    crypto::SystemRandom random;
    const auto node = StoppedNode::open(c, clock, random);
    ASSERT_TRUE(node.ok()) << node.error().what;
    EXPECT_TRUE(is_for_demo(c, clock).value()) << "nothing was recorded";
    const auto texts = load_texts(ANLAN_SOURCE_DIR "/data/text");
    ASSERT_TRUE(first_start(c, *texts, random, (*node)->executor()).ok());
  }
  EXPECT_FALSE(is_for_demo(c, clock).value());
}

}  // namespace
}  // namespace anlan::demo
