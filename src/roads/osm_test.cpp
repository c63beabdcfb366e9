#include <gmock/gmock.h>

#include "roads/maps_fixture.h"

namespace anlan::roads {
namespace {

const std::string kFile = "map.osm.pbf";

std::vector<Osm::OsmNode> nodes(std::int64_t from, std::int64_t to) {
  std::vector<Osm::OsmNode> all;
  for (std::int64_t id = from; id <= to; ++id) all.push_back({id, {119 + static_cast<double>(id) / 1000, 36}});
  return all;
}

struct Read {
  Lines lines{geo::Datum::kCgcs2000};
  std::optional<Refusal> refusal;
};
Read read(const std::string& bytes) {
  Read r;
  const auto done = read_osm(kFile, opening(bytes), test_rules(), r.lines);
  if (!done.ok()) r.refusal = done.error();
  return r;
}
std::string code_of(const std::string& bytes) {
  const Read r = read(bytes);
  return r.refusal ? r.refusal->code : "";
}

TEST(Osm, GivesRoadsWithWhatTheirTagsSay) {
  Osm map;
  map.way({1, 2, 3}, {{"highway", "primary"}, {"maxspeed", "30 mph"}, {"maxheight", "12'6\""}, {"maxweight", "7.5 t"}});
  map.way({3, 4}, {{"highway", "residential"}, {"oneway", "-1"}, {"maxheight", "3.85"}, {"maxspeed", "none"}});
  map.way({4, 5}, {{"highway", "motorway"}});
  map.way({5, 6, 7}, {{"highway", "tertiary"}, {"junction", "roundabout"}});
  map.way({6, 7}, {{"highway", "footway"}});
  map.way({6, 7}, {{"highway", "service"}, {"access", "no"}});
  map.way({6, 7}, {{"highway", "service"}, {"access", "no"}, {"emergency", "yes"}});
  map.way({6, 7}, {{"route", "ferry"}});
  map.way({1, 2, 3, 1}, {{"building", "yes"}});
  map.dense(nodes(1, 6)).plain({7, {119.007, 36}});  // behind the ways
  const Read r = read(map.bytes);
  ASSERT_FALSE(r.refusal) << r.refusal->code;
  const auto& ways = r.lines.ways();
  ASSERT_EQ(ways.size(), 6u);
  EXPECT_EQ(ways[0].places.size(), 3u);
  EXPECT_EQ(ways[0].traits, (road::Traits{road::Class::kPrimary, false, 48, 0, 381, 750}));
  EXPECT_EQ(ways[1].traits, (road::Traits{road::Class::kResidential, true, 0, 0, 385, 0}));
  EXPECT_TRUE(ways[1].reversed);
  EXPECT_TRUE(ways[2].traits.one_way);
  EXPECT_TRUE(ways[3].traits.one_way);
  EXPECT_FALSE(ways[3].reversed);
  EXPECT_EQ(ways[4].traits.road_class, road::Class::kService);
  EXPECT_EQ(ways[5].traits.road_class, road::Class::kFerry);
  EXPECT_EQ(r.lines.places()[ways[0].places[1]], (road::Spot{1'190'020'000, 360'000'000}));
}

TEST(Osm, CutsAWayWhereTheExtractEnds) {
  Osm map;
  map.way({1, 2, 90, 3, 4, 91, 5}, {{"highway", "primary"}}).dense(nodes(1, 5));
  const Read r = read(map.bytes);
  ASSERT_FALSE(r.refusal);
  EXPECT_EQ(r.lines.ways().size(), 2u);
}

TEST(Osm, IsRefusedWhereItIsForeignOrEmpty) {
  EXPECT_EQ(code_of("PK\3\4 a spreadsheet"), "roads.osm_broken");
  EXPECT_EQ(code_of(Osm({"OsmSchema-V0.6", "HistoricalInformation"}).bytes), "roads.osm_feature");
  EXPECT_EQ(code_of(Osm().bytes), "roads.empty");
  EXPECT_EQ(code_of(Osm().dense(nodes(1, 3)).bytes), "roads.empty");
  EXPECT_EQ(code_of(Osm().way({1, 2}, {{"highway", "footway"}}).bytes), "roads.empty");
}

TEST(Osm, CutShortAnywhereIsRefusedOrNothing) {
  Osm map;
  map.dense(nodes(1, 9)).way({1, 2, 3}, {{"highway", "primary"}}).way({3, 4}, {{"highway", "primary"}});
  ASSERT_EQ(code_of(map.bytes), "");
  std::size_t refused = 0;
  for (std::size_t size = 0; size < map.bytes.size(); ++size) refused += !code_of(map.bytes.substr(0, size)).empty();
  EXPECT_GE(refused + 1, map.bytes.size());  // but for where one block ends and the next begins
}

TEST(Osm, FlippedAnywhereIsSurvived) {
  Osm map;
  map.dense(nodes(1, 9)).way({1, 2, 3}, {{"highway", "primary"}});
  for (std::size_t at = 0; at < map.bytes.size(); ++at)
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string bytes = map.bytes;
      bytes[at] = static_cast<char>(bytes[at] ^ flip);
      code_of(bytes);
    }
}

TEST(Osm, ThatInflatesBeyondItsWordIsRefused) {
  const std::string bomb(64 << 20, '\0');
  EXPECT_EQ(code_of(Osm().blob("OSMData", bomb, 1000).bytes), "roads.osm_broken");
  EXPECT_EQ(code_of(Osm().blob("OSMData", bomb, 32 << 20).bytes), "roads.osm_broken");
  EXPECT_EQ(code_of(Osm().blob("OSMData", bomb).bytes), "roads.osm_broken");
  EXPECT_EQ(code_of(Osm().blob("OSMData", "", -1).bytes), "roads.empty");
  std::string large_head = Osm().bytes;
  large_head += std::string("\x7f\xff\xff\xff", 4);
  EXPECT_EQ(code_of(large_head), "roads.osm_broken");
}

TEST(Osm, WithNumbersThatLeadNowhereIsRefused) {
  EXPECT_EQ(code_of(Osm().way_of({1, 2}, {7}, {8}).bytes), "roads.osm_broken");
  EXPECT_EQ(code_of(Osm().way_of({1, 2}, {0, 0}, {0}).bytes), "roads.osm_broken");
  std::vector<std::int64_t> many(2001, 1);
  EXPECT_EQ(code_of(Osm().way(many, {{"highway", "primary"}}).bytes), "roads.line_too_long");
  // Nodes that are on no globe.
  Osm map;
  map.way({1, 2}, {{"highway", "primary"}}).dense({{1, {119, 36}}, {2, {200, 36}}});
  EXPECT_EQ(code_of(map.bytes), "roads.place");
}

}  // namespace
}  // namespace anlan::roads
