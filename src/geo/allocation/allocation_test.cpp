#include "geo/allocation/allocation.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <random>

namespace anlan::allocation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// What plans are compared by: unmet from the most urgent level down, late, quantity × arrival.
using Worth = std::vector<std::int64_t>;
constexpr int kLevels = 3;

using Sends = std::vector<std::int64_t>;  // by source * needs + need

std::optional<Worth> worth(const Problem& p, const Sends& sends) {
  Worth worth(kLevels + 2, 0);
  std::vector<std::int64_t> left, lacks;
  for (const auto& s : p.sources) left.push_back(s.quantity);
  for (const auto& n : p.needs) lacks.push_back(n.quantity);
  for (std::size_t s = 0; s < p.sources.size(); ++s)
    for (std::size_t n = 0; n < p.needs.size(); ++n) {
      const std::int64_t q = sends[s * p.needs.size() + n];
      if (q == 0) continue;
      const Ms travel = p.travel[s * p.needs.size() + n];
      if (travel == kNever || p.sources[s].kind != p.needs[n].kind) return std::nullopt;
      const Ms arrives = p.sources[s].turnout + travel;
      left[s] -= q, lacks[n] -= q;
      if (arrives > p.needs[n].by) worth[kLevels] += q;
      worth[kLevels + 1] += q * arrives;
    }
  for (const auto l : left)
    if (l < 0) return std::nullopt;
  for (std::size_t n = 0; n < lacks.size(); ++n) {
    if (lacks[n] < 0) return std::nullopt;
    worth[p.needs[n].urgency - 1] += lacks[n];
  }
  return worth;
}

Sends sends_of(const Problem& p, const Plan& plan) {
  Sends sends(p.travel.size(), 0);
  for (const Line& line : plan.lines) sends[line.source * p.needs.size() + line.need] += line.quantity;
  return sends;
}

Problem random_problem(std::mt19937_64& chance, std::size_t sources, std::size_t needs, std::int64_t most, int kinds) {
  Problem p;
  for (std::size_t s = 0; s < sources; ++s)
    p.sources.push_back({std::string(1, static_cast<char>('a' + chance() % kinds)),
                         static_cast<std::int64_t>(chance() % (most + 1)), static_cast<Ms>(chance() % 10)});
  for (std::size_t n = 0; n < needs; ++n)
    p.needs.push_back({std::string(1, static_cast<char>('a' + chance() % kinds)),
                       static_cast<std::int64_t>(chance() % (most + 1)), 1 + static_cast<int>(chance() % kLevels),
                       chance() % 3 == 0 ? kNever : static_cast<Ms>(5 + chance() % 30)});
  for (std::size_t i = 0; i < sources * needs; ++i)
    p.travel.push_back(chance() % 6 == 0 ? kNever : static_cast<Ms>(chance() % 40));
  return p;
}

// Every plan there is.
Worth best_by_trying(const Problem& p, std::size_t& tried) {
  Worth best;
  Sends sends(p.travel.size(), 0);
  const std::function<void(std::size_t)> fill = [&](std::size_t at) {
    if (at == sends.size()) {
      ++tried;
      if (const auto w = worth(p, sends); w && (best.empty() || *w < best)) best = *w;
      return;
    }
    const auto& source = p.sources[at / p.needs.size()];
    const auto& need = p.needs[at % p.needs.size()];
    const bool may = source.kind == need.kind && p.travel[at] < kNever;
    for (std::int64_t q = 0; q <= (may ? std::min(source.quantity, need.quantity) : 0); ++q) {
      sends[at] = q;
      fill(at + 1);
    }
    sends[at] = 0;
  };
  fill(0);
  return best;
}

