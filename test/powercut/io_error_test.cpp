#include <gtest/gtest.h>

#include "script.h"

namespace anlan::powercut {
namespace {

constexpr int kCommits = 25;

class IoError : public testing::TestWithParam<bool> {
 protected:
  static Script::Options options() {
    Script::Options short_run;
    short_run.commits = kCommits;
    return short_run;
  }
  // The number of calls that the script makes when none fails.
  static std::int64_t all_calls() {
    Disk disk;
    running_.mount(disk);
    Script(running_, options()).run();
    return disk.calls();
  }

  static Mount running_, restarted_;
};

Mount IoError::running_("ioerror-running");
Mount IoError::restarted_("ioerror-restarted");

// Once for "the disk is full", once for "input/output error". A failing sync is the same in both.
TEST_P(IoError, OfAnyCallLosesNothingAcknowledged) {
  const std::int64_t calls = all_calls();
  ASSERT_GT(calls, 500);
  int thrown = 0, syncs = 0;
  for (std::int64_t n = 1; n <= calls; ++n) {
    Disk disk;
    running_.mount(disk);
    disk.fault = {n, GetParam()};
    Promised promised;
    bool failed = false;
    {
      Script script(running_, options());
      try {
        script.run();
      } catch (const sql::Error&) {
        failed = true;
      }
      promised = script.promised();
    }
    thrown += failed;
    syncs += disk.fault_hit_a_sync();
    EXPECT_TRUE(failed || !disk.fault_hit_a_sync()) << "a failed sync went unnoticed, call " << n;
    EXPECT_FALSE(disk.failed_sync_was_retried()) << "call " << n;
    Disk after(disk.cut({Cut::Unsynced::kDropped}));
    restarted_.mount(after);
    EXPECT_EQ(Script::broken_promise(restarted_, promised), "") << "call " << n;
  }
  EXPECT_GT(thrown, calls / 2);
  EXPECT_GT(syncs, kCommits);
}

INSTANTIATE_TEST_SUITE_P(FullOrBroken, IoError, testing::Bool(),
                         [](const auto& which) { return which.param ? "Full" : "Broken"; });

}  // namespace
}  // namespace anlan::powercut
