#include "geo/datum.h"

#include <gtest/gtest.h>

namespace anlan::geo {
namespace {

void expect_place(LngLat found, LngLat expected, double degrees) {
  EXPECT_NEAR(found.lng, expected.lng, degrees);
  EXPECT_NEAR(found.lat, expected.lat, degrees);
}

TEST(Datum, ShiftsAsThePublishedVectorsSay) {
  expect_place(from_cgcs2000({116.404, 39.915}, Datum::kGcj02), {116.410244499169, 39.916404281502}, 1e-9);
  const LngLat origin = to_cgcs2000({116.404, 39.915}, Datum::kGcj02);
  expect_place(from_cgcs2000(origin, Datum::kBd09), {116.410369493710, 39.921336993510}, 1e-9);
  const LngLat of_baidu = to_cgcs2000({116.404, 39.915}, Datum::kBd09);
  expect_place(from_cgcs2000(of_baidu, Datum::kGcj02), {116.397627291193, 39.908656739576}, 1e-9);
}

TEST(Datum, ComesBackWithinHalfAMetreEverywhereInChina) {
  double worst = 0;
  for (double lng = 73.5; lng < 135; lng += 0.173)
    for (double lat = 4; lat < 53.5; lat += 0.191)
      for (const Datum datum : {Datum::kGcj02, Datum::kBd09})
        worst = std::max(worst, distance_m(to_cgcs2000(from_cgcs2000({lng, lat}, datum), datum), {lng, lat}));
  EXPECT_LT(worst, 0.5);
}

TEST(Datum, MovesAPlaceInChinaByHundredsOfMetres) {
  const LngLat weifang{119.1033, 36.7069};
  EXPECT_GT(distance_m(from_cgcs2000(weifang, Datum::kGcj02), weifang), 300);
  EXPECT_GT(distance_m(from_cgcs2000(weifang, Datum::kBd09), weifang), 700);
}

TEST(Datum, LeavesTheRestOfTheWorldAndItsOwnAlone) {
  for (const Datum datum : {Datum::kCgcs2000, Datum::kGcj02, Datum::kBd09}) {
    EXPECT_EQ(from_cgcs2000({2.3522, 48.8566}, datum), (LngLat{2.3522, 48.8566}));
    EXPECT_EQ(to_cgcs2000({151.2, -33.87}, datum), (LngLat{151.2, -33.87}));
  }
  EXPECT_EQ(from_cgcs2000({119.1, 36.7}, Datum::kCgcs2000), (LngLat{119.1, 36.7}));
}

}  // namespace
}  // namespace anlan::geo
