#pragma once
// The demo city (data/demo/README.md): invented organisations, people and accounts with public passwords.

#include <string>
#include <vector>

#include "command/executor.h"
#include "main/mistake.h"

namespace anlan::demo {

// Its password is public and printed at the start; only `anlan demo` reads these files.
struct DemoAccount {
  std::string name, person, person_name, organisation, password;
  account::Role role = account::Role::kDutyOfficer;
};

struct City {
  std::vector<std::pair<std::string, organisation::RegisterOrganisation>> organisations;  // by id, superiors first
  std::vector<std::pair<std::string, organisation::RegisterPerson>> people;
  std::vector<DemoAccount> accounts;
};

// `folder` is data/demo.
Result<City, Mistakes> read_city(const std::string& folder);

// Into a node that has none of it; one commit. The passwords need not be changed.
// Through the command path, as the node itself: facts of a demo are facts of the same kinds.
Result<Done> settle(const City&, command::Executor&);

}  // namespace anlan::demo
