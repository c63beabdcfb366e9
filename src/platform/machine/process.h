#pragma once
// This process: its time, its surroundings, how it is asked to end.

#include <chrono>
#include <optional>
#include <string>

#include "base/time.h"

namespace anlan::machine {

// The wall clock.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// A variable of the environment.
std::optional<std::string> environment(const std::string& name);

// The folder of the running program; empty where the system does not tell.
std::string program_folder();

// From now on what this process makes is for its own user to read alone.
void keep_files_private();

// Whether a person reads what is printed.
bool writes_to_terminal();

// From now on SIGINT and SIGTERM are kept for wait_for_stop(), and a peer that went away is no signal. Call before the
// first thread.
void keep_stop_signals();
// Sleeps; true as soon as the process is asked to end. Without a time it waits for that.
bool wait_for_stop(std::optional<std::chrono::milliseconds> time = {});
// Asks this process to end, from any thread.
void ask_to_stop();

}  // namespace anlan::machine
