#pragma once
// Which of the facts that a node recorded since its backup still hold behind the history that was lost meanwhile. What
// that one had done already, or had decided otherwise, cannot be done again: neighbours would refuse it.

#include <set>
#include <string>

#include "command/memory.h"

namespace anlan::command {

// Facts are asked for in their order, with the version that they would have; each answer is acted on before the next.
class Again {
 public:
  // `memory`: of the store that is being built, which absorbs what is written into it.
  Again(Memory& memory, std::string node) : memory_(memory), node_(std::move(node)) {}

  // Whether it holds. What builds on a fact that did not does not hold either: what follows a draft in its report, and
  // a clock that was met by it.
  bool holds(const journal::Fact&);

  // Whether a fact of that stream did not hold.
  bool was_left_out(const std::string& stream) const { return left_out_.contains(stream); }

 private:
  bool follows(const journal::Fact&);

  Memory& memory_;
  const std::string node_;
  std::set<std::string> left_out_;  // streams
};

}  // namespace anlan::command
