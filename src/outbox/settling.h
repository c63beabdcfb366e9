#pragma once
// Changes messages within one transaction.

#include <set>
#include <string>
#include <vector>

#include "outbox/tally.h"
#include "outbox/types.h"
#include "platform/sql/sql.h"

namespace anlan::outbox {

// A message as a result finds it.
struct Row {
  std::int64_t number = 0;
  State state = State::kReady;
  int leg = 0, tries = 0;
  std::string channel, address, further;
  std::int64_t accepted = 0, parts = 0, arrived = 0;
  bool rather_twice = false;
};

class Settling {
 public:
  Settling(sql::Connection& connection, Tally& tally, Instant now)
      : connection_(connection), tally_(tally), now_(now) {}

  // False: it was forgotten meanwhile.
  bool find(std::int64_t number, Row& row);
  void move(const Row&, State to);
  void fail(Row, const std::string& reason);
  void wait(const Row&, Milliseconds, const std::string& reason);
  void accept(const Row&, const std::vector<std::string>& gateway_ids);
  void deliver(const Row&);
  // Leaves its channel for that one, and keeps `further` behind it.
  void go_on(const Row&, const Destination& next, const std::string& further, const std::string& reason);
  // Of one that was given out, and nobody knows more.
  void doubt(const Row&, const Channel&);
  // The same where this process has waited for the answer.
  void miss_answer(const Row&, const Channel&);
  void unsend(const Row&);
  // From a line that is down to the first of its further destinations whose channel is in `up`; false: there is none.
  bool pass_on(const Row&, const std::set<std::string>& up);
  void report(const Channel&, const Report&);

 private:
  void tell_part(std::int64_t part, std::int64_t message, int leg, const Report&);
  void keep(const Channel&, const Report&);
  void hear_early(const Row&, const std::string& gateway_id);

  sql::Connection& connection_;
  Tally& tally_;
  const Instant now_;
};

// As the back-off says, before the next try.
Milliseconds pause(const Backoff&, const Row&);

}  // namespace anlan::outbox
