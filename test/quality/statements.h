#pragma once
// What the project says of itself must be true wherever it is read.

#include "quality/tree.h"

namespace anlan::quality {

// Relative links of *.md to files and folders that are not there.
Findings check_links(const Tree&);

// Identifiers in `backticks` of docs/glossary.md that occur nowhere in src, console/src and data.
Findings check_glossary(const Tree&);

// Tests (`Suite.Name`, `Suite.*`) and scenarios (`name.scn`) in `backticks` of docs/requirements.md that are nowhere.
Findings check_requirements(const Tree&);

// Paths of one machine, hosts of package registries, addresses in package-lock.json.
Findings check_places(const Tree&);

// Comments that put work off.
Findings check_unfinished(const Tree&);

}  // namespace anlan::quality
