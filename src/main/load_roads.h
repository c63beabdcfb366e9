#pragma once
// data/rules/roads.toml, or the node's own: how maps of roads are understood and how fast roads are driven.

#include "main/configuration.h"
#include "main/mistake.h"
#include "roads/rules.h"

namespace anlan {

// Mistakes are added; the rules are of use only where there are none.
roads::Rules load_road_rules(const Configuration&, Mistakes&);
roads::Rules load_road_rules(const std::string& file, Mistakes&);

}  // namespace anlan
