#pragma once
// The part of verifying that looks at what stands beside the facts: the engine's own files, and whether the journal
// ends where it should.

#include <optional>
#include <string>
#include <vector>

#include "journal/verify.h"

namespace anlan::journal {

// What one part cannot read keeps no other part from reading. A server that went away says nothing of the store.
template <class Part>
void attempt(Report& report, Part&& part) {
  try {
    part();
  } catch (const sql::ConnectionLost&) {
    throw;
  } catch (const sql::Error& error) {
    report.add(ProblemKind::kEngine, error.what());
  }
}

class EndCheck {
 public:
  // Lets the engine look through its files, and asks how far the views have seen. Before the transaction that reads the
  // rest: a node at work commits vault, journal, view, so what is read the other way round is never behind.
  EndCheck(sql::Connection&, Report&);

  // Inside that transaction.
  void see_end();

 private:
  sql::Connection& sql_;
  Report& report_;
  std::vector<std::string> broken_tails_;
  std::optional<Position> seen_;
};

}  // namespace anlan::journal
