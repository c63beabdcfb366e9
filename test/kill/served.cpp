#include "served.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace anlan {
namespace {

struct Child {
  pid_t process = -1;
  int output = -1;
};

// What the child says on standard error goes where ours goes.
Child spawn(std::vector<std::string> words) {
  words.insert(words.begin(), ANLAN_PROGRAM);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  const pid_t process = ::fork();
  if (process == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::setenv("ANLAN_SHARE", ANLAN_SOURCE_DIR, 1);
    ::execv(ANLAN_PROGRAM, arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return {process, ends[0]};
}

// Appends what comes next; false at the end.
bool read_more(int from, std::string& text) {
  std::array<char, 4096> chunk;
  const auto n = ::read(from, chunk.data(), chunk.size());
  if (n > 0) text.append(chunk.data(), static_cast<std::size_t>(n));
  return n > 0;
}

int exit_code(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::uint16_t port_in(const std::string& text) {
  constexpr std::string_view kBefore = "http://127.0.0.1:";
  const auto at = text.find(kBefore);
  std::uint16_t port = 0;
  if (at != text.npos && text.find('\n', at) != text.npos)
    std::from_chars(text.data() + at + kBefore.size(), text.data() + text.size(), port);
  return port;
}

}  // namespace

Ran run_program(const std::vector<std::string>& words) {
  const Child child = spawn(words);
  Ran ran;
  while (read_more(child.output, ran.output)) {
  }
  ::close(child.output);
  ran.code = exit_code(child.process);
  return ran;
}

CityFolder::CityFolder() : root_((std::filesystem::temp_directory_path() / "anlan-kill-XXXXXX").string()) {
  if (!::mkdtemp(root_.data())) return;
  path_ = root_ + "/node";
  run_program({"demo", "--once", "--port", "0", "--data", path_});
}

CityFolder::~CityFolder() { std::filesystem::remove_all(root_); }

Served::Served(const std::string& folder) {
  const Child child = spawn({"serve", "--port", "0", "--data", folder, "--set", "limits.rate_factor=1000000"});
  process_ = child.process;
  std::string said;
  while ((port_ = port_in(said)) == 0 && read_more(child.output, said)) {
  }
  ::close(child.output);
}

Served::~Served() {
  if (process_ > 0) stop();
}

void Served::kill() const { ::kill(process_, SIGKILL); }

int Served::wait() { return exit_code(std::exchange(process_, -1)); }

int Served::stop() {
  ::kill(process_, SIGTERM);
  return wait();
}

}  // namespace anlan