TEST(Allocation, IsTheBestOfAllPlansThatThereAre) {
  std::mt19937_64 chance(1);
  std::size_t tried = 0;
  for (int i = 0; i < 1000; ++i) {
    const Problem p = random_problem(chance, 2 + chance() % 2, 2 + chance() % 2, 3, i % 4 == 0 ? 2 : 1);
    const auto plan = allocate(p);
    ASSERT_TRUE(plan.ok());
    const auto found = worth(p, sends_of(p, *plan));
    ASSERT_TRUE(found) << i;
    ASSERT_EQ(*found, best_by_trying(p, tried)) << i;
  }
  EXPECT_GT(tried, 100'000u);
}

// The same aims as a chain of linear programs, each with the optimum of those before as a condition.
class Glpsol {
 public:
  explicit Glpsol(const Problem& p) : p_(p) {
    aims_.resize(kLevels + 2);
    for (std::size_t n = 0; n < p.needs.size(); ++n) {
      std::string met = "u" + std::to_string(n);
      aims_[p.needs[n].urgency - 1] += " + " + met;
      for (std::size_t s = 0; s < p.sources.size(); ++s) {
        const Ms travel = p.travel[s * p.needs.size() + n];
        if (travel == kNever || p.sources[s].kind != p.needs[n].kind) continue;
        const std::string x = "x" + std::to_string(s) + "_" + std::to_string(n);
        const Ms arrives = p.sources[s].turnout + travel;
        met += " + " + x;
        sent_[s] += " + " + x;
        if (arrives > p.needs[n].by) aims_[kLevels] += " + " + x;
        aims_[kLevels + 1] += " + " + std::to_string(arrives) + " " + x;
      }
      rows_ += " " + met + " = " + std::to_string(p.needs[n].quantity) + "\n";
    }
    for (const auto& [s, sum] : sent_)
      rows_ += " " + sum.substr(3) + " <= " + std::to_string(p.sources[s].quantity) + "\n";
  }
  static bool is_installed() { return std::system("command -v glpsol >/dev/null") == 0; }

  Worth best() {
    Worth best;
    for (const std::string& aim : aims_) {
      if (aim.empty()) {
        best.push_back(0);
        continue;
      }
      best.push_back(solve(aim));
      rows_ += " " + aim.substr(3) + " <= " + std::to_string(best.back()) + "\n";
    }
    return best;
  }

 private:
  std::int64_t solve(const std::string& aim) const {
    const std::string file = testing::TempDir() + "allocation.lp";
    std::ofstream(file) << "Minimize\n o: " << aim.substr(3) << "\nSubject To\n" << rows_ << "End\n";
    EXPECT_EQ(std::system(("glpsol --lp " + file + " -w " + file + ".out >/dev/null").c_str()), 0);
    std::ifstream in(file + ".out");
    for (std::string line; std::getline(in, line);) {
      double value = 0;
      if (std::sscanf(line.c_str(), "s bas %*d %*d %*c %*c %lf", &value) == 1) return std::llround(value);
    }
    ADD_FAILURE() << "glpsol says nothing";
    return -1;
  }

  const Problem& p_;
  std::vector<std::string> aims_;
  std::map<std::size_t, std::string> sent_;
  std::string rows_;
};

TEST(Allocation, IsAsGoodAsTheOptimumOfAnotherSolver) {
  if (!Glpsol::is_installed()) GTEST_SKIP() << "glpsol is not installed (glpk-utils)";
  std::mt19937_64 chance(2);
  for (int i = 0; i < 8; ++i) {
    const Problem p = random_problem(chance, 15 + chance() % 20, 15 + chance() % 20, 30, 2);
    const auto plan = allocate(p);
    ASSERT_TRUE(plan.ok());
    const auto found = worth(p, sends_of(p, *plan));
    ASSERT_TRUE(found);
    ASSERT_EQ(*found, Glpsol(p).best()) << i;
  }
}

TEST(Allocation, SaysOfEachLineWhyNothingNearerIsSent) {
  std::mt19937_64 chance(3);
  std::size_t explained = 0;
  for (int i = 0; i < 200; ++i) {
    const Problem p = random_problem(chance, 12, 12, 6, 2);
    const auto plan = allocate(p);
    ASSERT_TRUE(plan.ok());
    std::vector<std::int64_t> left;
    for (const auto& s : p.sources) left.push_back(s.quantity);
    for (const Line& line : plan->lines) left[line.source] -= line.quantity;
    const auto travel = [&](std::size_t s, std::size_t n) { return p.travel[s * p.needs.size() + n]; };
    for (const Line& line : plan->lines) {
      std::size_t nearer = 0;
      for (std::size_t s = 0; s < p.sources.size(); ++s)
        nearer += p.sources[s].kind == p.needs[line.need].kind && p.sources[s].quantity > 0 &&
                  travel(s, line.need) < travel(line.source, line.need);
      ASSERT_EQ(line.passed_over.size(), std::min<std::size_t>(nearer, 3));
      ASSERT_EQ(line.choice, nearer == 0 ? Choice::kNearest : Choice::kNearestFree);
      ASSERT_EQ(line.late, line.arrives > p.needs[line.need].by);
      for (const PassedOver& over : line.passed_over) {
        ++explained;
        const Ms would = p.sources[over.source].turnout + travel(over.source, line.need);
        const auto sends = [&](std::size_t n) {
          return std::ranges::any_of(plan->lines,
                                     [&](const Line& l) { return l.source == over.source && l.need == n; });
        };
        switch (over.why) {
          case Passed::kUrgent:
            ASSERT_LT(p.needs[over.need].urgency, p.needs[line.need].urgency);
            [[fallthrough]];
          case Passed::kSooner:
            ASSERT_EQ(left[over.source], 0);
            ASSERT_TRUE(sends(over.need));
            break;
          case Passed::kTooFew:
            ASSERT_EQ(left[over.source], 0);
            ASSERT_TRUE(sends(line.need));
            break;
          case Passed::kTurnout:
            ASSERT_GE(would, line.arrives);
            break;
          case Passed::kLate:
            ASSERT_GT(would, p.needs[line.need].by);
            break;
          case Passed::kFree:
            FAIL() << "nobody fixed a line";
        }
      }
    }
  }
  EXPECT_GT(explained, 1000u);
}

TEST(Allocation, GivesTheMostUrgentNeedItsDueThoughItIsFar) {
  Problem p;
  p.needs = {{"pump", 2, 2, kNever}, {"pump", 2, 1, kNever}};
  p.sources = {{"pump", 3, 0}};
  p.travel = {10, 1000};
  const auto plan = allocate(p);
  ASSERT_TRUE(plan.ok());
  ASSERT_THAT(plan->lines, SizeIs(2));
  EXPECT_EQ(plan->lines[0].quantity, 1);
  EXPECT_EQ(plan->lines[1].quantity, 2);
  ASSERT_THAT(plan->unmet, SizeIs(1));
  EXPECT_EQ(plan->unmet[0].need, 0u);
  EXPECT_EQ(plan->unmet[0].why, Lack::kTaken);
}

TEST(Allocation, PrefersAFartherSourceThatComesInTime) {
  Problem p;
  p.needs = {{"boat", 1, 1, 100}};
  p.sources = {{"boat", 1, 95}, {"boat", 1, 5}};
  p.travel = {10, 90};
  const auto plan = allocate(p);
  ASSERT_TRUE(plan.ok());
  ASSERT_THAT(plan->lines, SizeIs(1));
  EXPECT_EQ(plan->lines[0].source, 1u);
  EXPECT_FALSE(plan->lines[0].late);
  ASSERT_THAT(plan->lines[0].passed_over, SizeIs(1));
  EXPECT_EQ(plan->lines[0].passed_over[0].why, Passed::kLate);
}

TEST(Allocation, KeepsWhatWasFixedByHandAndPlansTheRest) {
  Problem p;
  p.needs = {{"team", 3, 1, kNever}, {"team", 1, 1, kNever}};
  p.sources = {{"team", 2, 0}, {"team", 2, 0}};
  p.travel = {10, 10, 500, kNever};
  p.fixed = {{1, 0, 1}};
  const auto plan = allocate(p);
  ASSERT_TRUE(plan.ok());
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> sent;
  for (const Line& line : plan->lines) sent[{line.source, line.need}] += line.quantity;
  EXPECT_THAT(sent, ElementsAre(testing::Pair(std::pair(0u, 0u), 1), testing::Pair(std::pair(0u, 1u), 1),
                                testing::Pair(std::pair(1u, 0u), 2)));
  EXPECT_EQ(std::ranges::count(plan->lines, Choice::kFixed, &Line::choice), 1);
  EXPECT_THAT(plan->unmet, IsEmpty());
}

TEST(Allocation, TellsThatAFixedLinePassesOverWhoIsFree) {
  Problem p;
  p.needs = {{"team", 1, 1, kNever}};
  p.sources = {{"team", 1, 0}, {"team", 1, 0}};
  p.travel = {10, kNever};
  p.fixed = {{1, 0, 1}};
  const auto plan = allocate(p);
  ASSERT_TRUE(plan.ok());
  ASSERT_THAT(plan->lines, SizeIs(1));
  EXPECT_EQ(plan->lines[0].arrives, kNever);
  EXPECT_TRUE(plan->lines[0].late);
  ASSERT_THAT(plan->lines[0].passed_over, SizeIs(1));
  EXPECT_EQ(plan->lines[0].passed_over[0].why, Passed::kFree);
}

TEST(Allocation, SaysWhyANeedStaysUnmet) {
  Problem p;
  p.needs = {{"boat", 1, 1, kNever}, {"pump", 1, 1, kNever}, {"tent", 5, 1, kNever}};
  p.sources = {{"pump", 1, 0}, {"tent", 3, 0}, {"boat", 0, 0}};
  p.travel = {1, kNever, 1, 1, 1, 1, 1, 1, 1};
  const auto plan = allocate(p);
  ASSERT_TRUE(plan.ok());
  ASSERT_THAT(plan->unmet, SizeIs(3));
  EXPECT_EQ(plan->unmet[0].why, Lack::kNobody);
  EXPECT_EQ(plan->unmet[1].why, Lack::kNoWay);
  EXPECT_EQ(plan->unmet[2].why, Lack::kTaken);
  EXPECT_EQ(plan->unmet[2].quantity, 2);
}

TEST(Allocation, RefusesWhatIsNoProblem) {
  using Kind = Fault::Kind;
  Problem good;
  good.needs = {{"a", 1, 1, kNever}};
  good.sources = {{"a", 1, 0}, {"b", 1, 0}};
  good.travel = {1, 1};
  const auto kind_of = [&](const std::function<void(Problem&)>& spoil) {
    Problem p = good;
    spoil(p);
    const auto plan = allocate(p);
    return plan.ok() ? std::optional<Kind>() : plan.error().kind;
  };
  EXPECT_EQ(kind_of([](Problem&) {}), std::nullopt);
  EXPECT_EQ(kind_of([](Problem& p) { p.travel.pop_back(); }), Kind::kSizes);
  EXPECT_EQ(kind_of([](Problem& p) { p.needs[0].quantity = -1; }), Kind::kNeed);
  EXPECT_EQ(kind_of([](Problem& p) { p.sources[1].quantity = kMostQuantity + 1; }), Kind::kSource);
  EXPECT_EQ(kind_of([](Problem& p) { p.fixed = {{1, 0, 1}}; }), Kind::kFixed);
  EXPECT_EQ(kind_of([](Problem& p) { p.fixed = {{0, 0, 0}}; }), Kind::kFixed);
  EXPECT_EQ(kind_of([](Problem& p) { p.fixed = {{2, 0, 1}}; }), Kind::kFixed);
  EXPECT_EQ(kind_of([](Problem& p) { p.fixed = {{0, 0, 1}, {0, 0, 1}}; }), Kind::kOverspent);
  EXPECT_TRUE(allocate({}).ok());
}

TEST(Allocation, OfTheSameProblemIsTheSame) {
  std::mt19937_64 chance(5);
  const Problem p = random_problem(chance, 60, 60, 3, 1);
  EXPECT_EQ(sends_of(p, *allocate(p)), sends_of(p, *allocate(p)));
}

TEST(Allocation, ReckonsWithTheLargestNumbers) {
  Problem p;
  for (int i = 0; i < 400; ++i) {
    p.sources.push_back({"a", kMostQuantity, i});
    p.needs.push_back({"a", kMostQuantity, 1 + i % 9, i % 2 ? kNever : 1});
  }
  for (int i = 0; i < 400 * 400; ++i) p.travel.push_back(kNever - 1000 - i % 977);
  const auto plan = allocate(p);
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->unmet, IsEmpty());
}

}  // namespace
}  // namespace anlan::allocation
