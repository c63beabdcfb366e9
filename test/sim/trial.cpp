#include "trial.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <stdexcept>

namespace anlan::sim {
namespace {

constexpr unsigned kLongest = 3600;  // seconds: a run that finds no end is one that halted

std::string written(const Outcome& outcome) {
  std::ostringstream out;
  const Verdict& v = outcome.verdict;
  out << v.lost << ' ' << v.duplicated << ' ' << v.reordered << ' ' << v.diverged << ' ' << v.facts << ' ' << v.stored
      << ' ' << v.promised << '\n'
      << outcome.counts.size() << '\n';
  for (const auto& [what, times] : outcome.counts) out << times << ' ' << what << '\n';
  for (const auto& finding : v.findings) out << finding << '\n';
  return out.str();
}

Told read(const std::string& text) {
  Told told;
  Verdict& v = told.verdict;
  std::istringstream in(text);
  std::size_t counts = 0;
  in >> v.lost >> v.duplicated >> v.reordered >> v.diverged >> v.facts >> v.stored >> v.promised >> counts;
  if (!in) {
    v.find(&Verdict::diverged, "the process halted");
    return told;
  }
  std::string line;
  std::getline(in, line);
  for (std::size_t i = 0; i < counts && std::getline(in, line); ++i) {
    const auto space = line.find(' ');
    told.counts[line.substr(space + 1)] = std::stoll(line);
  }
  while (std::getline(in, line)) v.findings.push_back(line);
  return told;
}

}  // namespace

Told try_out(const std::function<Outcome()>& run) {
  int pipe[2];
  if (::pipe(pipe) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no second process");
  if (child == 0) {
    close(pipe[0]);
    alarm(kLongest);
    const std::string text = written(run());
    for (std::size_t done = 0; done < text.size();) {
      const auto wrote = write(pipe[1], text.data() + done, text.size() - done);
      if (wrote <= 0) break;
      done += static_cast<std::size_t>(wrote);
    }
    _exit(0);
  }
  close(pipe[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got; (got = ::read(pipe[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(got));
  close(pipe[0]);
  waitpid(child, nullptr, 0);
  return read(text);
}

// Which of the figures are not null: a shorter story must fail alike.
unsigned kinds(const Verdict& v) {
  return (v.lost ? 1u : 0) | (v.duplicated ? 2u : 0) | (v.reordered ? 4u : 0) | (v.diverged ? 8u : 0);
}

// Faults first, then large pieces and smaller ones, down to single steps.
std::vector<Step> shortest(World& world, std::uint64_t seed, std::vector<Step> steps, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  const auto verdict = [&](const std::vector<Step>& some) {
    return try_out([&] { return world.play(seed, some); }).verdict;
  };
  const unsigned wanted = kinds(verdict(steps));
  const auto keep = [&](std::vector<Step> fewer) {
    const bool alike = fewer.size() < steps.size() && (kinds(verdict(fewer)) & wanted) != 0;
    if (alike) steps = std::move(fewer);
    return alike;
  };
  auto calm = steps;
  std::erase_if(calm, [](const Step& step) { return is_fault(step.kind); });
  keep(calm);
  for (std::size_t piece = std::max<std::size_t>(1, steps.size() / 2); piece > 0; piece /= 2)
    for (std::size_t end_at = steps.size(); end_at > 0;) {  // from the end: what comes last decides nothing before it
      if (std::chrono::steady_clock::now() > end) return steps;
      const std::size_t from = end_at > piece ? end_at - piece : 0;
      auto fewer = steps;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(from),
                  fewer.begin() + static_cast<std::ptrdiff_t>(end_at));
      keep(std::move(fewer));
      end_at = from;
    }
  return steps;
}

}  // namespace anlan::sim
