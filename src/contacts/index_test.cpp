#include "contacts/index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace anlan::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Ring kSquare{{118, 36}, {119, 36}, {119, 37}, {118, 37}, {118, 36}};

Entry entry(std::int64_t id, const std::string& division, std::optional<LngLat> point, const std::string& person) {
  return {id, division, point, {}, {}, {}, person};
}

Index index_of(const std::vector<Entry>& entries) {
  Index::Building building;
  for (const Entry& e : entries) building.add(e);
  return std::move(building).finish();
}

warning::Area square() {
  warning::Area area;
  area.rings = {kSquare};
  return area;
}

TEST(ContactIndex, FindsByPlaceAndByDivision) {
  const Index index =
      index_of({entry(1, "370783115001", LngLat{118.5, 36.5}, "a"), entry(2, "370783115001", LngLat{119.5, 36.5}, "b"),
                entry(3, "370724", std::nullopt, "c")});
  EXPECT_THAT(index.collect(square(), {}, "370700"), ElementsAre(1));
  warning::Area area;
  area.divisions = {"370783"};
  EXPECT_THAT(index.collect(area, {}, "370700"), testing::UnorderedElementsAre(1, 2));
  area.divisions = {"370724"};
  EXPECT_EQ(index.count(area, {}, "370700"), 1) << "without a place by division alone";
  area.divisions = {"370700"};
  EXPECT_EQ(index.count(area, {}, "370700"), 3);
  area.divisions = {};
  area.circles = {{{119.5, 36.5}, 100}};
  EXPECT_THAT(index.collect(area, {}, "370700"), ElementsAre(2));
}

TEST(ContactIndex, FindsWhoFollowsAPlaceFromElsewhere) {
  Entry child = entry(1, "110105", LngLat{116.4, 39.9}, "child");
  child.follows = {"370783115"};
  const Index index = index_of({child, entry(2, "370783115001", LngLat{118.5, 36.5}, "mother"),
                                entry(3, "370724", LngLat{119.5, 36.5}, "other")});
  warning::Area area;
  for (const auto& [division, found] :
       {std::pair("370783115001", true), std::pair("370783115", true), std::pair("370783", true),
        std::pair("370700", true), std::pair("370724", false)}) {
    area.divisions = {division};
    EXPECT_EQ(testing::Value(index.collect(area, {}, "370700"), testing::Contains(1)), found) << division;
  }
  EXPECT_THAT(index.collect(square(), {}, "370700"), testing::UnorderedElementsAre(1, 2)) << "its mother lives there";
  area.divisions = {"370783"};
  EXPECT_THAT(index.collect(area, {}, "370724"), IsEmpty()) << "of another county";
  const auto nobody = index.bearers(area, {"grid"}, "370700");
  ASSERT_EQ(nobody.size(), 1U) << "the mother's village, not the child";
  EXPECT_EQ(nobody[0].id, 0);
  warning::Audience audience;
  audience.roles = {"grid"};
  EXPECT_THAT(index.collect(area, audience, "370700"), IsEmpty()) << "what is for a role alone";
}

// "DIVISION ID ROLE" of each.
std::vector<std::string> said(const std::vector<Index::Bearer>& bearers) {
  std::vector<std::string> lines;
  for (const auto& one : bearers)
    lines.push_back(one.division + " " + std::to_string(one.id) + " " + std::to_string(one.role));
  return lines;
}

Entry bearer(std::int64_t id, const std::string& division, const std::string& role, const std::string& person) {
  return {id, division, std::nullopt, {role}, {}, {}, person};
}

TEST(ContactIndex, WhoAnswersForSeveralPlacesDoesSoInEachAndOnceInOne) {
  const Index index = index_of({bearer(1, "370783001", "head", "a"), bearer(2, "370783002", "head", "a"),
                                bearer(3, "370783002", "grid", "a"), bearer(4, "370783002", "grid", "b"),
                                bearer(5, "370724001", "grid", "b")});
  warning::Area area;
  area.divisions = {"370783", "370783002", "370724"};
  EXPECT_THAT(said(index.bearers(area, {"head", "grid"}, "370783")),
              ElementsAre("370783001 1 0", "370783002 2 0", "370783002 4 1"));
}

TEST(ContactIndex, APlaceForWhichNobodyIsResponsibleIsToldOf) {
  const Index index = index_of({bearer(1, "370783001", "head", "a"), entry(2, "370783004", std::nullopt, "b"),
                                entry(3, "370783001007", std::nullopt, "c"), bearer(4, "370783002003", "head", "d"),
                                entry(5, "370783002", std::nullopt, "e"), entry(6, "370783002009", std::nullopt, "f"),
                                bearer(7, "370783", "head", "office"), entry(8, "370783009", std::nullopt, "g")});
  warning::Area area;
  area.divisions = {"370783001", "370783002", "370783004", "370783006"};
  const std::vector<std::string> all = said(index.bearers(area, {"head"}, "370783"));
  EXPECT_THAT(all,
              ElementsAre("370783001 1 0", "370783002003 4 0", "370783002009 0 1", "370783004 0 1", "370783006 0 1"))
      << "of the town for a village, of a village for the town, nobody's own, no contacts at all";
  area.divisions = {"370783"};
  EXPECT_THAT(said(index.bearers(area, {"head"}, "370783009")), ElementsAre("370783009 0 1"))
      << "of the county is nobody there";
  EXPECT_THAT(index.bearers(area, {"head"}, "370724"), IsEmpty());
}

