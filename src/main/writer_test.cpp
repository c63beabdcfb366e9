#include "main/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "main/first_start.h"
#include "main/load.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"
#include "platform/sql/store_fixture.h"

namespace anlan {
namespace {

class Writer : public testing::Test {
 protected:
  Writer() {
    Configuration c;
    c.share = ANLAN_SOURCE_DIR;
    auto loaded = load_reference(c);
    EXPECT_TRUE(loaded.ok());
    reference = std::make_unique<command::Reference>(std::move(*loaded));
    store = std::make_unique<StoreWriter>(StoreGround{place.where(), {}, *reference, clock, random, {}});
    writer = std::make_unique<WriterThread>(
        *store, 16, [this](const command::Executor::Batch& batch) { facts += batch.facts.size(); },
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
  sql::TestStore place;
  std::unique_ptr<command::Reference> reference;
  std::unique_ptr<StoreWriter> store;
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
    c.name = c.short_name = "o" + std::to_string(i);
    c.level = organisation::Level::kCity;
    c.division = "370700";
    writer->submit(by_node(c, c.name), [&](const command::Outcome& outcome) {
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
