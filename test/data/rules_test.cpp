#include <gtest/gtest.h>

#include <set>

#include "base/validity.h"
#include "data/files.h"
#include "domain/clock/types.h"
#include "domain/grade/grade.h"

namespace anlan::data {
namespace {

const std::set<std::string> kConfidence = {"verified", "seen", "unsure", "demo"};

std::vector<std::string> clock_files() {
  std::vector<std::string> files = {"rules/clocks.toml"};
  for (const auto& entry : std::filesystem::directory_iterator(path("rules/examples")))
    files.push_back("rules/examples/" + entry.path().filename().string());
  return files;
}

// The grade table as the rules take it; the program's own reader is tested beside it.
std::vector<grade::Rule> grade_rules() {
  std::vector<grade::Rule> rules;
  each(table("rules/grade.toml"), "table", [&](const toml::table& row) {
    grade::Rule rule{of(row, "id"), of(row, "document"), of(row, "clause"), {}, {}, {}};
    for (const auto& event : *row["event"].as_array()) rule.events.push_back(event.value_or(std::string()));
    for (const auto& [key, value] : row) {
      if (!value.is_table()) continue;
      EXPECT_TRUE(grade::is_indicator(key.str())) << rule.id << ": " << key.str();
      for (const auto& [name, bound] : *value.as_table()) {
        const auto grade = named<grade::Grade>(name.str());
        EXPECT_TRUE(grade && *grade != grade::Grade::kUngraded) << rule.id << ": " << name.str();
        rule.bounds.push_back({std::string(key.str()), *grade, *bound.value<double>()});
      }
    }
    rules.push_back(rule);
  });
  return rules;
}

grade::Grade proposed(std::string_view event, const grade::Figures& figures) {
  return grade::propose(grade_rules(), event, figures, from_china_time(2026, 11, 23))->grade;
}

TEST(ClockRules, AreCompleteAndInTheirWords) {
  for (const auto& file : clock_files()) {
    std::set<std::string> ids;
    const int rules = each(table(file), "rule", [&](const toml::table& row) {
      EXPECT_TRUE(ids.insert(of(row, "id")).second) << file << ": " << of(row, "id");
      EXPECT_FALSE(of(row, "document").empty() || of(row, "clause").empty()) << file;
      EXPECT_TRUE(row["valid_from"].is_date()) << file;
      EXPECT_TRUE(of(row, "event").starts_with("1")) << file;
      EXPECT_TRUE(named<grade::Grade>(of(row, "grade_at_least"))) << file;
      EXPECT_TRUE(named<organisation::Level>(of(row, "from_level"))) << file;
      EXPECT_TRUE(named<clock::Leg>(of(row, "leg"))) << file;
      EXPECT_TRUE(named<clock::Basis>(of(row, "starts_at"))) << file;
      EXPECT_TRUE(named<clock::SatisfiedBy>(of(row, "satisfied_by"))) << file;
      EXPECT_GT(row["minutes"].value_or(0), 0) << file;
      EXPECT_TRUE(kConfidence.contains(of(row, "confidence"))) << file;
    });
    EXPECT_GT(rules, 0) << file;
  }
}

TEST(ClockRules, OfTheDemoCityAre20And40And120Minutes) {
  std::map<std::string, std::string> minutes;
  each(table("rules/clocks.toml"), "rule", [&](const toml::table& row) {
    minutes[of(row, "leg")] += of(row, "from_level") + " " + std::to_string(row["minutes"].value_or(0)) + " ";
  });
  EXPECT_EQ(minutes["phone"], "town 20 county 20 city 20 ");
  EXPECT_EQ(minutes["written"], "town 40 county 40 city 40 ");
  EXPECT_EQ(minutes["follow_up"], "town 120 county 120 city 120 ");
}

TEST(GradeTables, GiveTheThresholdsOfDecree493) {
  grade::Figures f;
  f.dead = 3;
  EXPECT_EQ(proposed("12D02", f), grade::Grade::kLarger);
  f.serious = 50;
  EXPECT_EQ(proposed("12D02", f), grade::Grade::kMajor);
  f.loss_yuan = 100'000'000;
  EXPECT_EQ(proposed("12D02", f), grade::Grade::kExtraMajor);
  f = {};
  f.loss_yuan = 9'999'999;
  EXPECT_EQ(proposed("12D02", f), grade::Grade::kOrdinary);
}

TEST(GradeTables, GiveEachFamilyItsOwn) {
  grade::Figures f;
  f.burnt_ha = 100;
  EXPECT_EQ(proposed("11G01", f), grade::Grade::kMajor);
  f = {};
  f.magnitude = 5;
  EXPECT_EQ(proposed("11C02", f), grade::Grade::kLarger);
  f = {};
  f.dead = 30;
  f.missing = 20;
  EXPECT_EQ(proposed("11C02", f), grade::Grade::kMajor);
  f = {};
  f.evacuated = 5000;
  EXPECT_EQ(proposed("12Q02", f), grade::Grade::kLarger);
  EXPECT_EQ(proposed("12D02", f), grade::Grade::kOrdinary);
  f = {};
  f.loss_yuan = 1'000'000;
  EXPECT_EQ(proposed("11D01", f), grade::Grade::kLarger);
  EXPECT_FALSE(grade::propose(grade_rules(), "14B01", f, from_china_time(2026, 11, 23)));
}

}  // namespace
}  // namespace anlan::data
