// sim_mutants [SEEDS]: plants one mistake after the other and plays small worlds until one is found unsound. Prints the
// table of docs/simulator.md; ends with 1 where a mistake was not found, or a world without one is unsound.

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "mutants.h"
#include "trial.h"

namespace anlan::sim {
namespace {

constexpr std::uint64_t kSmallWorlds = 8;  // then larger ones for longer

// Set up anew each time, since a mistake may show already there.
Outcome played(const Mistake& mistake, std::uint64_t seed) {
  plant(mistake.name);
  const bool large = seed > kSmallWorlds;
  World world(large ? Size{2, 2} : Size{1, 2});
  const Measure measure{large ? 10 : 4, large ? 60 : 80, 10, mistake.work};
  return world.play(seed, draw_steps(seed, world.names().size(), world.now(), measure));
}

bool found(const Mistake& mistake, std::uint64_t seeds) {
  const auto began = std::chrono::steady_clock::now();
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto told = try_out([&] { return played(mistake, seed); });
    if (told.verdict.sound()) continue;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("| %s | %s | %llu | %.1f | %s |\n", std::string(mistake.name).c_str(),
                std::string(mistake.breaks).c_str(), static_cast<unsigned long long>(seed), took.count(),
                told.verdict.findings.front().substr(0, 90).c_str());
    std::fflush(stdout);
    return true;
  }
  std::printf("| %s | %s | not found |\n", std::string(mistake.name).c_str(), std::string(mistake.breaks).c_str());
  std::fflush(stdout);
  return false;
}

}  // namespace
}  // namespace anlan::sim

int main(int count, char** arguments) {
  using namespace anlan::sim;
  const std::uint64_t seeds = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 40;
  bool all = true;
  if (const auto told = try_out([] { return played({}, 1); }); !told.verdict.sound()) {
    std::printf("unsound without a mistake: %s\n", told.verdict.findings.front().c_str());
    all = false;
  }
  for (const auto& mistake : mistakes()) all = found(mistake, seeds) && all;
  return all ? 0 : 1;
}
