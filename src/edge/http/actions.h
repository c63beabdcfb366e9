#pragma once
// What a viewer may do now, by role, by the state of the noun and by whose it is: names of commands. The commands judge
// again; this only keeps a console from offering what would be refused.

#include <string>
#include <vector>

#include "edge/http/page.h"
#include "state/stored.h"

namespace anlan::edge {

using Actions = std::vector<std::string>;

Actions actions_on(const Page&, const incident::Incident&, const incident::Parties&);
Actions actions_on(const Page&, const report::Report&);
Actions actions_on(const Page&, const instruction::Instruction&);
Actions actions_on(const Page&, const warning::Warning&);
Actions actions_on(const Page&, const callout::Callout&);
Actions actions_on(const Page&, const alert::Alert&);

}  // namespace anlan::edge
