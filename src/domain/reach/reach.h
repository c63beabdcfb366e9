#pragma once
// What is known of how far a warning came, version by version.

#include "domain/reach/facts.h"

namespace anlan::reach {

// The last count of each version, and when it was made.
struct Reach {
  std::string warning, organisation;
  struct Version {
    std::int64_t number = 0;
    std::vector<Count> channels;
    bool complete = false;
    Instant counted_at;
  };
  std::vector<Version> versions;  // by number

  bool exists() const { return !organisation.empty(); }
  // Null where it was not counted.
  const Version* version(std::int64_t number) const;
};

void apply(Reach&, const Fact&, Instant at);

// Whether another node's fact can be the next one of the stream.
bool fits(const std::string& warning, const std::string& organisation, const Fact&);

// Nothing where the count is known already.
std::vector<Fact> decide(const Reach&, const Counted&);

}  // namespace anlan::reach
