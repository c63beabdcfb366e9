#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "data/files.h"
#include "domain/account/account.h"
#include "domain/division/division.h"
#include "domain/event_type/event_type.h"
#include "domain/organisation/types.h"

namespace anlan::data {
namespace {

std::set<std::string> keys(const std::string& file, std::string_view name, std::string_view key) {
  std::set<std::string> out;
  const int rows =
      each(table("demo/" + file), name, [&](const toml::table& row) { out.insert(std::string(of(row, key))); });
  EXPECT_EQ(out.size(), static_cast<std::size_t>(rows)) << file << ": " << key << " is not unique";
  return out;
}

std::set<std::string> organisations() { return keys("organisations.toml", "organisation", "id"); }
std::set<std::string> people() { return keys("people.toml", "person", "id"); }
std::set<std::string> accounts() { return keys("accounts.toml", "account", "name"); }

// One name or a list of names.
std::vector<std::string> receivers(toml::node_view<const toml::node> to) {
  if (const auto one = to.value<std::string>()) return {*one};
  std::vector<std::string> names;
  if (const auto* list = to.as_array())
    for (const auto& name : *list) names.push_back(name.value_or(std::string()));
  return names;
}

bool impossible(const std::string& phone) {
  static const std::regex kNobody("0\\d{3}-000\\d{4}|100-0000-\\d{4}");
  return std::regex_match(phone, kNobody);
}

TEST(DemoCity, HasOrganisationsInRealDivisionsThatReportToOneAnother) {
  const auto divisions = division::Divisions::parse({text("divisions/china.tsv")}, "");
  const auto ids = organisations();
  int counties = 0;
  each(table("demo/organisations.toml"), "organisation", [&](const toml::table& row) {
    const auto level = named<organisation::Level>(of(row, "level"));
    const auto* division = divisions->find(of(row, "division"));
    ASSERT_TRUE(level && division) << of(row, "id");
    EXPECT_EQ(name_of(*level), name_of(division->level)) << of(row, "id");
    EXPECT_EQ(ids.contains(of(row, "parent")), *level != organisation::Level::kProvince) << of(row, "id");
    EXPECT_TRUE(impossible(of(row, "phone"))) << of(row, "phone");
    EXPECT_TRUE(of(row, "name").ends_with("（演示）"));
    counties += *level == organisation::Level::kCounty;
  });
  EXPECT_EQ(counties, 13);
}

TEST(DemoCity, HasPeopleThatAreNobody) {
  const auto ids = organisations();
  each(table("demo/people.toml"), "person", [&](const toml::table& row) {
    EXPECT_TRUE(ids.contains(of(row, "organisation"))) << of(row, "id");
    EXPECT_TRUE(impossible(of(row, "phone"))) << of(row, "phone");
    EXPECT_TRUE(row["fictional"].value_or(false)) << of(row, "id");
  });
}

TEST(DemoCity, HasAnAccountOfEveryRole) {
  const auto persons = people();
  std::map<std::string, int> roles;
  each(table("demo/accounts.toml"), "account", [&](const toml::table& row) {
    EXPECT_TRUE(persons.contains(of(row, "person"))) << of(row, "name");
    EXPECT_TRUE(account::acceptable({}, of(row, "name"), of(row, "password"))) << of(row, "name");
    ++roles[of(row, "role")];
  });
  const std::map<std::string, int> expected = {{"duty_officer", 3},   {"leader", 5},       {"liaison", 1},
                                               {"county_officer", 3}, {"town_officer", 3}, {"system_admin", 1},
                                               {"security_admin", 1}, {"audit_admin", 1}};
  EXPECT_EQ(roles, expected);
  for (const auto& [role, count] : roles) EXPECT_TRUE(named<account::Role>(role)) << role;
}

TEST(FirstIncident, GoesForwardAndNamesOnlyWhatIsThere) {
  const auto ids = organisations(), persons = people(), names = accounts();
  std::set<std::string> made;
  std::int64_t last = -60;
  each(table("demo/first-incident.toml"), "step", [&](const toml::table& step) {
    const auto minute = step["at_minute"].value<std::int64_t>();
    ASSERT_TRUE(minute);
    EXPECT_GE(*minute, last);
    last = *minute;
    EXPECT_TRUE(names.contains(of(step, "actor"))) << of(step, "actor");
    EXPECT_FALSE(of(step, "zh").empty() || of(step, "en").empty()) << *minute;
    EXPECT_EQ(made.contains(of(step, "on")), step.contains("on")) << of(step, "on");
    if (step.contains("as")) made.insert(of(step, "as"));
    const auto fields = step["fields"];
    for (const auto* key : {"chief", "deputy", "leader", "given_by"}) {
      const auto person = fields[key].value<std::string>();
      EXPECT_TRUE(!person || persons.contains(*person)) << *person;
    }
    for (const auto& to : receivers(fields["to"])) EXPECT_TRUE(ids.contains(to)) << to;
  });
  EXPECT_TRUE(made.contains("incident"));
}

TEST(FirstIncident, HappensInARealTownAndIsOfAKnownKind) {
  const auto divisions = division::Divisions::parse({text("divisions/china.tsv")}, "");
  const auto types = event_type::EventTypes::parse(text("codes/event-type.tsv"));
  int opened = 0;
  each(table("demo/first-incident.toml"), "step", [&](const toml::table& step) {
    if (of(step, "action") != "incident.take_down") return;
    ++opened;
    EXPECT_EQ(divisions->path(*divisions->find(step["fields"]["division"].value_or(std::string()))),
              "潍坊市寿光市羊口镇");
    EXPECT_EQ(types->find(step["fields"]["type"].value_or(std::string()))->name, "危险化学品泄漏事故");
  });
  EXPECT_EQ(opened, 1);
}

}  // namespace
}  // namespace anlan::data
