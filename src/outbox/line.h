#pragma once
// The thread that keeps up a gateway's line: what all gateways do alike, whatever they speak. While it is down, what
// has another way goes there (Backoff::line).

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "outbox/gateway.h"
#include "outbox/outbox.h"

namespace anlan::outbox {

// Between attempts: `first`, twice as long each time, at most `most`; from the start again once the line was up.
struct Pauses {
  Milliseconds first{1'000}, most{60'000};
};

// Resumes the channel before all else, and again when the store was lost meanwhile.
class Line {
 public:
  struct Work {
    // Again and again: until the line is down, or ending(). What the outbox throws passes through.
    std::function<void()> serve;
    // From another thread, where serve() has not returned some seconds after it should: it is to give up.
    std::function<void()> interrupt = {};
  };
  // Outbox and clock outlive it. Work begins at once. A channel of drills has a drill's outbox, and the other way
  // round: a mistake there is an assertion.
  Line(Channel, World, Outbox&, const Clock&, Pauses, Failed, Work);
  ~Line();
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  Health health() const;

  // For serve().
  bool ending() const;
  void rest(Milliseconds);  // or until it ends
  // `since` is when the line came up or went down, however often it was tried in between.
  void note(bool connected, const std::string& why);
  // While serve() waits for the line to come up, or to speak again: often.
  void lack();

 private:
  void run();
  void attempt();
  void wait();
  bool tried(const std::function<void()>& work);
  void set(bool connected, const std::string& why);

  const Channel channel_;
  Outbox& outbox_;
  const Clock& clock_;
  const Pauses pauses_;
  const Failed failed_;
  const Work work_;
  bool resumed_ = false;
  // Of the thread alone. Of the other side: a store that is away says nothing of the line.
  std::optional<Instant> down_since_;
  Instant thought_down_until_ = {}, next_look_ = {};

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false, ended_ = false;
  Milliseconds pause_;
  Health health_;
  std::thread thread_;
};

}  // namespace anlan::outbox
