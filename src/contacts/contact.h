#pragma once
// Whom warnings reach: people of villages, enterprises and posts, by place, role, hazard and vulnerability.

#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"

namespace anlan::contacts {

// One line of a list. `follows`: divisions whose warnings reach it wherever it lives, as of a child in another city.
// `reference`: its name in the list, for good. `device`: a loudspeaker or screen, by the name under which it takes
// commands. Words are the site's own; a line without a telephone, a mail address and a device reaches nobody and is not
// taken.
struct Contact {
  std::string reference, name, phone, mail, device = {};
  std::string division;  // 6, 9 or 12 digits
  std::optional<LngLat> point;
  std::vector<std::string> roles, hazards, vulnerabilities;
  std::vector<std::string> follows = {};
};

// How they are reached; personal data, sealed in the store and read for sending alone.
struct Address {
  std::string name, phone, mail, device = {};
};

}  // namespace anlan::contacts
