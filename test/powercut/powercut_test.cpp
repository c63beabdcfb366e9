#include <gtest/gtest.h>

#include "script.h"

namespace anlan::powercut {
namespace {

// Cuts the power of the mounted disk in several ways and restarts each outcome on a disk of its own.
class PowerCut : public testing::Test {
 protected:
  PowerCut() { running_.mount(disk_); }

  void cut(const Promised& promised, int torn) {
    ++cuts_;
    check(promised, {Cut::Unsynced::kDropped});
    for (int i = 0; i < torn; ++i) check(promised, {Cut::Unsynced::kTorn, static_cast<std::uint64_t>(cuts_ * 100 + i)});
  }
  void check(const Promised& promised, Cut how) {
    Disk after(disk_.cut(how));
    restarted_.mount(after);
    const std::string broken = Script::broken_promise(restarted_, promised);
    if (broken.empty()) return;
    ++broken_;
    if (first_.empty()) first_ = broken + " (cut " + std::to_string(cuts_) + ", seed " + std::to_string(how.seed) + ")";
  }

  static Mount running_, restarted_;
  Disk disk_;
  int cuts_ = 0, broken_ = 0;
  std::string first_;
};

Mount PowerCut::running_("powercut-running");
Mount PowerCut::restarted_("powercut-restarted");

TEST_F(PowerCut, LosesNothingAcknowledgedAtAnySync) {
  Script script(running_, {});
  disk_.before_sync = [&] { cut(script.promised(), 2); };
  script.run();
  EXPECT_GT(cuts_, 300);
  EXPECT_EQ(broken_, 0) << first_;
}

TEST_F(PowerCut, LosesNothingRightAfterAnAcknowledgement) {
  Script* running = nullptr;
  Script::Options options;
  options.acknowledged = [&] { cut(running->promised(), 0); };
  Script script(running_, options);
  running = &script;
  script.run();
  EXPECT_EQ(cuts_, options.commits);
  EXPECT_EQ(broken_, 0) << first_;
}

// Shows that the test can fail.
TEST_F(PowerCut, WithoutSyncsAcknowledgedFactsAreLost) {
  Script* running = nullptr;
  Script::Options options;
  options.commits = 60;
  options.synchronous = false;
  options.acknowledged = [&] { cut(running->promised(), 0); };
  Script script(running_, options);
  running = &script;
  script.run();
  EXPECT_GT(broken_, 50);
}

}  // namespace
}  // namespace anlan::powercut
