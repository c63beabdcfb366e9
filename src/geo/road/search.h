#pragma once
// Ways through a network by search alone: what the hierarchy must agree with, and what it is measured against.

#include <vector>

#include "geo/road/network.h"

namespace anlan::road {

// Where a journey begins, or ends, and how long it takes from the place to the node, or from the node to the place.
struct Start {
  Node node;
  Ms ms = 0;
};

struct Found {
  Ms ms = kNever;               // from place to place; kNever where there is no way
  std::vector<ArcNumber> arcs;  // in the order in which they are driven; empty where start and end share a node
};

// The least metres on the great circle in a millisecond that no arc exceeds: what A* needs of the weights.
double fastest_m_per_ms(const Network&, std::span<const Ms> weights);

// Holds what one thread needs while it searches, and no result. The network, and weights while a call lasts, outlive
// it.
class Search {
 public:
  explicit Search(const Network&);

  // Starts and ends may be several, each with its own time; the soonest of all pairs is found. Weights are by arc.
  Found dijkstra(std::span<const Ms> weights, std::span<const Start> from, std::span<const Start> to);
  Found a_star(std::span<const Ms> weights, double fastest_m_per_ms, std::span<const Start> from,
               std::span<const Start> to);
  Found bidirectional(std::span<const Ms> weights, std::span<const Start> from, std::span<const Start> to);
  // By node; kNever where no way goes.
  std::vector<Ms> to_all(std::span<const Ms> weights, std::span<const Start> from);
  // To each of some nodes; ends as soon as all are reached.
  std::vector<Ms> to_some(std::span<const Ms> weights, std::span<const Start> from, std::span<const Node> to);

 private:
  // What a search knows of a node; of another round than the search's own: nothing.
  struct Label {
    Ms ms = kNever;
    ArcNumber by = kNone;  // the arc over which it was reached
    std::uint32_t round = 0;
    bool settled = false;
  };
  struct Entry {
    Ms key;
    Node node;
    bool operator<(const Entry& other) const { return key > other.key; }  // the least on top
  };
  class Side;

  template <class Potential>
  Found guided(std::span<const Ms> weights, std::span<const Start> from, std::span<const Start> to,
               const Potential& potential);

  const Network& network_;
  std::uint32_t round_ = 0;
  std::vector<Label> forward_, backward_;
  std::vector<Entry> forward_heap_, backward_heap_;
};

}  // namespace anlan::road
