#include <algorithm>

#include "geo/road/network.h"

namespace anlan::road {
namespace {

// Tarjan's strongly connected components, with a stack of its own: a road network is deeper than a thread's stack.
class Parts {
 public:
  explicit Parts(const Network& network)
      : network_(network), seen_(network.nodes(), 0), low_(network.nodes(), 0), part_(network.nodes(), kNone) {
    for (Node n = 0; n < network.nodes(); ++n)
      if (seen_[n] == 0) walk_from(n);
  }
  std::vector<std::uint8_t> largest() const {
    std::vector<std::uint8_t> in(part_.size(), 0);
    if (sizes_.empty()) return in;
    // Of parts alike in size that of the lowest node.
    const std::size_t most = *std::ranges::max_element(sizes_);
    const auto first = std::ranges::find_if(part_, [&](std::uint32_t p) { return sizes_[p] == most; });
    std::ranges::transform(part_, in.begin(), [&](std::uint32_t p) { return p == *first; });
    return in;
  }

 private:
  // Where the walk stands at a node; what recursion would keep on the thread's stack.
  struct Step {
    Node node;
    std::uint32_t next;  // of its arcs
  };

  void enter(Node n) {
    seen_[n] = low_[n] = ++clock_;
    open_.push_back(n);
    steps_.push_back({n, 0});
  }
  void walk_from(Node start) {
    enter(start);
    while (!steps_.empty()) {
      auto& [node, next] = steps_.back();
      const auto arcs = network_.arcs(node);
      if (next == arcs.size()) {
        leave(node);
        continue;
      }
      const Arc arc = arcs[next++];
      if (!network_.is_drivable(arc.number)) continue;
      if (seen_[arc.head] == 0)
        enter(arc.head);
      else if (part_[arc.head] == kNone)
        low_[node] = std::min(low_[node], seen_[arc.head]);
    }
  }
  // Of a node whose arcs have all been walked. Where nothing behind it led back to before it, what was opened since is
  // a part of its own.
  void leave(Node node) {
    steps_.pop_back();
    if (!steps_.empty()) low_[steps_.back().node] = std::min(low_[steps_.back().node], low_[node]);
    if (low_[node] != seen_[node]) return;
    std::size_t size = 0;
    for (Node last = kNone; last != node; ++size) {
      last = open_.back();
      open_.pop_back();
      part_[last] = static_cast<std::uint32_t>(sizes_.size());
    }
    sizes_.push_back(size);
  }

  // seen_: by node, when it was entered, 0 before; low_: the earliest that is reached from behind it; part_: its part,
  // kNone while it is open.
  const Network& network_;
  std::vector<std::uint32_t> seen_, low_, part_;
  std::uint32_t clock_ = 0;
  std::vector<Node> open_;
  std::vector<Step> steps_;
  std::vector<std::size_t> sizes_;
};

}  // namespace

std::vector<std::uint8_t> largest_part(const Network& network) { return Parts(network).largest(); }

}  // namespace anlan::road
