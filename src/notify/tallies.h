#pragma once
// What became of the messages of warnings, as it goes into the journal: counts, no names.

#include <map>
#include <string>
#include <vector>

#include "domain/reach/types.h"
#include "notify/notices.h"

namespace anlan::notify {

struct Tally {
  std::string warning, world;
  std::int64_t warning_version = 0;
  std::vector<reach::Count> channels;  // by kind, one of warning::kChannels
  bool complete = false;               // nothing waits any more
  bool operator==(const Tally&) const = default;
};

// Belongs to one thread.
class Tallies {
 public:
  using Reading = std::function<std::unique_ptr<sql::Connection>(outbox::World)>;
  Tallies(std::vector<Way> ways, Reading reading) : ways_(std::move(ways)), reading_(std::move(reading)) {}

  // Those that are worth being recorded: changed since they were given last, and not more often than once a minute
  // unless they are complete. Throws sql::Error.
  std::vector<Tally> changed(sql::Connection& journal, Instant now);

 private:
  std::optional<Tally> count(sql::Connection& journal, const std::string& warning, const std::string& world,
                             Instant now);
  struct Told {
    Tally tally;
    Instant at;
  };

  const std::vector<Way> ways_;
  const Reading reading_;
  std::map<std::string, Told> told_;  // by warning
};

}  // namespace anlan::notify