TEST(ContactIndex, CountsAPersonOnceHoweverOftenNamed) {
  const Index index =
      index_of({entry(1, "370783115", LngLat{118.5, 36.5}, "a"), entry(2, "370783115", LngLat{118.6, 36.5}, "a"),
                entry(3, "370783", std::nullopt, "a")});
  warning::Area area = square();
  area.divisions = {"370783", "370783115"};
  area.circles = {{{118.5, 36.5}, 1000}};
  EXPECT_EQ(index.count(area, {}, "370700"), 1);
  EXPECT_EQ(index.people(), 1U);
}

TEST(ContactIndex, LeavesOutWhoBelongsToAnotherDivisionThanTheIssuers) {
  const Index index =
      index_of({entry(1, "370783115001", LngLat{118.5, 36.5}, "a"), entry(2, "370724001", LngLat{118.5, 36.5}, "b")});
  EXPECT_THAT(index.collect(square(), {}, "370783"), ElementsAre(1));
  EXPECT_THAT(index.collect(square(), {}, "370783115"), ElementsAre(1));
  EXPECT_THAT(index.collect(square(), {}, "370724"), ElementsAre(2));
  EXPECT_THAT(index.collect(square(), {}, "370100"), IsEmpty());
  EXPECT_THAT(index.collect(square(), {}, "nowhere"), IsEmpty());
}

TEST(ContactIndex, TellsOnlyTheAudience) {
  Entry reporter = entry(1, "370783", LngLat{118.5, 36.5}, "a"), elder = entry(2, "370783", LngLat{118.5, 36.5}, "b");
  reporter.roles = {"reporter"};
  elder.roles = {"resident"};
  elder.vulnerabilities = {"elderly", "alone"};
  const Index index = index_of({reporter, elder});
  EXPECT_THAT(index.collect(square(), {{"reporter"}, {}, {}}, "370700"), ElementsAre(1));
  EXPECT_THAT(index.collect(square(), {{"reporter", "resident"}, {}, {"elderly"}}, "370700"), ElementsAre(2));
  EXPECT_EQ(index.count(square(), {{}, {"landslide"}, {}}, "370700"), 0) << "a word that nobody bears is not everybody";
  EXPECT_EQ(index.count(square(), {}, "370700"), 2);
}

TEST(ContactIndex, OfNobodyFindsNobody) {
  EXPECT_EQ(Index().count(square(), {}, "370700"), 0);
  EXPECT_EQ(index_of({}).count(square(), {}, "370700"), 0);
}

// Against a walk over all entries.
TEST(ContactIndex, FindsWhatAWalkOverAllFinds) {
  std::mt19937_64 chance(7);
  const auto some = [&](double from, double to) { return std::uniform_real_distribution<double>(from, to)(chance); };
  const std::vector<std::string> codes{"370783115001", "370783115", "370783", "370724001", "370100001"};
  std::vector<Entry> entries;
  for (int i = 0; i < 3000; ++i) {
    auto e = entry(i, codes[chance() % codes.size()], std::nullopt, std::to_string(chance() % 2000));
    if (chance() % 10 != 0) e.point = LngLat{some(118, 119), some(36, 37)};
    if (chance() % 2 == 0) e.roles = {"resident"};
    entries.push_back(e);
  }
  const Index index = index_of(entries);
  for (int round = 0; round < 200; ++round) {
    warning::Area area;
    const LngLat at{some(118, 119), some(36, 37)};
    const double size = some(0.01, 0.4);
    if (chance() % 3 != 0) area.rings = {{at, {at.lng + size, at.lat}, {at.lng + size / 2, at.lat + size}, at}};
    if (chance() % 3 == 0) area.circles = {{at, size * 50'000}};
    if (chance() % 3 == 0) area.divisions = {codes[chance() % codes.size()]};
    const warning::Audience audience{
        chance() % 2 == 0 ? std::vector<std::string>{"resident"} : std::vector<std::string>{}, {}, {}};
    const std::string within = chance() % 2 == 0 ? "3707" : "370783";
    std::set<std::string> people;
    for (const Entry& e : entries) {
      bool found = false;
      for (const Ring& ring : area.rings) found = found || (e.point && contains(ring, *e.point));
      for (const auto& c : area.circles) found = found || (e.point && distance_m(c.center, *e.point) <= c.radius_m);
      for (const auto& d : area.divisions) found = found || e.division.starts_with(d);
      if (found && e.division.starts_with(within) && (audience.roles.empty() || !e.roles.empty()))
        people.insert(e.person);
    }
    const std::string issuer = within == "3707" ? "370700" : within;
    EXPECT_EQ(index.count(area, audience, issuer), static_cast<std::int64_t>(people.size())) << round;
  }
}

}  // namespace
}  // namespace anlan::contacts
