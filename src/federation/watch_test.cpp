#include "federation/watch.h"

#include <gmock/gmock.h>

#include "codec/json_write.h"
#include "command/node_fixture.h"
#include "federation/history.h"
#include "journal/history.h"
#include "journal/quarantine.h"
#include "view/views.h"

namespace anlan::federation {
namespace {

using enum Condition;
using std::chrono::seconds;
using testing::ElementsAre;

const std::vector<view::ScopeRule> kRules{
    {"node/", view::Reach::kEveryone}, {"organisation/", view::Reach::kEveryone}, {"person/", view::Reach::kEveryone}};

Statement statement(const std::string& release = "0.1.0") {
  Statement own;
  own.release = release;
  own.engine = "sqlite";
  own.started_at = from_china_time(2026, 11, 23, 8, 0);
  own.disk_free_mib = 500;
  own.disk_mib = 1000;
  return own;
}

// A city with a county, which has a town.
class WatchTest : public testing::Test {
 protected:
  void SetUp() override {
    must(node::Register{"市", {}, "key"}, "city");
    must(node::Register{"寿光", "city", "key"}, "county");
    must(node::Register{"羊口", "county", "key"}, "town");
  }
  void must(command::Command command, const std::string& target) {
    ASSERT_TRUE(city.ask("system", std::move(command), target).ok());
  }
  Instant now() const { return city.clock.at; }
  std::map<std::string, Standing> standings(Watch& asked) {
    std::map<std::string, Standing> all;
    for (auto& one : asked.standings({city.sql(), city.directory(), &kRules, now()})) all[one.told.node] = one;
    return all;
  }
  std::map<std::string, Standing> standings() { return standings(watch); }
  // By a clock that is ahead of the city's.
  Health of_county(Milliseconds ahead = {}, std::vector<Told> below = {}) {
    Health health{"county", now() + ahead, statement(), std::move(below)};
    health.own.started_at += ahead;
    return health;
  }
  Told of_town(Instant by_county, std::optional<Instant> contact_at) {
    Told told;
    told.node = "town";
    told.contact_at = contact_at;
    told.heard_at = told.said_at = by_county;
    told.own = statement("0.0.9");
    return told;
  }
  void keep(Watch& of) {
    city.sql().begin();
    for (const auto& known : of.take_unkept(now())) journal::keep_node_health(city.sql(), known);
    city.sql().commit();
    of.kept();
  }

