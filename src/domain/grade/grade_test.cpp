#include "domain/grade/grade.h"

#include <gtest/gtest.h>

namespace anlan::grade {
namespace {

const Instant kNow = from_china_time(2026, 11, 23);

std::vector<Rule> rules() {
  const Validity always, ended = *parse_validity("2000-01-01", "2020-12-31");
  return {{"general",
           "甲号文",
           "第三条",
           always,
           {"12"},
           {{"dead", Grade::kExtraMajor, 30},
            {"dead", Grade::kMajor, 10},
            {"dead", Grade::kLarger, 3},
            {"serious", Grade::kExtraMajor, 100},
            {"serious", Grade::kMajor, 50},
            {"serious", Grade::kLarger, 10},
            {"loss_yuan", Grade::kExtraMajor, 1e8},
            {"loss_yuan", Grade::kMajor, 5e7},
            {"loss_yuan", Grade::kLarger, 1e7}}},
          {"special", "乙号文", "附件", always, {"12Q", "12T"}, {{"evacuated", Grade::kLarger, 5000}}},
          {"old", "丙号文", "", ended, {"12Q", "11"}, {{"dead_and_missing", Grade::kMajor, 1}}}};
}

std::optional<Proposal> proposed(std::string_view event, const Figures& figures, Instant at = kNow) {
  return propose(rules(), event, figures, at);
}

Figures dead(std::int64_t n) {
  Figures f;
  f.dead = n;
  return f;
}

TEST(Grade, CountsTheNumberItselfAsReached) {
  EXPECT_EQ(proposed("12D02", dead(2))->grade, Grade::kOrdinary);
  EXPECT_EQ(proposed("12D02", dead(3))->grade, Grade::kLarger);
  EXPECT_EQ(proposed("12D02", dead(9))->grade, Grade::kLarger);
  EXPECT_EQ(proposed("12D02", dead(10))->grade, Grade::kMajor);
  EXPECT_EQ(proposed("12D02", dead(29))->grade, Grade::kMajor);
  EXPECT_EQ(proposed("12D02", dead(30))->grade, Grade::kExtraMajor);
}

TEST(Grade, IsDecidedByTheWorstIndicator) {
  Figures f = dead(3);
  f.serious = 50;
  f.loss_yuan = 9'999'999;
  const auto proposal = proposed("12D02", f);
  EXPECT_EQ(proposal->grade, Grade::kMajor);
  EXPECT_EQ(proposal->indicator, "serious");
  EXPECT_EQ(proposal->rule, "general");
  EXPECT_EQ(proposal->document, "甲号文");
}

TEST(Grade, IsOrdinaryWhereNothingIsStatedOrReached) {
  EXPECT_EQ(proposed("12D02", {})->grade, Grade::kOrdinary);
  EXPECT_EQ(proposed("12D02", {})->indicator, "");
  EXPECT_EQ(proposed("12D02", dead(0))->grade, Grade::kOrdinary);
}

TEST(Grade, ComesFromTheTableWithTheLongestPrefixAlone) {
  Figures f = dead(40);
  f.evacuated = 5000;
  EXPECT_EQ(proposed("12Q01", f)->rule, "special");
  EXPECT_EQ(proposed("12Q01", f)->grade, Grade::kLarger);
  EXPECT_EQ(proposed("12000", f)->rule, "general");
}

TEST(Grade, IsNotProposedForWhatTheLawDoesNotGrade) {
  EXPECT_FALSE(proposed("14A00", dead(50)));
  EXPECT_FALSE(proposed("", dead(50)));
}

TEST(Grade, ComesFromTheTablesOfItsDay) {
  Figures f;
  f.missing = 1;
  EXPECT_FALSE(proposed("11B03", f));
  EXPECT_EQ(proposed("11B03", f, from_china_time(2020, 12, 31))->grade, Grade::kMajor);
  EXPECT_EQ(proposed("12Q01", f, from_china_time(2020, 12, 31))->indicator, "dead_and_missing");
}

TEST(Grade, KnowsItsIndicators) {
  for (const auto* name : {"dead", "loss_yuan", "burnt_ha", "magnitude", "dead_and_missing"})
    EXPECT_TRUE(is_indicator(name)) << name;
  EXPECT_FALSE(is_indicator("deaths"));
  EXPECT_FALSE(value_of({}, "dead_and_missing"));
  EXPECT_EQ(value_of(dead(2), "dead_and_missing"), 2);
}

TEST(Grade, ReachesItselfAndWhatIsMilder) {
  EXPECT_TRUE(reaches(Grade::kMajor, Grade::kMajor));
  EXPECT_TRUE(reaches(Grade::kExtraMajor, Grade::kLarger));
  EXPECT_FALSE(reaches(Grade::kOrdinary, Grade::kLarger));
  EXPECT_FALSE(reaches(Grade::kUngraded, Grade::kOrdinary));
  EXPECT_TRUE(reaches(Grade::kUngraded, Grade::kUngraded));
}

}  // namespace
}  // namespace anlan::grade
