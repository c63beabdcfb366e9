#pragma once
// An order for facts of several nodes that came together out of order: some of a node's own were given back to it after
// others had followed them.

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "journal/fact.h"

namespace anlan::command {

// Node and number of the fact that called for this one; an empty name where it was asked for by a command.
std::pair<std::string, std::int64_t> cause_of(const journal::Fact&);

// Each fact comes behind what it follows: what its stream has before it, what its node recorded before it, and what
// called for it. Whoever recorded it had all that, so this makes no circle, unless a node lies about its numbers or
// causes. Then something that a foreign node says of them is passed over; each stream and the own facts keep their
// order whatever others say. Where nothing decides, in the order of adding.
class Weaving {
 public:
  explicit Weaving(std::string self) : self_(std::move(self)) {}
  // Each once.
  void add(journal::Fact);
  // All that were added; nothing is left.
  std::vector<journal::Fact> woven();

 private:
  enum Link : std::size_t { kStream, kNumber, kCause, kLinks };
  struct Knot {
    journal::Fact fact;
    std::array<std::size_t, kLinks> before{};  // places of what it follows, from 1; 0: nothing
    bool on_the_way = false, done = false;
  };
  // A step of the way from a fact to what must come before it.
  struct Step {
    std::size_t place;
    std::size_t link = 0;  // over which the way goes on
  };

  void tie();
  void unravel(std::size_t place, std::vector<journal::Fact>& order);
  bool goes_on(std::vector<Step>& way);
  void break_circle(std::vector<Step>& way, std::size_t met);
  bool is_said_by_others(const Step& step) const;

  const std::string self_;
  std::vector<Knot> knots_;
};

}  // namespace anlan::command
