#include "geo/road/search.h"

#include <algorithm>
#include <cmath>

namespace anlan::road {

double fastest_m_per_ms(const Network& network, std::span<const Ms> weights) {
  double fastest = 0;
  for (ArcNumber a = 0; a < weights.size(); ++a)
    if (weights[a] < kNever)
      fastest = std::max(fastest,
                         distance_m(network.place_of(network.tail(a)), network.place_of(network.head(a))) / weights[a]);
  return fastest * (1 + 1e-9);
}

// One direction of a search: along the arcs, or against them.
class Search::Side {
 public:
  Side(const Network& network, std::span<const Ms> weights, std::uint32_t round, std::vector<Label>& labels,
       std::vector<Entry>& heap, bool against)
      : network_(network), weights_(weights), round_(round), labels_(labels), heap_(heap), against_(against) {
    heap_.clear();
  }

  Ms at(Node n) const { return labels_[n].round == round_ ? labels_[n].ms : kNever; }
  ArcNumber by(Node n) const { return labels_[n].by; }
  bool is_settled(Node n) const { return labels_[n].round == round_ && labels_[n].settled; }
  // Entries of nodes that were reached better later are still in the heap; they are thrown away when they come up.
  // The least key that is still to come; kNever where none is.
  Ms least() {
    while (!heap_.empty() && is_settled(heap_.front().node)) pop();
    return heap_.empty() ? kNever : heap_.front().key;
  }

  template <class Potential>
  void reach(Node n, Ms ms, ArcNumber by, const Potential& potential) {
    if (ms >= at(n)) return;
    labels_[n] = {ms, by, round_, false};
    heap_.push_back({sum(ms, potential(n)), n});
    std::push_heap(heap_.begin(), heap_.end());
  }
  // Takes the node with the least key, which must be there, and reaches its neighbours.
  template <class Potential>
  Node settle(const Potential& potential) {
    const Node node = heap_.front().node;
    pop();
    labels_[node].settled = true;
    for (const Arc arc : network_.arcs(node)) {
      const Ms weight = weights_[against_ ? arc.number ^ 1 : arc.number];
      if (weight < kNever) reach(arc.head, sum(labels_[node].ms, weight), arc.number, potential);
    }
    return node;
  }

 private:
  void pop() {
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
  }

  const Network& network_;
  const std::span<const Ms> weights_;
  const std::uint32_t round_;
  std::vector<Label>& labels_;
  std::vector<Entry>& heap_;
  const bool against_;
};

namespace {

constexpr auto kBlind = [](Node) { return Ms{0}; };

// The node of `to` over which the journey ends soonest; kNone where none was reached.
template <class At>
std::pair<Node, Ms> soonest(std::span<const Start> to, const At& at) {
  std::pair<Node, Ms> best{kNone, kNever};
  for (const Start& end : to)
    if (const Ms ms = sum(at(end.node), end.ms); ms < best.second) best = {end.node, ms};
  return best;
}

// From a node back over the arcs by which it was reached; the last one first.
template <class Side>
void trace_back(const Network& network, const Side& side, Node node, std::vector<ArcNumber>& arcs) {
  for (ArcNumber by = side.by(node); by != kNone; by = side.by(node)) {
    arcs.push_back(by);
    node = network.tail(by);
  }
}

}  // namespace

Search::Search(const Network& network) : network_(network), forward_(network.nodes()), backward_(network.nodes()) {}

template <class Potential>
// Ends when nothing that is still to come can be better than the best end reached so far: an end need not be settled,
// since from it the journey may go on for longer than from another.
Found Search::guided(std::span<const Ms> weights, std::span<const Start> from, std::span<const Start> to,
                     const Potential& potential) {
  Side side(network_, weights, ++round_, forward_, forward_heap_, false);
  for (const Start& start : from) side.reach(start.node, start.ms, kNone, potential);
  const auto at = [&](Node n) { return side.at(n); };
  Found found;
  while (side.least() < std::min(kNever, soonest(to, at).second)) side.settle(potential);
  const auto [node, ms] = soonest(to, at);
  if (node == kNone) return found;
  found.ms = ms;
  trace_back(network_, side, node, found.arcs);
  std::ranges::reverse(found.arcs);
  return found;
}

Found Search::dijkstra(std::span<const Ms> weights, std::span<const Start> from, std::span<const Start> to) {
  return guided(weights, from, to, kBlind);
}

Found Search::a_star(std::span<const Ms> weights, double fastest, std::span<const Start> from,
                     std::span<const Start> to) {
  // Consistent: rounded down, and no arc is faster than `fastest`.
  const auto potential = [&](Node n) {
    double least = 1e9;
    for (const Start& end : to)
      least = std::min(least, distance_m(network_.place_of(n), network_.place_of(end.node)) / fastest);
    return static_cast<Ms>(std::min<double>(least, kNever));
  };
  return fastest > 0 ? guided(weights, from, to, potential) : dijkstra(weights, from, to);
}

// Takes the side whose next node is nearer, so both circles grow alike. A meeting may lie on an arc between two settled
// nodes, therefore neighbours are looked at too.
Found Search::bidirectional(std::span<const Ms> weights, std::span<const Start> from, std::span<const Start> to) {
  ++round_;
  Side out(network_, weights, round_, forward_, forward_heap_, false);
  Side back(network_, weights, round_, backward_, backward_heap_, true);
  for (const Start& start : from) out.reach(start.node, start.ms, kNone, kBlind);
  for (const Start& end : to) back.reach(end.node, end.ms, kNone, kBlind);
  Found found;
  Node meeting = kNone;
  // What is to come from either side is at least the sum of both next keys.
  while (sum(out.least(), back.least()) < found.ms) {
    Side& side = out.least() <= back.least() ? out : back;
    const Node node = side.settle(kBlind);
    if (const Ms ms = sum(out.at(node), back.at(node)); ms < found.ms) found.ms = ms, meeting = node;
    for (const Arc arc : network_.arcs(node))
      if (const Ms ms = sum(out.at(arc.head), back.at(arc.head)); ms < found.ms) found.ms = ms, meeting = arc.head;
  }
  if (meeting == kNone) return found;
  trace_back(network_, out, meeting, found.arcs);
  std::ranges::reverse(found.arcs);
  for (Node node = meeting; back.by(node) != kNone;) {
    found.arcs.push_back(back.by(node) ^ 1);
    node = network_.tail(back.by(node));
  }
  return found;
}

std::vector<Ms> Search::to_all(std::span<const Ms> weights, std::span<const Start> from) {
  Side side(network_, weights, ++round_, forward_, forward_heap_, false);
  for (const Start& start : from) side.reach(start.node, start.ms, kNone, kBlind);
  while (side.least() < kNever) side.settle(kBlind);
  std::vector<Ms> times(network_.nodes());
  for (Node n = 0; n < times.size(); ++n) times[n] = side.at(n);
  return times;
}

// A node that is wanted twice is waited for once.
std::vector<Ms> Search::to_some(std::span<const Ms> weights, std::span<const Start> from, std::span<const Node> to) {
  Side side(network_, weights, ++round_, forward_, forward_heap_, false);
  for (const Start& start : from) side.reach(start.node, start.ms, kNone, kBlind);
  std::vector<std::uint8_t> wanted(network_.nodes(), 0);
  std::size_t left = 0;
  for (const Node n : to) left += std::exchange(wanted[n], std::uint8_t{1}) == 0;
  while (left > 0 && side.least() < kNever) left -= wanted[side.settle(kBlind)];
  std::vector<Ms> times;
  for (const Node n : to) times.push_back(side.at(n));
  return times;
}

}  // namespace anlan::road
