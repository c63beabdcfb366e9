#pragma once
// From files of maps to the network of a node.

#include <memory>
#include <string>
#include <vector>

#include "roads/lines.h"
#include "roads/store.h"

namespace anlan::roads {

// What somebody says of the files beyond what they say themselves.
struct Given {
  geo::Datum datum = geo::Datum::kCgcs2000;  // WGS-84 is the same here to within a metre
  Columns columns;                           // before those of the rules
  std::string source;                        // whom to name; empty: what the rules say of OpenStreetMap, else the files
};

// What came of it, with what a person must be told; nothing of it is stored yet.
struct Imported {
  std::unique_ptr<const road::Network> network;  // in_order()
  std::string source;
  std::array<double, road::kClasses> km{};
  std::size_t cut_off = 0;  // nodes that cannot be driven to from the largest part, or from which it cannot be reached
  double cut_off_km = 0;    // of roads that have such an end
  LeftOut left_out;
  std::map<std::string, std::size_t> unknown_classes;
};

// All files together become one network; which form each has is seen by its name (.osm.pbf, .pbf; .geojson, .json;
// .shp with those of its name beside it) and its bytes. Nothing is written. Refused: "roads.CODE".
Outcome<Imported> read_maps(const std::vector<std::string>& files, const Rules&, const Given&);

// Reads what the node has. Nothing where it has none. Refused as from_bytes().
Outcome<std::optional<Kept>> read_kept(const std::string& node_folder);
// Whole or not at all, in place of what was there.
Result<Done> keep(const std::string& node_folder, const Imported&, Instant now);

}  // namespace anlan::roads
