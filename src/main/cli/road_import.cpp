#include "main/cli/road_import.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/json_write.h"
#include "main/load.h"
#include "main/load_roads.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "roads/import.h"

namespace anlan::cli {
namespace {

// What lies farther from every place of the node's area is the map of another one.
constexpr double kElsewhere_m = 200'000;

std::string whole(double value) { return fmt::format("{:.0f}", value); }

double km_of(const roads::Imported& imported) {
  double km = 0;
  for (const double of_class : imported.km) km += of_class;
  return km;
}

// Nothing where the area has no places to compare with.
std::optional<double> distance_from_area(const Configuration& c, const road::Network& network) {
  const auto reference = load_reference(c);
  const auto bounds = network.bounds();
  if (!reference.ok() || !bounds) return std::nullopt;
  const auto& [low, high] = std::pair(bounds->south_west, bounds->north_east);
  const LngLat middle{(low.lng + high.lng) / 2, (low.lat + high.lat) / 2};
  std::optional<double> least;
  for (const auto level : {division::Level::kCounty, division::Level::kTown})
    if (const auto near = reference->divisions.nearest(middle, level))
      least = std::min(least.value_or(near->distance_m), near->distance_m);
  return least;
}

// The rest would scroll away what matters.
std::vector<std::pair<std::size_t, std::string>> most_frequent(const std::map<std::string, std::size_t>& words) {
  constexpr std::size_t kMostTold = 20;
  std::vector<std::pair<std::size_t, std::string>> told;
  for (const auto& [word, count] : words) told.emplace_back(count, word);
  std::ranges::sort(told, std::greater());
  if (told.size() > kMostTold) told.resize(kMostTold);
  return told;
}

// For a person: what was read, and what was not and why.
void tell(const Program& program, const roads::Imported& imported, const roads::Rules& rules) {
  const auto& texts = program.texts();
  program.say("roads_imported", {{"nodes", std::to_string(imported.network->nodes())},
                                 {"roads", std::to_string(imported.network->roads().size())},
                                 {"km", whole(km_of(imported))}});
  const auto class_of = [&](road::Class one) {
    return texts.get(program.locale(), "roads_class." + std::string(name_of(one)));
  };
  for (const auto& [one, name] : names_of(road::Class{}))
    if (const double km = imported.km[static_cast<std::size_t>(one)]; km > 0)
      program.say("roads_class", {{"class", class_of(one)}, {"km", whole(km)}});
  if (imported.cut_off > 0)
    program.say("roads_cut_off", {{"nodes", std::to_string(imported.cut_off)}, {"km", whole(imported.cut_off_km)}});
  for (const auto& [why, count] : imported.left_out)
    program.say("roads_left_out",
                {{"count", std::to_string(count)}, {"why", texts.get(program.locale(), "roads_left_out." + why)}});
  for (const auto& [count, word] : most_frequent(imported.unknown_classes))
    program.say("roads_unknown_class",
                {{"word", word}, {"count", std::to_string(count)}, {"class", class_of(rules.otherwise)}});
  program.say("roads_source", {{"source", imported.source}});
}

// For a script: the same figures under fixed names.
void tell_json(const Program& program, const roads::Imported& imported) {
  std::string out;
  {
    json::Object object(out);
    object.member("nodes", static_cast<std::int64_t>(imported.network->nodes()));
    object.member("roads", static_cast<std::int64_t>(imported.network->roads().size()));
    object.key("km");
    {
      json::Object km(out);
      for (const auto& [one, name] : names_of(road::Class{}))
        km.member(name, imported.km[static_cast<std::size_t>(one)]);
    }
    object.member("cut_off", static_cast<std::int64_t>(imported.cut_off));
    object.member("cut_off_km", imported.cut_off_km);
    object.key("left_out");
    {
      json::Object left_out(out);
      for (const auto& [why, count] : imported.left_out) left_out.member(why, static_cast<std::int64_t>(count));
    }
    object.member("source", imported.source);
  }
  program.print(out);
}

// So that a slip, a town's roads in place of the city's, is seen at once.
void tell_before(const Program& program, const Configuration& c) {
  const auto kept = roads::read_kept(c.data);
  if (program.json() || !kept.ok() || !*kept) return;
  program.say("roads_before", {{"nodes", std::to_string((*kept)->network->nodes())},
                               {"roads", std::to_string((*kept)->network->roads().size())},
                               {"time", to_rfc3339((*kept)->imported_at)}});
}

std::vector<std::string> one(const std::string& column) {
  return column.empty() ? std::vector<std::string>() : std::vector{column};
}

}  // namespace

int import_roads(const Program& program, const RoadFiles& given) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  Mistakes mistakes;
  const roads::Rules rules = load_road_rules(*c, mistakes);
  for (const Mistake& mistake : mistakes) program.complain_of(mistake);
  if (!mistakes.empty()) return kConfiguration;
  const roads::Given said{
      *named<geo::Datum>(given.datum),
      {one(given.road_class), one(given.one_way), one(given.limit), one(given.height), one(given.weight)},
      given.source};
  const auto imported = roads::read_maps(given.files, rules, said);
  if (!imported.ok()) return program.refuse(imported.error());
  if (const auto far = distance_from_area(*c, *imported->network); !given.force && far && *far > kElsewhere_m)
    return program.refuse(roads::refuse_file("elsewhere", given.files.front(), whole(*far / 1000)));
  tell_before(program, *c);
  machine::SystemClock clock;
  if (const auto kept = roads::keep(c->data, *imported, clock.now()); !kept.ok()) return program.fail(kept.error());
  if (const auto handed = machine::give_to_owner(c->data); !handed.ok()) return program.fail(handed.error());
  if (program.json()) return tell_json(program, *imported), kSuccess;
  tell(program, *imported, rules);
  program.say("roads_kept", {{"file", roads::file_of(c->data)}});
  return kSuccess;
}

std::shared_ptr<const RoadFiles> add_road_import(CLI::App& import, Program& program) {
  auto given = std::make_shared<RoadFiles>();
  CLI::App* roads = program.add(import, "roads", "import_roads", nullptr);
  roads->add_option("FILE", given->files, program.help("import_roads_files"))->required();
  std::vector<std::string> datums;
  for (const auto& [_, name] : names_of(geo::Datum{})) datums.emplace_back(name);
  roads->add_option("--datum", given->datum, program.help("import_roads_datum"))
      ->check(CLI::IsMember(datums).description(""));
  roads->add_option("--class", given->road_class, program.help("import_roads_class"));
  roads->add_option("--one-way", given->one_way, program.help("import_roads_one_way"));
  roads->add_option("--limit", given->limit, program.help("import_roads_limit"));
  roads->add_option("--height", given->height, program.help("import_roads_height"));
  roads->add_option("--weight", given->weight, program.help("import_roads_weight"));
  roads->add_option("--source", given->source, program.help("import_roads_source"));
  roads->add_flag("--force", given->force, program.help("import_roads_force"));
  program.add_configuration(*roads);
  program.add_json(*roads);
  return given;
}

}  // namespace anlan::cli
