#include "codec/cap/values.h"

#include <gtest/gtest.h>

namespace anlan::cap {
namespace {

TEST(CapValues, TakesATimeOf12WithAnOffsetAndNeverZOrAFraction) {
  for (const char* good : {"2026-07-18T14:05:00+08:00", "2026-07-18T06:05:00-00:00", "2024-02-29T24:00:00+14:00"})
    EXPECT_TRUE(is_cap12_date_time(good)) << good;
  for (const char* bad : {"2026-07-18T06:05:00Z", "2026-07-18T14:05:00.5+08:00", "2026-07-18T14:05:00",
                          "2026-07-18T14:05:00,08:00", "2026-07-18 14:05:00+08:00", "2026-02-29T14:05:00+08:00",
                          "2026-07-18T24:00:01+08:00", "2026-07-18T14:05:60+08:00", "2026-07-18T14:05:00+14:01",
                          "0000-07-18T14:05:00+08:00", "12026-07-18T14:05:00+8:00", ""})
    EXPECT_FALSE(is_cap12_date_time(bad)) << bad;
}

TEST(CapValues, TakesAnyTimeOfXmlSchemaFor11) {
  for (const char* good : {"2026-07-18T06:05:00Z", "2026-07-18T14:05:00.123456789", "-0001-01-01T00:00:00",
                           "12026-07-18T14:05:00Z", " 2026-07-18T06:05:00Z\n"})
    EXPECT_TRUE(is_date_time(good)) << good;
  for (const char* bad : {"2026-07-18", "2026-07-18T06:05", "012026-07-18T14:05:00Z", "2026-07-18T24:00:00.5Z"})
    EXPECT_FALSE(is_date_time(bad)) << bad;
}

TEST(CapValues, NamesTheMomentOfATimeWithOffset) {
  EXPECT_EQ(moment("2026-07-18T14:05:00+08:00"), parse_rfc3339("2026-07-18T06:05:00Z"));
  EXPECT_EQ(moment("2026-07-18T06:05:00.25-00:00"), parse_rfc3339("2026-07-18T06:05:00.250Z"));
  EXPECT_EQ(moment("2026-07-18T14:05:00"), std::nullopt);
  EXPECT_EQ(moment("12026-07-18T14:05:00Z"), std::nullopt);
}

TEST(CapValues, TellsLanguagesUrisAndNumbers) {
  EXPECT_TRUE(is_language("zh-Hans-CN") && is_language("en") && is_language("x-private"));
  EXPECT_FALSE(is_language("zh_CN") || is_language("") || is_language("en-") || is_language("verylongtag"));
  EXPECT_TRUE(is_uri("https://example.org/预警 1?a=b") && is_uri("") && is_uri("../x") && is_uri("mailto:a@b"));
  EXPECT_FALSE(is_uri("http://[") || is_uri(":") || is_uri("%"));
  EXPECT_TRUE(is_integer("+07") && is_integer(" -1 "));
  EXPECT_FALSE(is_integer("1.0") || is_integer("") || is_integer("+"));
  EXPECT_TRUE(is_decimal("5.") && is_decimal(".5") && is_decimal("-1.25"));
  EXPECT_FALSE(is_decimal(".") || is_decimal("1e3") || is_decimal("") || is_decimal("NaN"));
  EXPECT_EQ(integer("+20480"), 20480);
  EXPECT_EQ(integer("99999999999999999999"), std::nullopt);
  EXPECT_EQ(decimal("+41.12"), 41.12);
  EXPECT_EQ(decimal(std::string(400, '9')), std::nullopt);
}

TEST(CapValues, TurnsLatitudeFirstIntoLongitudeFirst) {
  const auto shape = polygon("\n +36.5,118.5\t36.5,118.6 36.6,118.6\n36.5,118.5 ");
  EXPECT_EQ(shape.fault, "");
  EXPECT_EQ(shape.value, (Ring{{118.5, 36.5}, {118.6, 36.5}, {118.6, 36.6}, {118.5, 36.5}}));
  const auto round = circle("36.85,118.74 5.5");
  EXPECT_EQ(round.fault, "");
  EXPECT_EQ(round.value.center, (LngLat{118.74, 36.85}));
  EXPECT_EQ(round.value.radius_km, 5.5);
}

}  // namespace
}  // namespace anlan::cap
