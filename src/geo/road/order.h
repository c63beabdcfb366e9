#pragma once
// The order in which a hierarchy contracts the nodes of a network: nested dissection, so that each half of the city
// meets the other only in the last ones.

#include "geo/road/network.h"

namespace anlan::road {

// By METIS, the same in every run: a second for 100,000 nodes. Nodes in the order in which they are contracted.
// One call at a time: METIS keeps a random state of its own.
std::vector<Node> contraction_order(const Network&);

// The network with its nodes numbered in that order, and its roads by their tails.
Network in_order(const Network&, std::span<const Node> order);

}  // namespace anlan::road
