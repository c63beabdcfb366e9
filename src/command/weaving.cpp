#include "command/weaving.h"

#include <algorithm>
#include <charconv>

#include "base/mutation.h"

namespace anlan::command {

std::pair<std::string, std::int64_t> cause_of(const journal::Fact& fact) {
  constexpr std::string_view kFact = "fact:";
  const auto slash = fact.cause.rfind('/');
  if (!fact.cause.starts_with(kFact) || slash == std::string::npos) return {};
  std::int64_t number = 0;
  std::from_chars(fact.cause.data() + slash + 1, fact.cause.data() + fact.cause.size(), number);
  return {fact.cause.substr(kFact.size(), slash - kFact.size()), number};
}

void Weaving::add(journal::Fact fact) { knots_.push_back({std::move(fact)}); }

std::vector<journal::Fact> Weaving::woven() {
  tie();
  std::vector<journal::Fact> order;
  order.reserve(knots_.size());
  for (std::size_t place = 0; place < knots_.size(); ++place) unravel(place, order);
  knots_.clear();
  return order;
}

void Weaving::tie() {
  std::map<std::pair<std::string, std::int64_t>, std::size_t> by_number, by_version;
  for (std::size_t place = 0; place < knots_.size(); ++place) {
    const auto& fact = knots_[place].fact;
    by_number[{fact.node, fact.node_sequence}] = by_version[{fact.stream, fact.version}] = place + 1;
  }
  const auto found = [](const auto& places, const auto& key) {
    const auto one = places.find(key);
    return one == places.end() ? 0 : one->second;
  };
  for (auto one = by_number.begin(); one != by_number.end(); ++one) {
    Knot& knot = knots_[one->second - 1];
    knot.before[kStream] = found(by_version, std::pair(knot.fact.stream, knot.fact.version - 1));
    knot.before[kCause] = found(by_number, cause_of(knot.fact));
    if (one == by_number.begin()) continue;
    const auto last = std::prev(one);
    if (last->first.first == one->first.first) knot.before[kNumber] = last->second;
  }
}

// Without recursion: a way is as long as a history.
void Weaving::unravel(std::size_t place, std::vector<journal::Fact>& order) {
  if (knots_[place].done) return;
  std::vector<Step> way{{place}};
  knots_[place].on_the_way = true;
  while (!way.empty()) {
    if (goes_on(way)) continue;
    Knot& knot = knots_[way.back().place];
    knot.on_the_way = false;
    knot.done = true;
    order.push_back(std::move(knot.fact));
    way.pop_back();
  }
}

// False where all that the last of the way follows has its place.
bool Weaving::goes_on(std::vector<Step>& way) {
  Step& last = way.back();
  for (last.link = 0; last.link < kLinks; ++last.link) {
    const std::size_t before = knots_[last.place].before[last.link];
    if (before == 0 || knots_[before - 1].done) continue;
    if (knots_[before - 1].on_the_way) return break_circle(way, before - 1), true;
    knots_[before - 1].on_the_way = true;
    way.push_back({before - 1});
    return true;
  }
  return false;
}

bool Weaving::is_said_by_others(const Step& step) const {
  return step.link != kStream && knots_[step.place].fact.node != self_;
}

// One link of it is false. A cause rather than an order of numbers.
void Weaving::break_circle(std::vector<Step>& way, std::size_t met) {
  const auto begin = std::ranges::find(way, met, &Step::place);
  auto weak = std::find_if(begin, way.end(), [&](const Step& s) { return s.link == kCause && is_said_by_others(s); });
  if (weak == way.end()) weak = std::find_if(begin, way.end(), [&](const Step& s) { return is_said_by_others(s); });
  if (weak == way.end()) weak = std::prev(way.end());
  knots_[weak->place].before[weak->link] = 0;
  for (auto one = std::next(weak); one != way.end(); ++one) knots_[one->place].on_the_way = false;
  way.erase(std::next(weak), way.end());
}

}  // namespace anlan::command
