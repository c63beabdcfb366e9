#include "geo/road/climb.h"

#include <algorithm>

namespace anlan::road {

Targets::Targets(const Hierarchy& hierarchy, std::span<const std::vector<Start>> places) : first_{0} {
  std::vector<std::uint8_t> known(hierarchy.nodes(), 0);
  std::size_t count = 0;
  for (const std::vector<Start>& place : places) {
    for (const Start& start : place) {
      starts_.push_back(start);
      for (Node n = start.node; n != kNone && known[n] == 0; n = hierarchy.parent(n)) known[n] = 1, ++count;
    }
    first_.push_back(static_cast<std::uint32_t>(starts_.size()));
  }
  above_.reserve(count);
  for (Node n = static_cast<Node>(hierarchy.nodes()); n-- > 0;)
    if (known[n] != 0) above_.push_back(n);
}

// Room for all lanes from the start: a question takes no memory.
Climb::Climb(const Hierarchy& hierarchy)
    : hierarchy_(hierarchy),
      up_(hierarchy.nodes()),
      down_(hierarchy.nodes()),
      lanes_(hierarchy.nodes() * kLanes, kNever) {}

// The lines of parents run together sooner or later; until then the lowest of them is next.
template <class Visit>
void Climb::each_above(std::span<const Start> starts, Visit&& visit) {
  chain_.clear();
  for (const Start& start : starts) chain_.push_back(start.node);
  while (!chain_.empty()) {
    std::ranges::sort(chain_);
    chain_.erase(std::unique(chain_.begin(), chain_.end()), chain_.end());
    const Node limit = chain_.size() > 1 ? chain_[1] : kNone;
    Node n = chain_.front();
    for (; n < limit; n = hierarchy_.parent(n)) visit(n);
    if (n == kNone)
      chain_.erase(chain_.begin());
    else
      chain_.front() = n;
  }
}

// What lies above both ends is visited once, from below: there both climbs are known when they meet, and one that is
// late already need not go on.
Node Climb::meet(const Metric& metric, std::span<const Start> from, std::span<const Start> to, Ms& best) {
  for (const Start& start : from) up_[start.node].ms = std::min(up_[start.node].ms, start.ms);
  for (const Start& end : to) down_[end.node].ms = std::min(down_[end.node].ms, end.ms);
  Node meeting = kNone;
  std::vector<Start> ends(from.begin(), from.end());
  ends.insert(ends.end(), to.begin(), to.end());
  best = kNever;
  each_above(ends, [&](Node n) {
    const Ms out = up_[n].ms, back = down_[n].ms;
    if (out + back < best) best = out + back, meeting = n;
    if (out < best)
      for (const auto& [higher, ms] : metric.up(n))
        if (out + ms < up_[higher].ms) up_[higher] = {out + ms, n};
    if (back < best)
      for (const auto& [higher, ms] : metric.down(n))
        if (back + ms < down_[higher].ms) down_[higher] = {back + ms, n};
  });
  return meeting;
}

// Only what a climb has touched; clearing all nodes would take longer than the question.
void Climb::forget(std::span<const Start> from, std::span<const Start> to) {
  for (const auto starts : {from, to}) each_above(starts, [&](Node n) { up_[n] = down_[n] = Climbed(); });
}

Ms Climb::time(const Metric& metric, std::span<const Start> from, std::span<const Start> to) {
  Ms best;
  meet(metric, from, to, best);
  forget(from, to);
  return best;
}

Found Climb::way(const Metric& metric, std::span<const Start> from, std::span<const Start> to) {
  Found found;
  const Node meeting = meet(metric, from, to, found.ms);
  if (meeting != kNone) {
    std::vector<Node> nodes{meeting};
    while (up_[nodes.back()].from != kNone) nodes.push_back(up_[nodes.back()].from);
    // The meeting is the last of the climb from the start and the first of the one from the end.
    std::ranges::reverse(nodes);
    while (down_[nodes.back()].from != kNone) nodes.push_back(down_[nodes.back()].from);
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i) metric.unpack(nodes[i], nodes[i + 1], found.arcs);
  }
  forget(from, to);
  return found;
}

// Climbs from each start, then goes down once through all that lies above the targets: a node's time is that of its
// climb, or that of a node above and the way down. In lanes of eight the edges are read once for eight starts, and the
// compiler adds and compares eight at a time.
template <std::size_t lanes>
void Climb::sweep(const Metric& metric, std::span<const std::vector<Start>* const> from, const Targets& targets,
                  std::span<Ms* const> out) {
  Ms* const at = lanes_.data();
  for (const Node n : targets.above_) std::fill_n(at + n * lanes, lanes, kNever);
  for (std::size_t lane = 0; lane < from.size(); ++lane) {
    for (const Start& start : *from[lane]) up_[start.node].ms = std::min(up_[start.node].ms, start.ms);
    each_above(*from[lane], [&](Node n) {
      const Ms ms = up_[n].ms;
      at[n * lanes + lane] = ms;
      up_[n].ms = kNever;
      if (ms < kNever)
        for (const auto& [higher, more] : metric.up(n)) up_[higher].ms = std::min(up_[higher].ms, ms + more);
    });
  }
  for (const Node n : targets.above_) {
    Ms best[lanes];
    std::copy_n(at + n * lanes, lanes, best);
    for (const auto& [higher, down] : metric.down(n)) {
      const Ms* const above = at + higher * lanes;
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const Ms ms = above[lane] + down;
        best[lane] = ms < best[lane] ? ms : best[lane];
      }
    }
    std::copy_n(best, lanes, at + n * lanes);
  }
  for (std::size_t t = 0; t < targets.size(); ++t)
    for (std::size_t lane = 0; lane < from.size(); ++lane) {
      Ms best = kNever;
      for (std::uint32_t i = targets.first_[t]; i < targets.first_[t + 1]; ++i)
        best = std::min(best, sum(at[targets.starts_[i].node * lanes + lane], targets.starts_[i].ms));
      out[lane][t] = best;
    }
}

void Climb::times(const Metric& metric, std::span<const Start> from, const Targets& targets, std::span<Ms> out) {
  const std::vector<Start> starts(from.begin(), from.end());
  const std::vector<Start>* const one[] = {&starts};
  Ms* const rows[] = {out.data()};
  sweep<1>(metric, one, targets, rows);
}

void Climb::matrix(const Metric& metric, std::span<const std::vector<Start>> from, const Targets& targets,
                   std::span<Ms> out) {
  for (std::size_t begin = 0; begin < from.size(); begin += kLanes) {
    std::vector<const std::vector<Start>*> starts;
    std::vector<Ms*> rows;
    for (std::size_t i = begin; i < std::min(begin + kLanes, from.size()); ++i) {
      starts.push_back(&from[i]);
      rows.push_back(out.data() + i * targets.size());
    }
    sweep<kLanes>(metric, starts, targets, rows);
  }
}

}  // namespace anlan::road
