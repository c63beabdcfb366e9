#pragma once
// `anlan import roads FILE…`

#include <memory>
#include <string>
#include <vector>

#include "main/cli/program.h"

namespace anlan::cli {

// What it was given.
struct RoadFiles {
  std::vector<std::string> files;
  std::string datum = "cgcs2000", source;
  std::string road_class, one_way, limit, height, weight;
  bool force = false;
};

// Below `import`; to be done by import_roads() when it was chosen.
std::shared_ptr<const RoadFiles> add_road_import(CLI::App& import, Program&);
int import_roads(const Program&, const RoadFiles&);

}  // namespace anlan::cli
