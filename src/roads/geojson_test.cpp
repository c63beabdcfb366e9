#include <gmock/gmock.h>

#include "roads/maps_fixture.h"

namespace anlan::roads {
namespace {

struct Read {
  Lines lines{geo::Datum::kCgcs2000};
  std::optional<Refusal> refusal;
};
Read read(const std::string& bytes) {
  Read r;
  const auto done = read_geojson("map.geojson", opening(bytes), test_rules(), r.lines);
  if (!done.ok()) r.refusal = done.error();
  return r;
}
std::string code_of(const std::string& bytes) {
  const Read r = read(bytes);
  return r.refusal ? r.refusal->code : "";
}
std::string feature(const std::string& geometry, const std::string& properties) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}
std::string collection(const std::string& features, const std::string& more = "") {
  return R"({"type":"FeatureCollection",)" + more + R"("features":[)" + features + "]}";
}
std::string line(const std::string& coordinates) {
  return R"({"type":"LineString","coordinates":[)" + coordinates + "]}";
}

TEST(Geojson, GivesLinesWithWhatTheirPropertiesSay) {
  const Read r = read(
      "\xEF\xBB\xBF" +
      collection(
          feature(line("[119,36],[119.01,36,12.5]"), R"({"Highway":"国道","maxspeed":60,"oneway":true})") + "," +
              feature(
                  R"({"coordinates":[[[119,36],[119,36.01]],[[119.01,36],[119.01,36.01],[119.02,36]]],"type":"MultiLineString"})",
                  R"({"道路等级":"长街","oneway":"-1","more":{"highway":"footway"}})") +
              "," + feature(line("[119,36],[119.01,36]"), R"({"highway":"footway"})") + "," +
              feature(R"({"type":"Polygon","coordinates":[[[119,36],[119,37],[120,37],[119,36]]]})", "null") + "," +
              feature("null", "{}") + "," + feature(line("[119,36]"), "{}"),
          R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"name":"roads",)") +
      "\n");
  ASSERT_FALSE(r.refusal) << r.refusal->code;
  const auto& ways = r.lines.ways();
  ASSERT_EQ(ways.size(), 3u);
  EXPECT_EQ(ways[0].traits, (road::Traits{road::Class::kTrunk, true, 60, 0, 0, 0}));
  EXPECT_EQ(ways[1].places.size(), 2u);
  EXPECT_EQ(ways[2].places.size(), 3u);
  EXPECT_TRUE(ways[2].reversed);
  EXPECT_EQ(ways[2].traits.road_class, road::Class::kMinor);
  EXPECT_EQ(ways[0].places[0], ways[1].places[0]);
  EXPECT_THAT(r.lines.left_out(),
              testing::ElementsAre(testing::Pair("class", 1), testing::Pair("geometry", 2), testing::Pair("short", 1)));
  EXPECT_THAT(r.lines.unknown_classes(), testing::Contains(testing::Pair("长街", 1)));
}

TEST(Geojson, ShiftedForMapsInPublicIsBroughtBack) {
  Lines lines(geo::Datum::kGcj02);
  const std::string bytes = collection(feature(line("[119.1,36.7],[119.11,36.7]"), "{}"));
  ASSERT_TRUE(read_geojson("map.geojson", opening(bytes), test_rules(), lines).ok());
  const LngLat expected = geo::to_cgcs2000({119.1, 36.7}, geo::Datum::kGcj02);
  EXPECT_LT(distance_m(road::place(lines.places()[0]), expected), 0.02);
  EXPECT_GT(distance_m(road::place(lines.places()[0]), {119.1, 36.7}), 300);
}

TEST(Geojson, ThatIsNoneIsRefused) {
  EXPECT_EQ(code_of("PK\3\4"), "roads.geojson_broken");
  EXPECT_EQ(code_of("[]"), "roads.geojson_type");
  EXPECT_EQ(code_of(R"({"type":"Topology","objects":{}})"), "roads.geojson_type");
  EXPECT_EQ(code_of(collection("") + "x"), "roads.geojson_broken");
  EXPECT_EQ(code_of(collection(feature(line("[NaN,36],[119,36]"), "{}"))), "roads.geojson_broken");
  EXPECT_EQ(code_of(collection(feature(line("[1e999,36],[119,36]"), "{}"))).starts_with("roads."), true);
  EXPECT_EQ(code_of(collection(feature(line("[119],[119,36]"), "{}"))), "roads.geojson_broken");
  EXPECT_EQ(code_of(collection(feature(line("[39503123.5,4065432.1],[39503124.5,4065433]"), "{}"))), "roads.place");
  EXPECT_EQ(code_of(collection("", R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}},)")),
            "roads.projected");
  EXPECT_EQ(code_of(std::string(1000, '[')), "roads.geojson_broken");
}

TEST(Geojson, CutShortAnywhereIsRefused) {
  const std::string whole = collection(feature(line("[119,36],[119.01,36]"), R"({"highway":"primary"})"));
  ASSERT_EQ(code_of(whole), "");
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(code_of(whole.substr(0, size)), "") << size;
}

TEST(Geojson, WithALineOfTenMillionPointsIsRefusedBeforeItIsHeld) {
  std::size_t given = 0;
  const Opening open = [&]() -> Bytes {
    return [&given, at = 0](std::size_t) mutable -> std::string {
      if (at++ == 0) return R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"coordinates":[)";
      std::string piece;
      for (int i = 0; i < 1000; ++i) piece += "[119,36],";
      given += 1000;
      return given > 10'000'000 ? std::string() : piece;
    };
  };
  Lines lines(geo::Datum::kCgcs2000);
  const auto done = read_geojson("map.geojson", open, test_rules(), lines);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "roads.line_too_long");
  EXPECT_LT(given, kMostPointsOfALine + 10'000);
}

TEST(Geojson, LeavesOutALineThatJumps) {
  const Read r =
      read(collection(feature(line("[119,36],[0,0]"), "{}") + "," + feature(line("[119,36],[119,36.1]"), "{}")));
  ASSERT_FALSE(r.refusal);
  EXPECT_EQ(r.lines.ways().size(), 1u);
  EXPECT_THAT(r.lines.left_out(), testing::ElementsAre(testing::Pair("far", 1)));
}

}  // namespace
}  // namespace anlan::roads
