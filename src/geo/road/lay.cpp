#include "geo/road/lay.h"

#include <algorithm>

namespace anlan::road {
namespace {

// Counts first how often each place is used, since a node is known only when all ways were seen.
class Laying {
 public:
  Laying(const std::vector<Spot>& places, std::span<const Way> ways) : places_(places), uses_(places.size(), 0) {
    for (const Way& way : ways) count(clean(way));
    for (const Way& way : ways) cut_once_more(clean(way));
    number_nodes();
    for (const Way& way : ways) cut(clean(way), way.traits);
  }
  Laid finish() { return {Network(std::move(nodes_), std::move(roads_), std::move(shape_)), dropped_}; }

 private:
  using Line = std::vector<std::uint32_t>;

  // Without places that follow themselves, in the direction in which it is driven.
  static Line clean(const Way& way) {
    Line line;
    for (const std::uint32_t p : way.places)
      if (line.empty() || line.back() != p) line.push_back(p);
    if (way.reversed) std::ranges::reverse(line);
    return line.size() < 2 ? Line() : line;
  }
  bool is_node(std::uint32_t place) const { return uses_[place] > 1; }
  // Ends count twice: they are nodes even where nothing else comes.
  void count(const Line& line) {
    dropped_ += line.empty();
    for (std::size_t i = 0; i < line.size(); ++i) {
      std::uint8_t& uses = uses_[line[i]];
      uses = static_cast<std::uint8_t>(std::min(uses + (i == 0 || i + 1 == line.size() ? 2 : 1), 2));
    }
  }
  // From node to node along a line. Its last place is a node always, so nothing is left over.
  template <class Visit>
  void each_piece(const Line& line, Visit&& visit) const {
    for (std::size_t begin = 0, end = 1; end < line.size(); ++end)
      if (is_node(line[end])) visit(std::span(line).subspan(begin, end - begin + 1)), begin = end;
  }
  // A road that ends where it begins would be no edge of a hierarchy, and a place on it could not be reached.
  void cut_once_more(const Line& line) {
    std::vector<std::uint32_t> middles;
    each_piece(line, [&](std::span<const std::uint32_t> piece) {
      if (piece.front() == piece.back()) middles.push_back(piece[piece.size() / 2]);
    });
    for (const std::uint32_t place : middles) uses_[place] = 2;
  }
  void number_nodes() {
    numbers_.assign(places_.size(), kNone);
    for (std::uint32_t p = 0; p < places_.size(); ++p) {
      if (!is_node(p)) continue;
      numbers_[p] = static_cast<Node>(nodes_.size());
      nodes_.push_back(places_[p]);
    }
  }
  // The second walk, when all nodes have their numbers.
  void cut(const Line& line, const Traits& traits) {
    each_piece(line, [&](std::span<const std::uint32_t> piece) {
      Road road;
      road.tail = numbers_[piece.front()];
      road.head = numbers_[piece.back()];
      road.shape_begin = static_cast<std::uint32_t>(shape_.size());
      for (const std::uint32_t p : piece.subspan(1, piece.size() - 2)) shape_.push_back(places_[p]);
      road.shape_end = static_cast<std::uint32_t>(shape_.size());
      road.traits = traits;
      roads_.push_back(road);
    });
  }

  const std::vector<Spot>& places_;
  std::vector<std::uint8_t> uses_;
  std::vector<Node> numbers_;
  std::vector<Spot> nodes_, shape_;
  std::vector<Road> roads_;
  std::size_t dropped_ = 0;
};

}  // namespace

Laid lay(const std::vector<Spot>& places, std::span<const Way> ways) { return Laying(places, ways).finish(); }

}  // namespace anlan::road
