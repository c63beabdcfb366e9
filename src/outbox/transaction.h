#pragma once
// One call on an outbox, from its turn to its commit.

#include <mutex>

#include "outbox/outbox.h"
#include "outbox/tally.h"

namespace anlan::outbox {

// Without commit() nothing has happened.
class Outbox::Transaction {
 public:
  explicit Transaction(Outbox& outbox) : turn_(outbox.turns_), connection_(outbox.connection()) { connection_.begin(); }
  ~Transaction() {
    if (!committed_) connection_.rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  sql::Connection& connection() { return connection_; }
  sql::Statement& prepare(std::string_view literal) { return connection_.prepare(literal); }
  void commit() {
    tally.write(connection_);
    connection_.commit();
    committed_ = true;
  }

  Tally tally;

 private:
  const std::lock_guard<Turns> turn_;
  sql::Connection& connection_;
  bool committed_ = false;
};

}  // namespace anlan::outbox
