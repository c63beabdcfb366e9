// Maps of roads from anywhere, in each form that is imported, and the file that they are kept in. The first byte says
// which; of a shapefile the next eight say how long .shp and .shx are, the rest is .dbf. What is read must make a
// network whose ways all methods agree on.

#include <cstdint>
#include <cstring>

#include "geo/road/climb.h"
#include "geo/road/lay.h"
#include "hostile.h"
#include "roads/lines.h"
#include "roads/store.h"

namespace {

using namespace anlan;

roads::Rules rules() {
  roads::Rules rules;
  rules.classes = {{"primary", road::Class::kPrimary}, {"footway", std::nullopt}};
  rules.profile.kmh.fill(30);
  rules.forward = {"yes"};
  rules.backward = {"-1"};
  rules.columns = {{"highway"}, {"oneway"}, {"maxspeed"}, {"maxheight"}, {"maxweight"}};
  return rules;
}

roads::Shapefile shapefile_of(std::string_view bytes) {
  std::uint32_t sizes[2] = {};
  if (bytes.size() < sizeof sizes) return {};
  std::memcpy(sizes, bytes.data(), sizeof sizes);
  bytes.remove_prefix(sizeof sizes);
  roads::Shapefile shapefile;
  for (const auto& [part, size] : {std::pair(&shapefile.shp, sizes[0]), std::pair(&shapefile.shx, sizes[1])}) {
    *part = bytes.substr(0, size);
    bytes.remove_prefix(part->size());
  }
  shapefile.dbf = bytes;
  return shapefile;
}

void check(const road::Network& network) {
  const auto hierarchy = road::Hierarchy::over(network);
  if (!hierarchy || network.nodes() < 2) return;
  const road::Metric metric(std::make_shared<const road::Hierarchy>(*hierarchy),
                            road::travel_times(network, rules().profile));
  road::Search search(network);
  road::Climb climb(*hierarchy);
  const road::Start from[] = {{0, 0}}, to[] = {{static_cast<road::Node>(network.nodes() - 1), 0}};
  require(search.dijkstra(metric.weights(), from, to).ms == climb.way(metric, from, to).ms, "two methods agree");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 4 == 3) {
    if (const auto kept = roads::from_bytes(bytes, "file"); kept.ok()) check(*kept->network);
    return 0;
  }
  const roads::Opening open = [&]() -> roads::Bytes {
    return [&bytes, at = std::size_t{0}](std::size_t most) mutable {
      std::string piece = bytes.substr(at, most);
      at += piece.size();
      return piece;
    };
  };
  roads::Lines lines(geo::Datum::kGcj02);
  const auto read = data[0] % 4 == 0   ? roads::read_osm("file", open, rules(), lines)
                    : data[0] % 4 == 1 ? roads::read_geojson("file", open, rules(), lines)
                                       : roads::read_shapefile("file", shapefile_of(bytes), rules(), lines);
  if (read.ok()) check(road::lay(lines.places(), lines.ways()).network);
  return 0;
}
