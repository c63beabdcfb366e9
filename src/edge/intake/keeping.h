#pragma once
// The bytes of messages, in files beside the journal named by their digest. They are laid down before the command that
// speaks of them, so that no fact is without its bytes; what no fact speaks of after all does not stay.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace anlan::edge::intake {

// Of refused messages, a source and a day of UTC; of more the facts alone are kept. Whoever forges must not be able to
// fill the disk.
inline constexpr std::size_t kMostRefusedBytes = 50 << 20;

// What became of a message: a fact speaks of its bytes, a fact says that they were refused, no fact does.
enum class Became { kTaken, kRefused, kNothing };

// Thread safe; of one process.
class Keeping {
 public:
  explicit Keeping(std::string folder) : folder_(std::move(folder)) {}

  // Nothing where they are not on this machine.
  std::optional<std::string> kept(const std::string& sm3) const;
  // On the disk when it returns. Each that does not fail is followed by one settle().
  Result<Done> lay(const std::string& sm3, std::string_view bytes);
  // The same bytes may come by two ways at once: they go when the last of these does not need them. False the first
  // time on a day that a source's refused bytes are too many.
  bool settle(const std::string& source, const std::string& sm3, std::size_t size, Became, Instant now);

 private:
  struct Laid {
    int pending = 0;
    bool is_new = false, needed = false;
  };
  struct Refused {
    std::int64_t day = 0;
    std::size_t bytes = 0;
    bool is_told = false;
  };

  // Whether the bytes fit into what the source may have refused on that day.
  bool fits(Refused&, std::size_t size, Instant now) const;
  std::string path_of(const std::string& sm3) const;

  const std::string folder_;
  std::mutex mutex_;
  std::map<std::string, Laid> laid_;        // by digest: what waits for its command
  std::map<std::string, Refused> refused_;  // by source
};

}  // namespace anlan::edge::intake
