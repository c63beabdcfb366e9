#include "codec/cap/alert.h"

#include <gmock/gmock.h>

#include "codec/cap/candidate.h"
#include "codec/cap/files_test.h"

namespace anlan::cap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(CapAlert, HoldsEveryElement) {
  const Alert alert = read_fixture("valid_12_every_element").alert;
  EXPECT_EQ(alert.source, "虚构气象台");
  EXPECT_EQ(alert.restriction, "演练参加单位");
  EXPECT_EQ(alert.addresses, std::nullopt);
  EXPECT_THAT(alert.code, ElementsAre("demo:1", "demo:2"));
  ASSERT_EQ(alert.info.size(), 2u);
  const Info& info = alert.info[1];
  EXPECT_THAT(info.response_type, ElementsAre("Shelter", "Avoid"));
  EXPECT_EQ(info.description, "预计今天傍晚到夜间有 8 级阵风 & 雷电。");
  EXPECT_EQ(info.parameter.at(0).value, "Blue");
  EXPECT_EQ(info.resource.at(0).size, 20480);
  ASSERT_EQ(info.area.size(), 2u);
  EXPECT_EQ(info.area[0].polygon.size(), 2u);
  EXPECT_EQ(info.area[0].polygon[1].at(0), (LngLat{118.5, 36.5}));
  EXPECT_EQ(info.area[0].geocode.at(0).value, "370783");
  EXPECT_EQ(info.area[0].ceiling, 1000.5);
}

TEST(CapAlert, IsWrittenAsJsonInTheOrderOfTheSchemaWithPlainNumbers) {
  const std::string json = to_json(read_fixture("valid_12_every_element").alert);
  EXPECT_THAT(json, testing::StartsWith("{\"version\":\"1.2\",\"identifier\":\"anlan-demo-2026-0001\",\"sender\":"));
  EXPECT_THAT(json, HasSubstr("\"effective\":\"2026-07-18T14:05:00+08:00\",\"onset\":\"2026-07-18T16:00:00+08:00\""));
  EXPECT_THAT(json, HasSubstr("\"polygon\":[[{\"lng\":118.8,\"lat\":36.7},"));
  EXPECT_THAT(json, HasSubstr("\"circle\":[{\"center\":{\"lng\":118.74,\"lat\":36.85},\"radiusKm\":5.5}]"));
  EXPECT_THAT(json, HasSubstr("\"altitude\":0,\"ceiling\":1000.5"));
  EXPECT_THAT(json, testing::EndsWith("\"signature\":false}"));
  EXPECT_EQ(json.find("addresses"), std::string::npos);
}

TEST(CapCandidate, SpeaksChineseWhereTheAlertDoes) {
  const Candidate desk = candidate(read_fixture("valid_12_every_element").alert);
  EXPECT_EQ(desk.headline, "虚构气象台发布大风蓝色预警");
  EXPECT_EQ(desk.event, "大风");
  EXPECT_EQ(desk.event_code, "11B06");
  EXPECT_EQ(desk.status, "Exercise");
  EXPECT_EQ(desk.msg_type, "Update");
  EXPECT_THAT(desk.references, ElementsAre("anlan-demo-2026-0000"));
  EXPECT_EQ(desk.sent, parse_rfc3339("2026-07-18T14:05:00+08:00"));
  EXPECT_EQ(desk.onset, parse_rfc3339("2026-07-18T16:00:00+08:00"));
  EXPECT_EQ(desk.area_desc, "虚构县\n虚构镇");
  EXPECT_EQ(desk.rings.size(), 2u);
}

TEST(CapCandidate, PrefersChineseThenEnglishThenTheFirst) {
  Alert alert;
  const auto add = [&](const char* language, const char* headline) {
    Info info;
    info.language = language;
    info.headline = headline;
    alert.info.push_back(info);
  };
  EXPECT_EQ(candidate(alert).headline, "");
  add("fr-CA", "first");
  EXPECT_EQ(candidate(alert).headline, "first");
  add("", "default is en-US");
  EXPECT_EQ(candidate(alert).headline, "default is en-US");
  add("ZH-Hans", "中文");
  EXPECT_EQ(candidate(alert).headline, "中文");
}

TEST(CapCandidate, DrawsACircleAsAClosedRingAtItsRadius) {
  const Candidate desk = candidate(read_fixture("valid_12_every_element").alert);
  ASSERT_EQ(desk.circles.size(), 2u);
  const CircleArea& circle = desk.circles[0];
  EXPECT_EQ(circle.center, (LngLat{118.74, 36.85}));
  EXPECT_EQ(circle.radius_m, 5500);
  ASSERT_EQ(circle.ring.size(), 65u);
  EXPECT_EQ(circle.ring.front(), circle.ring.back());
  for (const LngLat& point : circle.ring) EXPECT_NEAR(distance_m(circle.center, point), 5500, 0.1);
  EXPECT_TRUE(contains(circle.ring, circle.center));
  EXPECT_TRUE(desk.circles[1].ring.empty());
}

}  // namespace
}  // namespace anlan::cap
