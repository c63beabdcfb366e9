#include "command/own_node.h"

namespace anlan::command {

bool owns_node(const state::Directory& directory, const Reference& reference, const std::string& organisation) {
  const auto* o = directory.organisations.organisation(organisation);
  return o && o->active && !o->external && o->node == reference.node && o->division == reference.division;
}

bool runs_channels(const state::Directory& directory, const Reference& reference, const account::Actor& actor) {
  return actor.has(account::Role::kSystemAdmin) || owns_node(directory, reference, actor.organisation);
}

}  // namespace anlan::command
