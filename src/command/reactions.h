#pragma once
// What the organisations of this node record when a fact reaches it, on streams of their own: a report is received, a
// clock starts. Facts of this node and facts of others are followed alike, so it makes no difference in meaning which
// organisations share a node (docs/decisions/0019-streams-have-one-writer.md).

#include "command/parties.h"

namespace anlan::command {

// Whether some organisation may have something to record after a fact of this type.
bool calls_for_reaction(std::string_view type);

// What is here of an incident of which this fact is the first, in order, and has waited for it: several lines lead to a
// node, so that an order may come before what it is about.
std::vector<journal::Fact> waiting_for(journal::sql_connection&, const journal::Fact&);

// Of an incident's facts, whether the reaction asks how the incident was before.
bool follows_change(std::string_view type);

// Gathers it. `before`: the incident's grounds without the fact, of those that follow a change. The fact has been
// appended and everything at hand has absorbed it; the unit is of the node itself, in the fact's world. What is missing
// here (an incident of which nothing has come yet) makes the reaction come with the fact that brings it.
void react(Unit&, const journal::Fact&, const Grounds& before);

}  // namespace anlan::command
