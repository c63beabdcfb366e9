#include "platform/http/fair_workers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace anlan::http {
namespace {

// Something that a worker is about until the test lets it go.
class Held {
 public:
  std::function<void()> task() {
    return [this] {
      started_.set_value();
      go_.get_future().wait();
    };
  }
  void wait_for_start() { started_.get_future().wait(); }
  void let_go() { go_.set_value(); }

 private:
  std::promise<void> started_, go_;
};

TEST(FairWorkers, WhoAsksForMuchHoldsUpNobody) {
  std::promise<void> other, of_the_flood;
  Held held;
  FairWorkers workers({.threads = 2, .at_once = 1, .of_one = 100, .in_all = 200});
  ASSERT_TRUE(workers.post("flood", held.task()));
  held.wait_for_start();
  for (int i = 0; i < 99; ++i) ASSERT_TRUE(workers.post("flood", [] {}));
  ASSERT_TRUE(workers.post("flood", [&] { of_the_flood.set_value(); }));
  ASSERT_TRUE(workers.post("other", [&] { other.set_value(); }));
  EXPECT_EQ(other.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  auto last = of_the_flood.get_future();
  EXPECT_EQ(last.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout) << "one at a time";
  held.let_go();
  EXPECT_EQ(last.wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

TEST(FairWorkers, AskersTakeTurnsAndEachKeepsItsOrder) {
  std::vector<std::string> order;
  Held held;
  {
    FairWorkers workers({.threads = 1});
    ASSERT_TRUE(workers.post("x", held.task()));
    held.wait_for_start();
    for (const std::string name : {"a1", "a2", "a3", "b1", "c1", "c2"})
      ASSERT_TRUE(workers.post(name.substr(0, 1), [&order, name] { order.push_back(name); }));
    held.let_go();
  }
  EXPECT_THAT(order, testing::ElementsAre("a1", "b1", "c1", "a2", "c2", "a3"));
}

TEST(FairWorkers, RunsEveryTaskItTookEvenWhileEndingAndNeverTooManyOfOne) {
  std::atomic<int> done = 0, most = 0;
  std::atomic<int> running[3] = {};
  {
    FairWorkers workers({.threads = 4, .at_once = 2, .of_one = 1000, .in_all = 3000});
    for (int i = 0; i < 1500; ++i)
      ASSERT_TRUE(workers.post(std::to_string(i % 3), [&, own = &running[i % 3]] {
        const int now = ++*own;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::yield();
        --*own;
        ++done;
      }));
  }
  EXPECT_EQ(done, 1500);
  EXPECT_LE(most, 2);
}

TEST(FairWorkers, RefusesWhatIsTooMuchOfOneAndOfAll) {
  Held held;
  FairWorkers workers({.threads = 1, .at_once = 1, .of_one = 2, .in_all = 3});
  ASSERT_TRUE(workers.post("a", held.task()));
  held.wait_for_start();
  EXPECT_TRUE(workers.post("a", [] {}));
  EXPECT_TRUE(workers.post("a", [] {}));
  EXPECT_FALSE(workers.post("a", [] {})) << "of one";
  EXPECT_TRUE(workers.post("b", [] {}));
  EXPECT_FALSE(workers.post("c", [] {})) << "of all";
  held.let_go();
}

TEST(FairWorkers, GoOnAfterATaskThatThrewAndLogIt) {
  std::string logged;
  std::atomic<bool> next = false;
  {
    FairWorkers workers({.threads = 1}, [&](std::string_view line) { logged = line; });
    ASSERT_TRUE(workers.post("a", [] { throw std::runtime_error("disk"); }));
    ASSERT_TRUE(workers.post("a", [&] { next = true; }));
  }
  EXPECT_TRUE(next);
  EXPECT_EQ(logged, "http: worker: disk");
}

}  // namespace
}  // namespace anlan::http
