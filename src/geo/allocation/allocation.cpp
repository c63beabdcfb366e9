#include "geo/allocation/allocation.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "geo/allocation/flow.h"

namespace anlan::allocation {
namespace {

constexpr std::size_t kMostPassedOver = 3;

// The first fault. What people have fixed must be possible, whatever else is not.
std::optional<Fault> fault_of(const Problem& problem) {
  using Kind = Fault::Kind;
  const std::size_t sources = problem.sources.size(), needs = problem.needs.size();
  if (problem.travel.size() != sources * needs || problem.travel.size() > kMostPairs) return Fault{Kind::kSizes, 0};
  const auto is_quantity = [](std::int64_t q) { return q >= 0 && q <= kMostQuantity; };
  for (std::size_t n = 0; n < needs; ++n)
    if (!is_quantity(problem.needs[n].quantity)) return Fault{Kind::kNeed, n};
  for (std::size_t s = 0; s < sources; ++s)
    if (!is_quantity(problem.sources[s].quantity) || problem.sources[s].turnout < 0) return Fault{Kind::kSource, s};
  std::vector<std::int64_t> left;
  for (const Source& s : problem.sources) left.push_back(s.quantity);
  for (std::size_t i = 0; i < problem.fixed.size(); ++i) {
    const Fixed& f = problem.fixed[i];
    if (f.source >= sources || f.need >= needs || f.quantity < 1 || f.quantity > kMostQuantity ||
        problem.sources[f.source].kind != problem.needs[f.need].kind)
      return Fault{Kind::kFixed, i};
    if ((left[f.source] -= f.quantity) < 0) return Fault{Kind::kOverspent, f.source};
  }
  return std::nullopt;
}

// Fixed lines first, then each kind by itself, then the reasons: those need to know what everybody sends.
class Planning {
 public:
  explicit Planning(const Problem& problem) : problem_(problem), sent_(problem.sources.size()) {
    for (const Source& s : problem.sources) source_left_.push_back(s.quantity);
    for (const Need& n : problem.needs) need_left_.push_back(n.quantity);
    travel_.resize(problem.travel.size());
    for (std::size_t s = 0; s < problem.sources.size(); ++s)
      for (std::size_t n = 0; n < problem.needs.size(); ++n)
        travel_[n * problem.sources.size() + s] = problem.travel[s * problem.needs.size() + n];
    for (std::size_t i = 0; i < problem.sources.size(); ++i) kinds_[problem.sources[i].kind].sources.push_back(i);
    for (std::size_t i = 0; i < problem.needs.size(); ++i) kinds_[problem.needs[i].kind].needs.push_back(i);
  }
  Plan plan() {
    for (const Fixed& f : problem_.fixed) send(f, Choice::kFixed);
    for (const auto& [_, kind] : kinds_)
      if (!kind.sources.empty() && !kind.needs.empty())
        for (const Fixed& f : least_cost_flow(problem_, kind, source_left_, positive(need_left_)))
          send(f, Choice::kNearest);
    for (Line& line : plan_.lines) explain(line);
    std::ranges::stable_sort(plan_.lines, {}, [](const Line& l) { return std::tuple(l.need, l.arrives, l.source); });
    for (std::size_t n = 0; n < problem_.needs.size(); ++n)
      if (need_left_[n] > 0) plan_.unmet.push_back({n, need_left_[n], why_unmet(n)});
    return std::move(plan_);
  }

 private:
  // What each source sends, by need.
  struct Sent {
    std::size_t need;
    std::int64_t quantity;
  };

  // A need that was given more than it asked for by hand lacks nothing.
  static std::vector<std::int64_t> positive(std::vector<std::int64_t> left) {
    for (std::int64_t& quantity : left) quantity = std::max<std::int64_t>(quantity, 0);
    return left;
  }
  void send(const Fixed& f, Choice choice) {
    const Ms arrives = arrival(problem_, f.source, f.need);
    plan_.lines.push_back({f.source, f.need, f.quantity, arrives, is_late(problem_, f.need, arrives), choice, {}});
    source_left_[f.source] -= f.quantity;
    need_left_[f.need] -= f.quantity;
    sent_[f.source].push_back({f.need, f.quantity});
  }
  // By need, since it is asked for all sources of a need, line after line.
  Ms travel(std::size_t source, std::size_t need) const { return travel_[need * problem_.sources.size() + source]; }

  // Nearer is meant on the road, as people see it on the map; that another leaves sooner is one of the reasons.
  void explain(Line& line) const {
    const Ms own = travel(line.source, line.need);
    std::vector<std::size_t> nearer;
    const auto is_nearer = [&](std::size_t a, std::size_t b) { return travel(a, line.need) < travel(b, line.need); };
    for (const std::size_t s : kinds_.at(problem_.needs[line.need].kind).sources) {
      if (travel(s, line.need) >= own || problem_.sources[s].quantity == 0) continue;
      nearer.insert(std::ranges::upper_bound(nearer, s, is_nearer), s);
      if (nearer.size() > kMostPassedOver) nearer.pop_back();
    }
    for (const std::size_t s : nearer) line.passed_over.push_back(why_passed(s, line));
    if (line.choice != Choice::kFixed) line.choice = nearer.empty() ? Choice::kNearest : Choice::kNearestFree;
  }
  // Whoever has something left and is nearer would arrive no sooner, or a better plan would have sent it: the optimum
  // allows no other reason. Only a line made by hand can pass over somebody who is simply free.
  PassedOver why_passed(std::size_t source, const Line& line) const {
    const std::size_t need = line.need;
    if (source_left_[source] > 0) {
      const Ms arrives = arrival(problem_, source, need);
      if (line.choice == Choice::kFixed && arrives <= line.arrives) return {source, Passed::kFree, 0};
      return {source, is_late(problem_, need, arrives) ? Passed::kLate : Passed::kTurnout, 0};
    }
    const auto& sent = sent_[source];
    if (std::ranges::any_of(sent, [&](const Sent& s) { return s.need == need; })) return {source, Passed::kTooFew, 0};
    const auto urgent =
        std::ranges::min_element(sent, {}, [&](const Sent& s) { return problem_.needs[s.need].urgency; });
    const bool more = problem_.needs[urgent->need].urgency < problem_.needs[need].urgency;
    return {source, more ? Passed::kUrgent : Passed::kSooner, urgent->need};
  }
  // One that reaches the need and has nothing left was taken; of those that do not reach it what they have is of no
  // use.
  Lack why_unmet(std::size_t need) const {
    bool any = false;
    for (const std::size_t s : kinds_.at(problem_.needs[need].kind).sources) {
      if (problem_.sources[s].quantity == 0) continue;
      any = true;
      if (arrival(problem_, s, need) < kNever) return Lack::kTaken;
    }
    return any ? Lack::kNoWay : Lack::kNobody;
  }

  const Problem& problem_;
  std::map<std::string, OneKind> kinds_;
  std::vector<Ms> travel_;
  std::vector<std::int64_t> source_left_, need_left_;
  std::vector<std::vector<Sent>> sent_;
  Plan plan_;
};

}  // namespace

Result<Plan, Fault> allocate(const Problem& problem) {
  if (const auto fault = fault_of(problem)) return *fault;
  return Planning(problem).plan();
}

}  // namespace anlan::allocation
