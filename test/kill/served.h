#pragma once
// The program `anlan` as a child process, on a directory of the demo city.

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace anlan {

// Standard output and the exit code of `anlan WORDS…`.
struct Ran {
  int code = -1;
  std::string output;
};
Ran run_program(const std::vector<std::string>& words);

// A new folder in which the demo city has lived through its incident; removed with the object.
class CityFolder {
 public:
  CityFolder();
  ~CityFolder();
  CityFolder(const CityFolder&) = delete;
  CityFolder& operator=(const CityFolder&) = delete;

  const std::string& path() const { return path_; }
  // What `anlan verify` says of it, as JSON.
  Ran verify() const { return run_program({"verify", "--json", path_}); }

 private:
  std::string root_, path_;
};

// `anlan serve` on a folder, at a port of its own choice, with no limit of rate worth the name.
class Served {
 public:
  // Returns when it has told its address; port() is 0 when it ended before.
  explicit Served(const std::string& folder);
  // Ends it in order where it still runs.
  ~Served();
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  std::uint16_t port() const { return port_; }
  // Thread safe as long as nobody ends it: SIGKILL, and no word to anybody.
  void kill() const;
  // Waits until it has ended; the exit code, or -1 when a signal ended it.
  int wait();
  // Asks it to end and waits.
  int stop();

 private:
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace anlan
