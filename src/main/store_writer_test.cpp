#include "main/store_writer.h"

#include <gmock/gmock.h>

#include "command/node_fixture.h"
#include "journal/fixture.h"
#include "main/first_start.h"

namespace anlan {
namespace {

using command::HandClock, command::SeededRandom;

// The writing side of a process, with a view of one revision.
struct Process {
  Process(const std::string& where, int revision) {
    view.revision_ = revision;
    writer.emplace(StoreGround{where, crypto::Key{}, reference(), clock, random, {&view}});
  }
  // Registers an organisation.
  command::Executor::Batch run(const std::string& id) {
    organisation::RegisterOrganisation own;
    own.name = own.short_name = id;
    own.level = organisation::Level::kProvince;
    own.division = "370000";
    own.external = true;
    return writer->run(std::vector{by_node(own, id)});
  }
  std::int64_t counted(const std::string& id) {
    auto& row = writer->connection().prepare("SELECT facts FROM counted WHERE stream = ?");
    row.bind("organisation/" + id);
    const std::int64_t facts = row.step() ? row.integer(0) : 0;
    row.reset();
    return facts;
  }

  static const command::Reference& reference() {
    static const command::Reference kShipped = command::demo_reference();
    return kShipped;
  }

  journal::CountingView view;
  HandClock clock;
  SeededRandom random;
  std::optional<StoreWriter> writer;
};

class StoreWriterTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!sql::TestStore::on_postgres()) GTEST_SKIP() << "the other engine has one process";
  }
  sql::TestStore store_;
};

TEST_F(StoreWriterTest, WhoFollowsBringsItsOwnViewsUp) {
  Process old(store_.where(), 1), updated(store_.where(), 2);
  EXPECT_EQ(old.run("one").facts.size(), 1u);
  EXPECT_EQ(updated.counted("one"), 0);
  EXPECT_EQ(updated.writer->follow().facts.size(), 1u);
  EXPECT_EQ(updated.counted("one"), 1);
  EXPECT_EQ(old.counted("one"), 1);
  EXPECT_TRUE(updated.writer->follow().facts.empty());
  EXPECT_EQ(updated.view.applied_, 1);
}

TEST_F(StoreWriterTest, ABatchBeginsWithThat) {
  Process old(store_.where(), 1), updated(store_.where(), 2);
  old.run("one");
  old.run("two");
  EXPECT_EQ(updated.run("three").facts.size(), 3u);
  for (const char* id : {"one", "two", "three"}) EXPECT_EQ(updated.counted(id), 1) << id;
  EXPECT_EQ(old.run("four").facts.size(), 2u);
  for (const char* id : {"one", "two", "three", "four"}) EXPECT_EQ(old.counted(id), 1) << id;
}

TEST_F(StoreWriterTest, ProcessesWithTheSameViewsWriteThemOnce) {
  Process a(store_.where(), 1), b(store_.where(), 1), other(store_.where(), 2);
  a.run("one");
  b.writer->follow();
  b.run("two");
  other.run("three");
  a.writer->follow();
  b.writer->follow();
  for (const char* id : {"one", "two", "three"}) EXPECT_EQ(a.counted(id), 1) << id;
  EXPECT_EQ(a.view.applied_ + b.view.applied_, 3);
}

TEST_F(StoreWriterTest, WhoBeginsLateHasSeenEverythingBeforeItTells) {
  Process old(store_.where(), 1);
  old.run("one");
  Process updated(store_.where(), 2);
  EXPECT_EQ(updated.counted("one"), 1);
  EXPECT_TRUE(updated.writer->follow().facts.empty());
}

}  // namespace
}  // namespace anlan