  std::vector<std::unique_ptr<journal::Projection>> views_ = view::all_views();
  command::TestNode city{view::pointers(views_)};
  Watch watch{"city", [] { return statement(); }, Limits{}};
};

TEST_F(WatchTest, KnowsWhoWasNeverThereAndWhoIs) {
  auto all = standings();
  EXPECT_THAT(all.at("city").conditions, ElementsAre(kInContact));
  EXPECT_THAT(all.at("county").conditions, ElementsAre(kNeverSeen));
  EXPECT_THAT(all.at("town").conditions, ElementsAre(kUnknown));
  watch.heard("county", "10.0.0.7", {}, now());
  all = standings();
  EXPECT_THAT(all.at("county").conditions, ElementsAre(kInContact));
  EXPECT_EQ(all.at("county").address, "10.0.0.7");
  city.clock.at += Limits{}.cut + seconds{1};
  EXPECT_THAT(standings().at("county").conditions, ElementsAre(kCutOff));
}

TEST_F(WatchTest, FindsHowFarAClockIsOffAndCountsByItsOwn) {
  ASSERT_TRUE(watch.told("county", of_county(Minutes{3}), city.directory(), now()));
  const auto county = standings().at("county");
  EXPECT_THAT(county.conditions, ElementsAre(kClockWrong));
  EXPECT_EQ(county.clock_ahead(), Minutes{3});
  EXPECT_EQ(county.told.own->started_at, statement().started_at);
}

TEST_F(WatchTest, SeesTownsThroughTheirCountyUntilThatIsCut) {
  const Milliseconds ahead = Minutes{3};
  const Instant by_county = now() + ahead;
  ASSERT_TRUE(
      watch.told("county", of_county(ahead, {of_town(by_county, by_county - seconds{10})}), city.directory(), now()));
  auto town = standings().at("town");
  EXPECT_THAT(town.conditions, ElementsAre(kOtherRelease));
  EXPECT_EQ(town.told.contact_at, now() - seconds{10});
  EXPECT_EQ(town.told_by, "county");
  city.clock.at += Limits{}.cut + seconds{1};
  town = standings().at("town");
  EXPECT_THAT(town.conditions, ElementsAre(kUnknown));
  EXPECT_EQ(town.told.own->release, "0.0.9");
  ASSERT_TRUE(watch.told("county", of_county({}, {of_town(now(), now() - Limits{}.cut - seconds{1})}), city.directory(),
                         now()));
  EXPECT_THAT(standings().at("town").conditions, ElementsAre(kCutOff));
}

TEST_F(WatchTest, ANodeSpeaksForItselfAndForThoseBelowItAlone) {
  EXPECT_FALSE(watch.told("town", of_county(), city.directory(), now()));
  Told city_itself = of_town(now(), now());
  city_itself.node = "city";
  Told nobody = city_itself;
  nobody.node = "nobody";
  ASSERT_TRUE(watch.told("county", of_county({}, {city_itself, nobody}), city.directory(), now()));
  std::vector<std::string> kept;
  for (const auto& known : watch.take_unkept(now())) kept.push_back(known.node);
  EXPECT_THAT(kept, ElementsAre("county"));
}

TEST_F(WatchTest, IsTheSameForAnotherProcessAndAfterARestart) {
  watch.heard("county", "10.0.0.7", journal::Place{3, 3}, now());
  ASSERT_TRUE(watch.told("county", of_county({}, {of_town(now(), now())}), city.directory(), now()));
  keep(watch);
  Watch other{"city", [] { return statement(); }, Limits{}};
  const auto here = standings(), there = standings(other);
  for (const char* node : {"county", "town"}) {
    EXPECT_EQ(json::to_text(there.at(node).told), json::to_text(here.at(node).told));
    EXPECT_EQ(there.at(node).conditions, here.at(node).conditions);
  }
  city.clock.at += seconds{30};
  watch.heard("county", "10.0.0.7", {}, now());
  keep(watch);
  EXPECT_EQ(standings(other).at("county").told.contact_at, now());
  EXPECT_EQ(standings(other).at("county").told.own->release, "0.1.0");
}

TEST_F(WatchTest, ContactAloneIsNotWrittenEveryTime) {
  watch.heard("county", "10.0.0.7", {}, now());
  EXPECT_EQ(watch.take_unkept(now()).size(), 1u);
  watch.heard("county", "10.0.0.7", {}, now());
  EXPECT_TRUE(watch.take_unkept(now()).empty()) << "while the last is being written";
  watch.kept();
  city.clock.at += seconds{1};
  EXPECT_TRUE(watch.take_unkept(now()).empty()) << "so soon";
  ASSERT_TRUE(watch.told("county", of_county(), city.directory(), now()));
  EXPECT_EQ(watch.take_unkept(now()).size(), 1u) << "what was said is";
  watch.kept();
  watch.heard("county", "10.0.0.7", {}, now());
  city.clock.at += seconds{10};
  EXPECT_EQ(watch.take_unkept(now()).size(), 1u);
}

TEST_F(WatchTest, WhatIsRefusedStandsUntilItNoLongerComes) {
  watch.heard("county", "10.0.0.7", {}, now());
  city.sql().begin();
  journal::quarantine(city.sql(), "county", "county", "another block", "bytes", now());
  city.sql().commit();
  EXPECT_THAT(standings().at("county").conditions, ElementsAre(kRefused));
  EXPECT_TRUE(standings().at("county").told.refused);
  city.clock.at += Limits{}.late + seconds{1};
  watch.heard("county", "10.0.0.7", {}, now());
  EXPECT_THAT(standings().at("county").conditions, ElementsAre(kInContact));
}

TEST_F(WatchTest, ANodeThatIsAnOldBackupSaysSoOfItselfAndIsShownSoByOthers) {
  EXPECT_THAT(standings().at("city").conditions, ElementsAre(kInContact));
  const journal::Position head = journal::head(city.sql());
  EXPECT_TRUE(knows_more(city.sql(), "city", {head + 1, head + 1}, std::nullopt));
  EXPECT_THAT(standings().at("city").conditions, ElementsAre(kInContact)) << "anybody may say so";
  city.sql().begin();
  journal::note_ahead(city.sql(), "county", now());
  city.sql().commit();
  EXPECT_THAT(standings().at("city").conditions, ElementsAre(kRestored));
  EXPECT_EQ(watch.own_health({city.sql(), city.directory(), &kRules, now()}).own.restored, true);
  Health health = of_county();
  health.own.restored = true;
  ASSERT_TRUE(watch.told("county", health, city.directory(), now()));
  EXPECT_THAT(standings().at("county").conditions, ElementsAre(kRestored));
  ASSERT_TRUE(watch.told("county", of_county(), city.directory(), now())) << "of an earlier release, or whole again";
  EXPECT_THAT(standings().at("county").conditions, ElementsAre(kInContact));
}

TEST_F(WatchTest, TellsTheNodeAboveOfItselfAndOfThoseBelow) {
  ASSERT_TRUE(watch.told("county", of_county({}, {of_town(now(), now())}), city.directory(), now()));
  const auto all = watch.standings({city.sql(), city.directory(), &kRules, now()});
  const Health health = health_of(all, now());
  EXPECT_EQ(health.node, "city");
  EXPECT_EQ(health.own.head, journal::head(city.sql()));
  ASSERT_EQ(health.below.size(), 2u);
  EXPECT_EQ(health.below[0].node, "county");
  EXPECT_EQ(health.below[1].node, "town");
  const auto read = health_in(json::to_text(health));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(json::to_text(*read), json::to_text(health));
  EXPECT_NE(words_of(all).find("town other_release"), std::string::npos);
}

TEST_F(WatchTest, ARevokedNodeIsNoLongerSpokenOf) {
  must(node::Revoke{1, "被盗"}, "county");
  const auto all = watch.standings({city.sql(), city.directory(), &kRules, now()});
  for (const Told& told : health_of(all, now()).below) EXPECT_NE(told.node, "county");
  EXPECT_THAT(standings().at("county").conditions, ElementsAre(kRevoked));
}

TEST_F(WatchTest, CountsWhatANeighbourHasNotRead) {
  const journal::Position head = journal::head(city.sql());
  watch.heard("county", {}, journal::Place{head, head}, now());
  EXPECT_EQ(standings().at("county").told.down->facts, 0);
  city.clock.at += Minutes{1};
  must(node::Register{"别处", "city", "key"}, "other");
  const Instant first = now();
  city.clock.at += Minutes{1};
  must(node::Register{"又一处", "city", "key"}, "another");
  auto down = *standings().at("county").told.down;
  EXPECT_EQ(down.facts, 2);
  EXPECT_FALSE(down.more);
  EXPECT_EQ(down.since, first);
  city.clock.at += Limits{}.waiting;
  watch.heard("county", {}, journal::Place{head, head}, now());
  EXPECT_THAT(standings().at("county").conditions, ElementsAre(kLate));
  watch.heard("county", {}, journal::Place{head + 1, head + 1}, now());
  EXPECT_EQ(standings().at("county").told.down->facts, 1);
}

TEST(Health, OfBytesFromAnywhereIsBounded) {
  EXPECT_FALSE(health_in("").has_value());
  EXPECT_FALSE(health_in("{}").has_value());
  Health health{"county", from_china_time(2026, 11, 23, 14, 0), statement(), {}};
  EXPECT_TRUE(health_in(json::to_text(health)).has_value());
  std::string newer = json::to_text(health);
  newer.insert(1, R"("mood":"good",)");
  EXPECT_TRUE(health_in(newer).has_value()) << "a member of a newer release";
  health.node = std::string(41, 'x');
  EXPECT_FALSE(health_in(json::to_text(health)).has_value());
  health.node = "county";
  health.below.resize(kMostBelow + 1);
  EXPECT_FALSE(health_in(json::to_text(health)).has_value());
  EXPECT_FALSE(health_in(std::string(kMostHealthBytes + 1, ' ')).has_value());
}

}  // namespace
}  // namespace anlan::federation
