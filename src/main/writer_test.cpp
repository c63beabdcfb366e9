#include "main/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "main/first_start.h"
#include "main/stopped_node.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"

namespace anlan {
namespace {

class Writer : public testing::Test {
 protected:
  void SetUp() override {
    Configuration c;
    c.share = ANLAN_SOURCE_DIR;
    c.data = testing::TempDir() + "anlan-writer-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(c.data);
    std::filesystem::create_directories(c.data);
    sql::open(c.data, sql::Access::kWrite);
    auto opened = StoppedNode::open(c, clock, random);
    ASSERT_TRUE(opened.ok()) << opened.error().what;
    node = std::move(*opened);
    writer = std::make_unique<WriterThread>(
        node->executor(), 16, [this](const command::Executor::Batch& batch) { facts += batch.facts.size(); },
        [](const std::string& what) { FAIL() << what; });
  }

  // The refusal's code, or what was made.
  std::string ask(const std::string& id) {
    organisation::RegisterOrganisation c;
    c.name = c.short_name = id;
    c.level = organisation::Level::kCity;
    c.division = "370700";
    std::promise<std::string> answered;
    writer->submit(by_node(c, id), [&](const command::Outcome& outcome) {
      answered.set_value(outcome.ok() ? "made" : outcome.error().code);
    });
    return answered.get_future().get();
  }

  machine::SystemClock clock;
  crypto::SystemRandom random;
  std::unique_ptr<StoppedNode> node;
  std::unique_ptr<WriterThread> writer;
  std::size_t facts = 0;
};

TEST_F(Writer, TellsAfterTheCommitWhatACommandCameTo) {
  EXPECT_EQ(ask("one"), "made");
  EXPECT_EQ(ask("one"), "organisation.exists");
  EXPECT_EQ(facts, 1u);
}

TEST_F(Writer, WritesWhatIsQueuedWhenItStopsAndSendsAwayWhatComesLater) {
  std::vector<std::string> answers;
  for (int i = 0; i < 10; ++i) {
    organisation::RegisterOrganisation c;
    c.name = c.short_name = "x";
    c.level = organisation::Level::kCity;
    c.division = "370700";
    writer->submit(by_node(c, "o" + std::to_string(i)), [&](const command::Outcome& outcome) {
      answers.push_back(outcome.ok() ? "made" : outcome.error().code);
    });
  }
  writer->stop();
  EXPECT_EQ(answers, std::vector<std::string>(10, "made"));
  EXPECT_EQ(ask("late"), "node.busy");
  writer->stop();
  EXPECT_EQ(facts, 10u);
}

}  // namespace
}  // namespace anlan
