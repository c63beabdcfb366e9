#include "roads/import.h"

#include <gmock/gmock.h>
#include <shapefil.h>

#include <cstdlib>

#include "geo/road/agreement_fixture.h"
#include "geo/road/city_fixture.h"
#include "geo/road/order.h"
#include "geo/road/roads.h"
#include "roads/maps_fixture.h"

namespace anlan::roads {
namespace {

std::string code_of(const std::vector<std::string>& files) {
  const auto imported = read_maps(files, test_rules(), {});
  return imported.ok() ? "" : imported.error().code;
}

// Two lines with a class in GBK, as a survey exports them.
std::string shapefile(const Folder& folder, double last = 36.02) {
  const std::string base = (folder.path / "roads").string();
  SHPHandle shp = SHPCreate(base.c_str(), SHPT_ARC);
  DBFHandle dbf = DBFCreate(base.c_str());
  DBFAddField(dbf, "\xb5\xc0\xc2\xb7\xb5\xc8\xbc\xb6", FTString, 20, 0);  // 道路等级
  DBFAddField(dbf, "MAXSPEED", FTInteger, 5, 0);
  double lng[] = {119, 119.01, 119.02, 119.02}, lat[] = {36, 36, 36, 36.02};
  SHPObject* one = SHPCreateSimpleObject(SHPT_ARC, 4, lng, lat, nullptr);
  SHPWriteObject(shp, -1, one);
  SHPDestroyObject(one);
  int parts[] = {0, 2};
  double lat2[] = {36, 36.01, 36.01, last};
  double lng2[] = {119.01, 119.01, 119.01, 119.01};
  SHPObject* two = SHPCreateObject(SHPT_ARC, -1, 2, parts, nullptr, 4, lng2, lat2, nullptr, nullptr);
  SHPWriteObject(shp, -1, two);
  SHPDestroyObject(two);
  DBFWriteStringAttribute(dbf, 0, 0, "\xb9\xfa\xb5\xc0");  // 国道
  DBFWriteIntegerAttribute(dbf, 0, 1, 70);
  DBFWriteStringAttribute(dbf, 1, 0, "primary");
  SHPClose(shp);
  DBFClose(dbf);
  return base + ".shp";
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Import, ReadsAShapefileInTheWordsOfASurvey) {
  const Folder folder("shapefile");
  const auto imported = read_maps({shapefile(folder)}, test_rules(), {});
  ASSERT_TRUE(imported.ok()) << imported.error().code;
  const road::Network& network = *imported->network;
  EXPECT_EQ(network.nodes(), 5u);
  EXPECT_EQ(network.roads().size(), 4u);
  EXPECT_GT(imported->km[static_cast<std::size_t>(road::Class::kTrunk)], 3.9);
  EXPECT_NEAR(imported->km[static_cast<std::size_t>(road::Class::kPrimary)], 2.22, 0.02);
  EXPECT_EQ(std::ranges::count(network.roads(), 70, [](const road::Road& r) { return r.traits.kmh; }), 2);
  EXPECT_EQ(imported->source, "roads.shp");
  EXPECT_EQ(imported->cut_off, 0u);
}

TEST(Import, RefusesABrokenShapefile) {
  const Folder folder("broken_shapefile");
  const std::string shp = shapefile(folder);
  const std::string whole = bytes_of(shp), index = bytes_of(folder.path / "roads.shx");
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    folder.put("roads.shp", whole.substr(0, size));
    EXPECT_NE(code_of({shp}), "") << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0xff);
    folder.put("roads.shp", bytes);
    code_of({shp});
  }
  folder.put("roads.shp", whole);
  for (std::size_t at = 0; at < index.size(); ++at) {
    std::string bytes = index;
    bytes[at] = static_cast<char>(bytes[at] ^ 0xff);
    folder.put("roads.shx", bytes);
    code_of({shp});
  }
  std::filesystem::remove(folder.path / "roads.shx");
  EXPECT_EQ(code_of({shp}), "roads.shape_broken");
  folder.put("roads.shx", index);
  folder.put("roads.dbf", "dBase");
  EXPECT_EQ(code_of({shp}), "roads.shape_broken");
  std::filesystem::remove(folder.path / "roads.dbf");
  EXPECT_EQ(code_of({shp}), "");
  folder.put("roads.prj", R"(PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["CGCS2000"]])");
  EXPECT_EQ(code_of({shp}), "roads.projected");
}

TEST(Import, RefusesAPlaceThatIsNone) {
  const Folder folder("no_place");
  EXPECT_EQ(code_of({shapefile(folder, std::nan(""))}), "roads.place");
}

TEST(Import, RefusesFilesOfNoKnownFormAndEmptyOnes) {
  const Folder folder("forms");
  EXPECT_EQ(code_of({(folder.path / "none.geojson").string()}), "roads.unreadable");
  EXPECT_EQ(code_of({folder.put("roads.dwg", "AC1032")}), "roads.form");
  EXPECT_EQ(code_of({folder.put("a.osm.pbf", "")}), "roads.empty");
  EXPECT_EQ(code_of({folder.put("a.geojson", R"({"type":"FeatureCollection","features":[]})")}), "roads.empty");
  EXPECT_EQ(code_of({folder.put("points.shp", std::string(100, '\0'))}), "roads.shape_broken");
}

