#pragma once
// Ways by the hierarchy: a journey climbs from its start and from its end to where they meet.

#include "geo/road/hierarchy.h"
#include "geo/road/search.h"

namespace anlan::road {

// Places that journeys end at, each over one node or some, made ready to be reached from anywhere. Does not depend on
// times: made once for a list of places, whatever is closed. Immutable.
class Targets {
 public:
  Targets(const Hierarchy&, std::span<const std::vector<Start>> places);
  std::size_t size() const { return first_.size() - 1; }

 private:
  friend class Climb;
  std::vector<Node> above_;  // all nodes at or above a target's, descending
  std::vector<Start> starts_;
  std::vector<std::uint32_t> first_;  // of a target's, in starts_
};

// Holds what one thread needs, some 60 bytes a node. The metric may change between calls; all must be of one hierarchy.
class Climb {
 public:
  explicit Climb(const Hierarchy&);

  Ms time(const Metric&, std::span<const Start> from, std::span<const Start> to);
  // With its arcs.
  Found way(const Metric&, std::span<const Start> from, std::span<const Start> to);
  // From one place to each target, in their order.
  void times(const Metric&, std::span<const Start> from, const Targets&, std::span<Ms> out);
  // From each of some places; out[i * targets.size() + j]. Eight at a time: half the time of asking for each.
  void matrix(const Metric&, std::span<const std::vector<Start>> from, const Targets&, std::span<Ms> out);

 private:
  static constexpr std::size_t kLanes = 8;
  // How far a climb has come; kNever everywhere between calls.
  struct Climbed {
    Ms ms = kNever;
    Node from = kNone;  // the node below over which it was reached
  };

  // Calls visit(n) for the nodes at and above the given, each once, ascending.
  template <class Visit>
  void each_above(std::span<const Start> starts, Visit&& visit);
  Node meet(const Metric&, std::span<const Start> from, std::span<const Start> to, Ms& best);
  void forget(std::span<const Start> from, std::span<const Start> to);
  template <std::size_t lanes>
  void sweep(const Metric&, std::span<const std::vector<Start>* const> from, const Targets&, std::span<Ms* const> out);

  const Hierarchy& hierarchy_;
  std::vector<Climbed> up_, down_;
  std::vector<Ms> lanes_;
  std::vector<Node> chain_;  // of each_above
};

}  // namespace anlan::road
