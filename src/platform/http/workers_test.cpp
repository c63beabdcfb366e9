#include "platform/http/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace anlan::http {
namespace {

TEST(Workers, RunsEveryTaskItTookEvenWhileEnding) {
  std::atomic<int> done = 0;
  {
    Workers workers(3, 1000);
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(workers.post([&] { ++done; }));
  }
  EXPECT_EQ(done, 1000);
}

TEST(Workers, GoOnAfterATaskThatThrewAndLogIt) {
  std::string logged;
  std::promise<void> next;
  {
    Workers workers(1, 10, [&](std::string_view line) { logged = line; });
    ASSERT_TRUE(workers.post([] { throw std::runtime_error("disk"); }));
    ASSERT_TRUE(workers.post([&] { next.set_value(); }));
  }
  EXPECT_EQ(next.get_future().wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_EQ(logged, "http: worker: disk");
}

TEST(Workers, RefusesWhatItsQueueCannotHold) {
  std::promise<void> started, release;
  auto released = release.get_future().share();
  Workers workers(1, 2);
  ASSERT_TRUE(workers.post([&] {
    started.set_value();
    released.wait();
  }));
  started.get_future().get();
  EXPECT_TRUE(workers.post([] {}));
  EXPECT_TRUE(workers.post([] {}));
  EXPECT_FALSE(workers.post([] {}));
  release.set_value();
}

}  // namespace
}  // namespace anlan::http