TEST(Import, JoinsFilesWhereTheirRoadsMeet) {
  const Folder folder("joined");
  const auto line = [](const char* coordinates) {
    return std::string(R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)") +
           R"({"type":"LineString","coordinates":[)" + coordinates + "]}}]}";
  };
  Osm map;
  map.way({1, 2}, {{"highway", "primary"}}).dense({{1, {119, 36}}, {2, {119.01, 36}}});
  const auto imported =
      read_maps({folder.put("a.osm.pbf", map.bytes), folder.put("b.geojson", line("[119.01,36],[119.02,36]")),
                 folder.put("c.json", line("[119.5,36],[119.51,36]"))},
                test_rules(), {});
  ASSERT_TRUE(imported.ok());
  EXPECT_EQ(imported->network->nodes(), 5u);
  EXPECT_EQ(imported->cut_off, 2u);
  EXPECT_EQ(imported->source, "b.geojson; c.json; the mappers");
}

TEST(Store, GivesBackWhatItWasGiven) {
  road::City city(12, 1);
  const road::Network network = city.laid().network;
  const auto kept = from_bytes(to_bytes(network, "© the mappers", from_ms(1'764'000'000'000)), "file");
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept->source, "© the mappers");
  EXPECT_EQ(to_ms(kept->imported_at), 1'764'000'000'000);
  EXPECT_EQ(kept->network->spots(), network.spots());
  EXPECT_EQ(kept->network->shape(), network.shape());
  ASSERT_EQ(kept->network->roads().size(), network.roads().size());
  for (std::size_t r = 0; r < network.roads().size(); ++r) {
    EXPECT_EQ(kept->network->roads()[r].tail, network.roads()[r].tail);
    EXPECT_EQ(kept->network->roads()[r].head, network.roads()[r].head);
    EXPECT_EQ(kept->network->roads()[r].traits, network.roads()[r].traits);
    EXPECT_EQ(kept->network->roads()[r].length_m, network.roads()[r].length_m);
  }
}

TEST(Store, FindsEveryFlippedAndEveryMissingByte) {
  road::City city(4, 1);
  const std::string whole = to_bytes(city.laid().network, "source", from_ms(1));
  ASSERT_TRUE(from_bytes(whole, "file").ok());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
    EXPECT_FALSE(from_bytes(bytes, "file").ok()) << at;
    EXPECT_FALSE(from_bytes(whole.substr(0, at), "file").ok()) << at;
  }
  EXPECT_FALSE(from_bytes(whole + "x", "file").ok());
}

TEST(Store, KeepsWhatWasThereWhenAnImportIsRefused) {
  const Folder folder("kept");
  const std::string node = folder.path.string();
  EXPECT_FALSE(*read_kept(node));
  const auto imported = read_maps({shapefile(folder)}, test_rules(), Given{geo::Datum::kCgcs2000, {}, "survey"});
  ASSERT_TRUE(imported.ok());
  ASSERT_TRUE(keep(node, *imported, from_ms(5)).ok());
  EXPECT_FALSE(read_maps({folder.put("b.geojson", "{")}, test_rules(), {}).ok());
  const auto kept = read_kept(node);
  ASSERT_TRUE(kept.ok() && *kept);
  EXPECT_EQ((*kept)->source, "survey");
  folder.put("roads/network.roads", "ANLNROAD");
  EXPECT_EQ(read_kept(node).error().code, "roads.kept_broken");
}

std::vector<std::filesystem::path> real_maps() {
  const char* named = std::getenv("ANLAN_CORPUS");
  const std::filesystem::path folder =
      (named ? std::filesystem::path(named) : std::filesystem::path(ANLAN_SOURCE_DIR) / "../shared/corpus") / "roads";
  std::vector<std::filesystem::path> maps;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) maps.push_back(entry.path());
  std::ranges::sort(maps);
  return maps;
}

TEST(RealNetworks, FourMethodsAgreeOnRandomPairs) {
  const auto maps = real_maps();
  if (maps.empty()) GTEST_SKIP() << "no real files at hand; set ANLAN_CORPUS";
  for (const auto& map : maps) {
    const auto imported = read_maps({map.string()}, test_rules(), {});
    ASSERT_TRUE(imported.ok()) << map << imported.error().code;
    const road::Network& network = *imported->network;
    double km = 0;
    for (const double of_class : imported->km) km += of_class;
    std::printf("%s: %zu nodes, %zu roads, %.0f km, %zu cut off\n", map.filename().c_str(), network.nodes(),
                network.roads().size(), km, imported->cut_off);
    EXPECT_GT(network.main_nodes(), network.nodes() / 2);
    auto hierarchy = road::Hierarchy::over(network);
    ASSERT_TRUE(hierarchy);
    const auto shared = std::make_shared<const road::Hierarchy>(std::move(*hierarchy));
    std::vector<std::uint32_t> closed;
    for (std::uint32_t r = 0; r < network.roads().size(); r += 37) closed.push_back(r);
    road::Agreement seen;
    for (const bool some_closed : {false, true}) {
      const road::Metric metric(shared, road::travel_times(network, test_rules().profile, {},
                                                           some_closed ? closed : std::vector<std::uint32_t>()));
      ASSERT_NO_FATAL_FAILURE(
          road::expect_agreement(network, metric, road::pairs_wanted(200) / (some_closed ? 4 : 1), 1, seen));
    }
    EXPECT_GT(seen.ways, seen.none);
  }
}

}  // namespace
}  // namespace anlan::roads
