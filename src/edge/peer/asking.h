#pragma once
// A request at the gate: its turn and the right to answer it, held by whoever has it just now.

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "platform/http/server.h"

namespace anlan::edge::peer {

// JSON; with Retry-After where the status asks to come later.
http::Response said(int status, std::string body = {});

// What one may do once at a time. Thread safe; may end before the turns that it gave.
class Turns {
 public:
  // Until the last copy is gone.
  using Turn = std::shared_ptr<const void>;
  // Null where somebody has it.
  Turn enter(const std::string& what);

 private:
  struct Taken {
    std::mutex mutex;
    std::set<std::string> what;
  };
  const std::shared_ptr<Taken> taken_ = std::make_shared<Taken>();
};

// Shared by a task and all that goes on with it. Whatever path gives it up without an answer, by throwing or by being
// dropped, the turn is over and 503 goes back. One thread at a time.
class Asking {
 public:
  Asking(Turns::Turn, http::Request, http::Reply);
  ~Asking();
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  http::Request request;

  // The turn is over before the answer is on its way: who has it may ask again. The first one counts.
  void answer(http::Response);
  // In place of the present turn, which ends.
  void take(Turns::Turn turn) { turn_ = std::move(turn); }
  // For one who only waits.
  void end_turn() { turn_.reset(); }
  // http::Reply::is_from().
  void is_from(const std::string& node) const { reply_.is_from(node); }

 private:
  Turns::Turn turn_;
  const http::Reply reply_;
  std::atomic<bool> answered_ = false;
};
using Asked = std::shared_ptr<Asking>;

}  // namespace anlan::edge::peer
