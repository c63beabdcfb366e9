#pragma once
// How the words of maps are understood; from data/rules/roads.toml.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/road/lay.h"

namespace anlan::roads {

// Which columns of a table say what; the first that is there counts.
struct Columns {
  std::vector<std::string> road_class, one_way, limit, height, weight;
};

// Words are in small letters. Read by main/load_roads; plain values here, so that readers can be tried without a file.
struct Rules {
  road::Profile profile;
  road::Crow crow;
  std::map<std::string, std::optional<road::Class>, std::less<>> classes;  // nothing: no road for vehicles
  road::Class otherwise = road::Class::kMinor;                             // of a word that is not there
  std::vector<std::string> forward, backward;                              // words for one-way
  std::vector<std::string> forbidden;                                      // words for access that keep everybody out
  Columns columns;
  std::string osm_attribution;
};

// What a map says of a line, in its own words; empty where it says nothing.
struct Words {
  std::string road_class, one_way, limit, height, weight;
};

// What the words mean: traits, and whether the way is driven against the order of its points. Numbers may bear a unit
// ("30 mph", "3.5 m", 12'6", "7.5 t"); what is no number is no limit. Nothing where the line is no road for vehicles.
struct Meaning {
  road::Traits traits;
  bool reversed = false;
  bool known = true;  // the class stands in the rules
};
std::optional<Meaning> meaning_of(const Words&, const Rules&);

}  // namespace anlan::roads
