#pragma once
// How many messages of a batch are in which state on which channel, kept by what changes.

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "outbox/types.h"
#include "platform/sql/sql.h"

namespace anlan::outbox {

// The changes of one transaction.
class Tally {
 public:
  void add(std::int64_t batch, const std::string& channel, State state, std::int64_t messages) {
    changes_[{batch, channel, state}] += messages;
  }
  void move(std::int64_t batch, const std::string& channel, State from, State to) {
    add(batch, channel, from, -1);
    add(batch, channel, to, 1);
  }
  // The last thing of the transaction before its commit.
  void write(sql::Connection& connection) const {
    for (const auto& [row, messages] : changes_) {
      const auto& [batch, channel, state] = row;
      if (messages == 0) continue;
      connection
          .prepare(
              "INSERT INTO tally (batch, channel, state, messages) VALUES (?, ?, ?, ?) "
              "ON CONFLICT (batch, channel, state) DO UPDATE SET messages = tally.messages + excluded.messages")
          .bind(batch)
          .bind(channel)
          .bind(static_cast<int>(state))
          .bind(messages)
          .run();
    }
  }

 private:
  std::map<std::tuple<std::int64_t, std::string, State>, std::int64_t> changes_;
};

}  // namespace anlan::outbox
