// sim [--seed N] [--runs N] [--world small|city|COUNTIESxTOWNS] [--days N] [--work N] [--faults N] [--seconds N]
//     [--shorten SECONDS] [--doing KIND,KIND…]
// Plays seeds one after the other until the seconds or the runs are over. Ends with 1 where a run is unsound.

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>

#include "base/fields.h"
#include "needed.h"
#include "trial.h"

namespace anlan::sim {
namespace {

struct Wanted {
  std::uint64_t seed = 1;
  std::int64_t runs = 1;
  double seconds = 0, shorten = 30;
  Size size{2, 2};
  Measure measure;
  std::vector<Kind> work;  // of the measure
};

std::int64_t number(const char* text) {
  std::int64_t value = 0;
  std::from_chars(text, text + std::strlen(text), value);
  return value;
}

Size size_of(const std::string& word) {
  if (word == "small") return {2, 2};
  if (word == "city") return {10, 10};
  const auto x = word.find('x');
  if (x == std::string::npos) return {1, 1};
  return {static_cast<std::size_t>(number(word.c_str())), static_cast<std::size_t>(number(word.c_str() + x + 1))};
}

// Of words with commas between them, as steps are described; empty where one is none.
std::vector<Kind> kinds_of(std::string_view words) {
  std::vector<Kind> kinds;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(','));
    const auto kind = named<Kind>(word);
    if (!kind) return {};
    kinds.push_back(*kind);
    words.remove_prefix(std::min(word.size() + 1, words.size()));
  }
  return kinds;
}

bool read_arguments(int count, char** arguments, Wanted& w) {
  for (int i = 1; i < count; ++i) {
    const std::string name = arguments[i];
    if (++i == count) return false;
    const char* value = arguments[i];
    if (name == "--seed")
      w.seed = static_cast<std::uint64_t>(number(value));
    else if (name == "--runs")
      w.runs = number(value);
    else if (name == "--world")
      w.size = size_of(value);
    else if (name == "--days")
      w.measure.days = number(value);
    else if (name == "--work")
      w.measure.work_per_day = number(value);
    else if (name == "--faults")
      w.measure.faults_per_day = number(value);
    else if (name == "--seconds")
      w.seconds = static_cast<double>(number(value)), w.runs = 1'000'000;
    else if (name == "--shorten")
      w.shorten = static_cast<double>(number(value));
    else if (name != "--doing" || !(w.measure.work = w.work = kinds_of(value), !w.work.empty()))
      return false;
  }
  return true;
}

double core_seconds() {
  double all = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    getrusage(who, &used);
    for (const timeval& t : {used.ru_utime, used.ru_stime})
      all += static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  }
  return all;
}

void tell(World& world, const Wanted& w, std::uint64_t seed, const std::vector<Step>& steps, const Told& told) {
  for (const auto& finding : told.verdict.findings) std::printf("  found: %s\n", finding.c_str());
  const auto names = world.names();
  const auto shorter = shortest(world, seed, steps, w.shorten);
  const auto again = try_out([&] { return world.play(seed, shorter); });
  std::printf("  %zu of %zu steps are enough for seed %llu:\n", shorter.size(), steps.size(),
              static_cast<unsigned long long>(seed));
  for (const auto& step : shorter) std::printf("    %s\n", describe(step, names).c_str());
  for (const auto& finding : again.verdict.findings) std::printf("  then: %s\n", finding.c_str());
}

int run(const Wanted& w) {
  const auto began = std::chrono::steady_clock::now();
  World world(w.size);
  const double set_up = core_seconds();
  const std::size_t nodes = world.names().size();
  std::printf("nodes=%zu set up in %.1f s\n", nodes, set_up);
  Verdict all;
  Counts counts;
  std::int64_t played = 0;
  std::uint64_t seed = w.seed;
  for (; played < w.runs; ++played, ++seed) {
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - began;
    if (w.seconds > 0 && gone.count() > w.seconds) break;
    const auto steps = draw_steps(seed, nodes, world.now(), w.measure);
    const auto told = try_out([&] { return world.play(seed, steps); });
    const Verdict& v = told.verdict;
    all.lost += v.lost, all.duplicated += v.duplicated, all.reordered += v.reordered, all.diverged += v.diverged;
    all.facts += v.facts, all.stored += v.stored, all.promised += v.promised;
    for (const auto& [what, times] : told.counts) counts[what] += times;
    if (v.sound()) continue;
    std::printf("seed %llu is unsound\n", static_cast<unsigned long long>(seed));
    tell(world, w, seed, steps, told);
    ++seed, ++played;
    break;
  }
  const std::string missing = w.measure.days >= kDaysForAll ? missing_in(counts, all) : "";
  std::int64_t faults = 0;
  for (const auto& [what, times] : counts) {
    std::printf("  %s %lld\n", what.c_str(), static_cast<long long>(times));
    if (is_named_fault(what)) faults += times;
  }
  const double years = static_cast<double>(played * w.measure.days) / 365, hours = (core_seconds() - set_up) / 3600;
  std::printf(
      "nodes=%zu lost=%lld duplicated=%lld reordered=%lld diverged=%lld seed=%llu..%llu facts=%lld faults=%lld\n",
      nodes, static_cast<long long>(all.lost), static_cast<long long>(all.duplicated),
      static_cast<long long>(all.reordered), static_cast<long long>(all.diverged),
      static_cast<unsigned long long>(w.seed), static_cast<unsigned long long>(seed - 1),
      static_cast<long long>(all.facts), static_cast<long long>(faults));
  std::printf("stored=%lld acknowledged=%lld years=%.2f years_per_core_hour=%.2f\n", static_cast<long long>(all.stored),
              static_cast<long long>(all.promised), years, hours > 0 ? years / hours : 0);
  if (!missing.empty()) std::printf("too little happened: %s\n", missing.c_str());
  return all.sound() && missing.empty() ? 0 : 1;
}

}  // namespace
}  // namespace anlan::sim

int main(int count, char** arguments) {
  anlan::sim::Wanted wanted;
  if (!anlan::sim::read_arguments(count, arguments, wanted)) {
    std::fprintf(stderr, "see the head of test/sim/main.cpp\n");
    return 2;
  }
  return anlan::sim::run(wanted);
}
