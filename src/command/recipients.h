#pragma once
// Whom a warning would reach.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/warning/types.h"

namespace anlan::command {

// One who is to be called on a warning, and for which place. `contact` 0: nobody is, and the place must stand out.
struct CalledPerson {
  std::string division, role;
  std::int64_t contact = 0;
};

// How somebody is reached by word of mouth.
struct KnownPerson {
  std::string name, phone;
};

// The contacts of the node. Asked on the writer's thread while it decides, and on others for those who compose, so that
// it must be thread safe and answer within a millisecond or so; outlives whoever asks.
class Recipients {
 public:
  virtual ~Recipients() = default;
  // How many people in the area and among the audience belong to the organisation's divisions, each once.
  virtual std::int64_t count(const warning::Content&, const std::string& organisation) const = 0;
  // People in the area who bear one of the roles and whose places are the organisation's own to call: no other active
  // organisation is nearer to them. By place, then in the order of the roles; whoever answers for several places is
  // called for each. Warned places of its own for which nobody is responsible are among them.
  virtual std::vector<CalledPerson> callees(const warning::Area&, const std::vector<std::string>& roles,
                                            const std::string& organisation) const = 0;
  // Nothing where there is none.
  virtual std::optional<KnownPerson> person(std::int64_t contact) const = 0;
};

}  // namespace anlan::command
