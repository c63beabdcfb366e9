#include <algorithm>
#include <set>
#include <utility>

#include "geo/polygon.h"

namespace anlan::geo {
namespace {

// A line moves from west to east, within a meridian from south to north.
bool sooner(LngLat a, LngLat b) { return a.lng < b.lng || (a.lng == b.lng && a.lat < b.lat); }

struct Edge {
  LngLat begin, end;  // as the line meets them
};

// `p` lies on the straight line through the edge.
bool between(const Edge& e, LngLat p) { return !sooner(p, e.begin) && !sooner(e.end, p); }

bool lies_on(const Edge& e, LngLat p) { return between(e, p) && side(e.begin, e.end, p) == 0; }

std::optional<LngLat> meeting_of_neighbours(const Edge& e, const Edge& f) {
  const bool from_begin = e.begin == f.begin || e.begin == f.end, of_begin = f.begin == e.begin || f.begin == e.end;
  const LngLat other_of_e = from_begin ? e.end : e.begin, other_of_f = of_begin ? f.end : f.begin;
  if (lies_on(e, other_of_f)) return other_of_f;
  if (lies_on(f, other_of_e)) return other_of_e;
  return std::nullopt;
}

// Beside the corner that neighbours share.
std::optional<LngLat> meeting(const Edge& e, const Edge& f) {
  if (e.begin == f.begin || e.begin == f.end || e.end == f.begin || e.end == f.end) return meeting_of_neighbours(e, f);
  const double f_begin = side(e.begin, e.end, f.begin), f_end = side(e.begin, e.end, f.end);
  const double e_begin = side(f.begin, f.end, e.begin), e_end = side(f.begin, f.end, e.end);
  for (const auto& [at, of, p] :
       {std::tuple{f_begin, &e, f.begin}, {f_end, &e, f.end}, {e_begin, &f, e.begin}, {e_end, &f, e.end}})
    if (at == 0 && between(*of, p)) return p;
  if ((f_begin > 0) == (f_end > 0) || (e_begin > 0) == (e_end > 0)) return std::nullopt;
  const double t = f_begin / (f_begin - f_end);
  return LngLat{f.begin.lng + t * (f.end.lng - f.begin.lng), f.begin.lat + t * (f.end.lat - f.begin.lat)};
}

// Shamos and Hoey 1976: edges on the moving line lie in an order, and the first two that meet are neighbours in it
// before they do.
class Sweep {
 public:
  explicit Sweep(const std::vector<LngLat>& corners) {
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++)
      edges_.push_back(sooner(corners[j], corners[i]) ? Edge{corners[j], corners[i]} : Edge{corners[i], corners[j]});
  }

  std::optional<LngLat> run() {
    std::vector<Event> events;
    for (const Edge& e : edges_) {
      events.push_back({e.begin, true, &e});
      events.push_back({e.end, false, &e});
    }
    std::ranges::sort(events, [](const Event& a, const Event& b) {
      return a.place == b.place ? a.begins < b.begins : sooner(a.place, b.place);
    });
    std::vector<Order::iterator> where(edges_.size());
    for (const auto& [place, begins, edge] : events) {
      auto& at = where[static_cast<std::size_t>(edge - edges_.data())];
      if (begins)
        at = enter(edge);
      else
        leave(at);
      if (found_) break;
    }
    return found_;
  }

 private:
  struct Event {
    LngLat place;
    bool begins;
    const Edge* edge;
  };
  // Whether `a` lies south of `b` on the line; both are on it. Of two that are level there the later begins on the
  // earlier, or lies along it: they become neighbours either way.
  struct Below {
    bool operator()(const Edge* a, const Edge* b) const {
      if (a == b) return false;
      const bool same = a->begin == b->begin;
      const bool a_first = same || sooner(a->begin, b->begin);
      const Edge* first = a_first ? a : b;
      const Edge* later = a_first ? b : a;
      const double at = side(first->begin, first->end, same ? later->end : later->begin);
      return at == 0 ? a < b : (at > 0) == a_first;
    }
  };
  using Order = std::set<const Edge*, Below>;

  void compare(const Edge* a, const Edge* b) {
    if (!found_) found_ = meeting(*a, *b);
  }
  Order::iterator enter(const Edge* edge) {
    const auto at = order_.insert(edge).first;
    if (at != order_.begin()) compare(*std::prev(at), edge);
    if (std::next(at) != order_.end()) compare(edge, *std::next(at));
    return at;
  }
  void leave(Order::iterator at) {
    const auto next = order_.erase(at);
    if (next != order_.begin() && next != order_.end()) compare(*std::prev(next), *next);
  }

  std::vector<Edge> edges_;
  std::optional<LngLat> found_;
  Order order_;
};

std::vector<LngLat> corners_of(const Ring& ring) {
  std::vector<LngLat> corners;
  std::ranges::unique_copy(ring, std::back_inserter(corners));
  while (corners.size() > 1 && corners.front() == corners.back()) corners.pop_back();
  return corners;
}

}  // namespace

std::optional<LngLat> crossing(const Ring& ring) {
  const auto corners = corners_of(ring);
  if (corners.size() < 3 || !std::ranges::all_of(corners, is_place)) return std::nullopt;
  auto ordered = corners;
  std::ranges::sort(ordered, sooner);
  if (const auto twice = std::ranges::adjacent_find(ordered); twice != ordered.end()) return *twice;
  return Sweep(corners).run();
}

bool is_simple(const Ring& ring) {
  return std::ranges::all_of(ring, is_place) && corners_of(ring).size() >= 3 && !crossing(ring);
}

}  // namespace anlan::geo
