#include "domain/organisation/organisation.h"

#include <gtest/gtest.h>

namespace anlan::organisation {
namespace {

RegisterOrganisation unit(std::string name, Level level, std::optional<std::string> superior = {}) {
  RegisterOrganisation c;
  c.name = c.short_name = std::move(name);
  c.level = level;
  c.division = "370700";
  c.superior = std::move(superior);
  return c;
}

Register city_and_county() {
  Register r;
  for (const auto& f : decide(r, unit("city", Level::kCity), "city").value()) apply(r, "city", f, "node");
  for (const auto& f : decide(r, unit("county", Level::kCounty, "city"), "county").value())
    apply(r, "county", f, "node");
  return r;
}

TEST(Organisation, ReportsToItsSuperior) {
  const Register r = city_and_county();
  ASSERT_NE(r.superior("county"), nullptr);
  EXPECT_EQ(r.superior("county")->id, "city");
  EXPECT_EQ(r.superior("city"), nullptr);
}

TEST(Organisation, CannotReportToALowerLevelNorInACircle) {
  const Register r = city_and_county();
  EXPECT_EQ(decide(r, unit("x", Level::kCity, "county"), "x").error().code, "organisation.superior_below");
  ChangeOrganisation change;
  static_cast<Description&>(change) = unit("county", Level::kCounty, "county");
  EXPECT_EQ(decide(r, change, "county").error().code, "organisation.circle");
}

TEST(Organisation, ACircleIsToldBeforeItIsClosedAndWalkedOnce) {
  Register r = city_and_county();
  EXPECT_EQ(r.circle("city", "county"), (std::vector<std::string>{"county", "city"}));
  EXPECT_TRUE(r.circle("new", "county").empty());
  apply(r, "early", Registered{"early", unit("early", Level::kTown, "late")}, "node");
  EXPECT_EQ(r.circle("late", "early"), (std::vector<std::string>{"early", "late"})) << "not registered yet";
  apply(r, "late", Registered{"late", unit("late", Level::kTown, "early")}, "node");
  EXPECT_TRUE(r.circle("new", "early").empty()) << "below one, not in it";
  EXPECT_EQ(r.above("early").size(), 2u);
}

TEST(Organisation, HasANameOfItsOwnAmongThoseOfItsSuperior) {
  Register r = city_and_county();
  const auto twin = decide(r, unit("county", Level::kCounty, "city"), "other");
  ASSERT_FALSE(twin.ok());
  EXPECT_EQ(twin.error().code, "organisation.same_name");
  EXPECT_EQ(twin.error().field, "name");
  EXPECT_EQ(decide(r, unit("city", Level::kCity), "other").error().code, "organisation.same_name");
  EXPECT_TRUE(decide(r, unit("county", Level::kTown, "county"), "town").ok());
  ChangeOrganisation same;
  static_cast<Description&>(same) = unit("county", Level::kCounty, "city");
  EXPECT_TRUE(decide(r, same, "county").ok());
  for (const auto& f : decide(r, RetireOrganisation{"merged"}, "county").value()) apply(r, "county", f, "node");
  EXPECT_TRUE(decide(r, unit("county", Level::kCounty, "city"), "other").ok());
}

TEST(Organisation, IsChangedOtherwiseWhereItSharesItsNameAlready) {
  Register r = city_and_county();
  apply(r, "twin", Registered{"twin", unit("county", Level::kCounty, "city")}, "node");
  ChangeOrganisation change;
  static_cast<Description&>(change) = unit("county", Level::kCounty, "city");
  change.phone = "0536";
  EXPECT_TRUE(decide(r, change, "twin").ok());
}

TEST(Organisation, ThatIsNotThereIsNamedByTheFieldOfThePath) {
  const Register r = city_and_county();
  EXPECT_EQ(decide(r, RetireOrganisation{"merged"}, "nowhere").error().field, "id");
  EXPECT_EQ(decide(r, RetirePerson{"moved"}, "nobody").error().field, "id");
}

TEST(Organisation, IsNotRetiredWhileOthersReportToIt) {
  Register r = city_and_county();
  EXPECT_EQ(decide(r, RetireOrganisation{"merged"}, "city").error().code, "organisation.has_parts");
  for (const auto& f : decide(r, RetireOrganisation{"merged"}, "county").value()) apply(r, "county", f, "node");
  EXPECT_FALSE(r.organisation("county")->active);
  ChangeOrganisation change;
  static_cast<Description&>(change) = unit("county", Level::kCounty, "city");
  EXPECT_EQ(decide(r, change, "county").error().code, "organisation.retired");
  EXPECT_TRUE(decide(r, RetireOrganisation{"merged"}, "city").ok());
}

TEST(Organisation, WorksOnTheNodeThatRegisteredItUntilItIsPlacedOnAnother) {
  Register r = city_and_county();
  EXPECT_EQ(r.organisation("county")->node, "node");
  for (const auto& f : decide(r, PlaceOrganisation{"county-node"}, "county").value()) apply(r, "county", f, "node");
  EXPECT_EQ(r.organisation("county")->node, "county-node");
  ChangeOrganisation change;
  static_cast<Description&>(change) = unit("county", Level::kCounty, "city");
  for (const auto& f : decide(r, change, "county").value()) apply(r, "county", f, "node");
  EXPECT_EQ(r.organisation("county")->node, "county-node") << "a change moves nobody";
  EXPECT_TRUE(decide(r, PlaceOrganisation{"county-node"}, "county")->empty());
  EXPECT_EQ(decide(r, PlaceOrganisation{"a/b"}, "county").error().code, "node.bad_id");
  EXPECT_EQ(decide(r, PlaceOrganisation{"n"}, "nowhere").error().code, "organisation.unknown");
}

TEST(Organisation, HasAnIdThatMayStandInTheNameOfAStream) {
  const Register r;
  for (const char* id : {"a.b", "a/b", "", "市"})
    EXPECT_EQ(decide(r, unit("city", Level::kCity), id).error().code, "organisation.bad_id") << id;
}

TEST(Person, DoesNotComeBackByAChange) {
  Register r = city_and_county();
  RegisterPerson p;
  p.name = "n";
  p.organisation = "city";
  for (const auto& f : decide(r, p, "p1").value()) apply(r, "p1", f);
  for (const auto& f : decide(r, RetirePerson{"moved"}, "p1").value()) apply(r, "p1", f);
  ChangePerson change;
  static_cast<PersonDescription&>(change) = p;
  EXPECT_EQ(decide(r, change, "p1").error().code, "person.retired");
  EXPECT_FALSE(r.person("p1")->active);
}

TEST(Person, NeedsAnActiveOrganisation) {
  RegisterPerson p;
  p.name = "n";
  p.organisation = "nowhere";
  EXPECT_EQ(decide(city_and_county(), p, "p1").error().field, "organisation");
}

}  // namespace
}  // namespace anlan::organisation
