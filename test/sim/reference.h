#pragma once
// The tables by which the simulated nodes decide: those that are shipped, as far as they are of the city.

#include <string>
#include <vector>

#include "command/reference.h"

namespace anlan::sim {

// Codes of the counties of the city.
std::vector<std::string> county_codes();
// Rules by which every level owes reports, some from learning of an incident, some from the event itself.
command::Reference reference_of(const std::string& node, const std::string& division);

}  // namespace anlan::sim
