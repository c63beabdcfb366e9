#include "roads/import.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "geo/road/hierarchy.h"
#include "geo/road/order.h"
#include "platform/machine/stream.h"

namespace anlan::roads {
namespace {

// Of each part of a shapefile, which is held while it is read.
constexpr std::size_t kLargestShapefile = std::size_t{1} << 30;

// Opened once to say that it can be; a file that goes away later reads as one that is cut off.
Outcome<Opening> opening_of(const std::string& file) {
  if (auto reader = machine::FileReader::open(file); !reader.ok())
    return refuse_file("unreadable", file, reader.error().what);
  return Opening([file]() -> Bytes {
    auto reader = machine::FileReader::open(file);
    if (!reader.ok()) return [](std::size_t) { return std::string(); };
    return [held = std::move(*reader)](std::size_t most) mutable { return held.read(most); };
  });
}

// The part of a shapefile beside its .shp, in small or large letters; empty where it is not there.
Outcome<std::string> part_of(const std::string& file, const std::string& ending) {
  const std::string base = file.substr(0, file.size() - 4);
  std::string large = ending;
  std::ranges::transform(large, large.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  for (const std::string& name : {base + ending, base + large}) {
    auto reader = machine::FileReader::open(name);
    if (!reader.ok()) continue;
    std::string bytes;
    for (std::string piece = reader->read(1 << 20); !piece.empty(); piece = reader->read(1 << 20)) {
      bytes += piece;
      if (bytes.size() > kLargestShapefile)
        return refuse_file("too_large", name, std::to_string(kLargestShapefile >> 20));
    }
    return bytes;
  }
  return std::string();
}

Outcome<Done> read_shapefile_parts(const std::string& file, const Rules& rules, Lines& lines) {
  Shapefile shapefile;
  for (auto [bytes, ending] : {std::pair(&shapefile.shp, ".shp"), std::pair(&shapefile.shx, ".shx"),
                               std::pair(&shapefile.dbf, ".dbf"), std::pair(&shapefile.prj, ".prj")}) {
    auto part = part_of(file, ending);
    if (!part.ok()) return part.error();
    *bytes = std::move(*part);
  }
  if (shapefile.shp.empty()) return refuse_file("unreadable", file);
  return read_shapefile(file, shapefile, rules, lines);
}

enum class Form { kOsm, kGeojson, kShapefile };

// By the name: a reader then refuses what does not look like it inside.
std::optional<Form> form_of(const std::string& file) {
  const std::string name = lower(file);
  if (name.ends_with(".pbf")) return Form::kOsm;
  if (name.ends_with(".geojson") || name.ends_with(".json")) return Form::kGeojson;
  if (name.ends_with(".shp")) return Form::kShapefile;
  return std::nullopt;
}

Outcome<Done> read_file(const std::string& file, const Rules& rules, Lines& lines) {
  const auto form = form_of(file);
  if (!form) return refuse_file("form", file);
  const auto open = opening_of(file);
  if (!open.ok()) return open.error();
  if ((*open)()(1).empty()) return refuse_file("empty", file);
  const std::size_t before = lines.ways().size();
  auto read = *form == Form::kOsm       ? read_osm(file, *open, rules, lines)
              : *form == Form::kGeojson ? read_geojson(file, *open, rules, lines)
                                        : read_shapefile_parts(file, rules, lines);
  if (read.ok() && lines.ways().size() == before) return refuse_file("empty", file);
  return read;
}

void put_before(const std::vector<std::string>& given, std::vector<std::string>& columns) {
  if (!given.empty()) columns = given;
}

// Each source once, in the order of the letters.
std::string source_of(const std::vector<std::string>& files, const Rules& rules, const Given& given) {
  if (!given.source.empty()) return given.source.substr(0, kMostSource);
  std::set<std::string> sources;
  for (const std::string& file : files)
    sources.insert(form_of(file) == Form::kOsm ? rules.osm_attribution : file.substr(file.rfind('/') + 1));
  std::string all;
  for (const std::string& source : sources) all += (all.empty() ? "" : "; ") + source;
  return all.substr(0, kMostSource);
}

// Roads that have one end in the largest part belong to it on one side only, and nobody is sent over them.
void count(Imported& imported) {
  const road::Network& network = *imported.network;
  imported.cut_off = network.nodes() - network.main_nodes();
  for (const road::Road& r : network.roads()) {
    imported.km[static_cast<std::size_t>(r.traits.road_class)] += r.length_m / 1000;
    if (!network.is_main(r.tail) || !network.is_main(r.head)) imported.cut_off_km += r.length_m / 1000;
  }
}

}  // namespace

Outcome<Imported> read_maps(const std::vector<std::string>& files, const Rules& given_rules, const Given& given) {
  Rules rules = given_rules;
  put_before(given.columns.road_class, rules.columns.road_class);
  put_before(given.columns.one_way, rules.columns.one_way);
  put_before(given.columns.limit, rules.columns.limit);
  put_before(given.columns.height, rules.columns.height);
  put_before(given.columns.weight, rules.columns.weight);
  Lines lines(given.datum);
  for (const std::string& file : files)
    if (auto read = read_file(file, rules, lines); !read.ok()) return read.error();
  const road::Laid laid = road::lay(lines.places(), lines.ways());
  if (laid.network.roads().empty()) return refuse_file("empty", files.front());
  Imported imported;
  imported.network =
      std::make_unique<const road::Network>(road::in_order(laid.network, road::contraction_order(laid.network)));
  if (!road::Hierarchy::over(*imported.network)) return refuse_file("too_dense", files.front());
  imported.source = source_of(files, rules, given);
  imported.left_out = lines.left_out();
  if (laid.dropped > 0) imported.left_out["short"] += laid.dropped;
  imported.unknown_classes = lines.unknown_classes();
  count(imported);
  return imported;
}

Outcome<std::optional<Kept>> read_kept(const std::string& node_folder) {
  const std::string file = file_of(node_folder);
  if (!machine::is_file(file)) return std::optional<Kept>();
  const auto bytes = machine::read_file(file);
  if (!bytes.ok()) return refuse_file("unreadable", file, bytes.error().what);
  auto kept = from_bytes(*bytes, file);
  if (!kept.ok()) return kept.error();
  return std::optional<Kept>(std::move(*kept));
}

// By another name first and renamed on the disk: a node that starts meanwhile has the old roads or the new ones.
Result<Done> keep(const std::string& node_folder, const Imported& imported, Instant now) {
  if (auto made = machine::make_folder(node_folder + "/roads"); !made.ok()) return made;
  return machine::write_file(file_of(node_folder), to_bytes(*imported.network, imported.source, now));
}

}  // namespace anlan::roads
