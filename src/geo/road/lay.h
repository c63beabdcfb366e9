#pragma once
// From lines on a map to a network: where lines meet, a node comes to be.

#include "geo/road/network.h"

namespace anlan::road {

// A line as a map has it, over numbered places. Lines meet where they share a place; those that cross on the map
// without one (a bridge) do not.
struct Way {
  std::vector<std::uint32_t> places;
  Traits traits;
  bool reversed = false;  // one-way, against the order of its places
};

// How lines became a network.
struct Laid {
  Network network;
  std::size_t dropped = 0;  // ways of less than two different places
};

// The ways cut at every place that two of them, or one twice, go through, and at their ends. A piece that comes back to
// its own start is cut once more in the middle. Numbers in ways must be there. Nodes are in the order of their places.
// Takes a second for a million places. Pure.
Laid lay(const std::vector<Spot>& places, std::span<const Way> ways);

}  // namespace anlan::road
