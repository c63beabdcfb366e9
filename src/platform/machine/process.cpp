#include "platform/machine/process.h"

#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace anlan::machine {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

Instant SystemClock::now() const { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

std::string program_folder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::string() : program.parent_path().string();
}

void keep_files_private() { ::umask(0077); }

bool writes_to_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

void keep_stop_signals() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

bool wait_for_stop(std::optional<std::chrono::milliseconds> time) {
  const sigset_t set = stop_signals();
  if (!time) {
    while (sigwaitinfo(&set, nullptr) < 0 && errno == EINTR) {
    }
    return true;
  }
  const auto whole = std::chrono::floor<std::chrono::seconds>(*time);
  const timespec span{static_cast<time_t>(whole.count()),
                      static_cast<long>(std::chrono::nanoseconds(*time - whole).count())};
  return sigtimedwait(&set, nullptr, &span) > 0;
}

void ask_to_stop() { ::kill(::getpid(), SIGTERM); }

}  // namespace anlan::machine
