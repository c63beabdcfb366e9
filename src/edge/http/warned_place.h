#pragma once
// Whether a place is warned.

#include "command/reference.h"
#include "state/directory.h"
#include "state/stored.h"

namespace anlan::edge {

// kPartly: some of the place lies in the area, or the place lies near it. Nothing of a place without a known point can
// be said of drawn areas: kPartly too, since silence would be the worse fault. A county is judged by the towns in it, a
// city by its counties.
enum class Warned { kNo, kPartly, kYes };

// Metres from a drawn area within which a town's point counts as near: towns reach some kilometres around it.
inline constexpr double kNear_m = 5000;

// The place is one of the reference's divisions.
Warned warned(const warning::Area&, const command::Reference&, const division::Division& place);

// The same of an issuer's division: whatever was drawn, a warning says nothing of what lies outside.
Warned warned_by(std::string_view issuer, const warning::Area&, const command::Reference&,
                 const division::Division& place);
// The division of who has issued the warning, or the node's where it is not known.
std::string_view division_of_issuer(const warning::Warning&, const state::Directory&, const command::Reference&);

}  // namespace anlan::edge
