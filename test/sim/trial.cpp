#include "trial.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <stdexcept>

namespace anlan::sim {
namespace {

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
  for (ssize_t got; (got = ::read(pipe[0], buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(got));
  close(pipe[0]);
  waitpid(child, nullptr, 0);
  return read(text);
}

// Large pieces first, then smaller ones, down to single steps.
std::vector<Step> shortest(World& world, std::uint64_t seed, std::vector<Step> steps, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  for (std::size_t piece = steps.size() / 2; piece > 0; piece /= 2)
    for (bool less = true; less;) {
      less = false;
      for (std::size_t from = 0; from < steps.size();) {
        if (std::chrono::steady_clock::now() > end) return steps;
        auto fewer = steps;
        const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
        fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(piece, steps.size() - from)));
        if (try_out([&] { return world.play(seed, fewer); }).verdict.sound()) {
          from += piece;
        } else {
          steps = std::move(fewer);
          less = true;
        }
      }
      if (piece > 1) break;
    }
  return steps;
}

}  // namespace anlan::sim
