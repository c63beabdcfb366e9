// Facts that a neighbour hands over.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "command/node_fixture.h"
#include "journal/block_fixture.h"

namespace anlan::command {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Reference county_reference() {
  Reference r = demo_reference();
  r.node = "shouguang";
  return r;
}

// The city, and the county 寿光市 with its town on a node of their own. What one hands over is all that it has recorded
// since it did last, but for what stays.
class TakeInTest : public testing::Test {
 protected:
  TakeInTest() {
    register_node("city", {});
    register_node("shouguang", "city");
    register_node("anqiu", "city");
    for (const char* organisation : {"shouguang", "yangkou"})
      EXPECT_TRUE(city.ask("system", organisation::PlaceOrganisation{"shouguang"}, organisation).ok());
    EXPECT_EQ(hand_over(city, county).receipt, Receipt::kTaken);
    for (const char* organisation : {"shouguang", "yangkou"}) county.add_people(organisation);
    EXPECT_EQ(hand_over(county, city).receipt, Receipt::kTaken);
  }

  void register_node(const std::string& id, std::optional<std::string> parent) {
    EXPECT_TRUE(city.ask("system", node::Register{id, std::move(parent), ""}, id).ok());
  }
  static std::vector<journal::Fact> recorded(TestNode& node, journal::Position after) {
    auto facts = journal::read_after(node.sql(), after, 100'000);
    std::erase_if(facts, [&](const journal::Fact& f) {
      return f.node != node.reference().node || f.stream.starts_with("account/");
    });
    return facts;
  }
  static Delivery delivery(TestNode& from, TestNode& to) {
    const std::string sender = from.reference().node;
    const auto after = journal::received(to.sql(), sender);
    const auto head = journal::head(from.sql());
    return {sender, after, {head, head}, recorded(from, after.since)};
  }
  static Executor::Taken hand_over(TestNode& from, TestNode& to) { return to.take_in(delivery(from, to)); }

  std::string take_down() {
    incident::TakeDown c;
    c.type = "12D02";
    c.division = "370783115";
    c.summary = "泄漏";
    const auto answer = county.ask("shouguang", c);
    return std::string(json::parse(answer->body).value().at("id").as_string());
  }
  Outcome phone(const std::string& incident) {
    return county.ask("shouguang", incident::ReportByPhone{"city", "officer", {}, {}}, incident);
  }
  // As the node would have recorded it next and handed it over.
  template <class Variant>
  static Delivery next_of(TestNode& node, const std::string& stream, const Variant& said) {
    journal::Fact fact;
    fact.stream = stream;
    const auto encoded = codec::encode(said);
    fact.type = encoded.type;
    fact.body = encoded.body;
    fact.node = fact.actor = node.reference().node;
    fact.cause = "key";
    fact.world = kReal;
    fact.version = journal::version_of(node.sql(), stream) + 1;
    fact.node_sequence = 9'000;
    fact.occurred_at = fact.recorded_at = node.clock.at;
    return {fact.node, {}, {9'000, 9'000}, {fact}};
  }
  static std::vector<std::string> own_types(const Executor::Taken& taken, const std::string& node) {
    std::vector<std::string> types;
    for (const auto& fact : taken.batch.facts)
      if (fact.node == node) types.push_back(fact.type);
    return types;
  }

  TestNode city{{}, demo_reference(), {"city", "anqiu"}};
  TestNode county{{}, county_reference()};
};

TEST_F(TakeInTest, AReportReachesItsReceiverWhoseClocksStartThere) {
  const std::string id = take_down();
  ASSERT_TRUE(phone(id).ok());
  EXPECT_EQ(county.facts.size(), 2u) << "what the city does is not recorded here";
  EXPECT_THAT(city.state<clock::Clocks>(id + "/city").items, IsEmpty());
  city.clock.at += Minutes{3};
  const auto taken = hand_over(county, city);
  EXPECT_THAT(own_types(taken, "city"), ElementsAre("incident.joined", "clock.started", "clock.started"));
  for (const auto& fact : taken.batch.facts)
    EXPECT_THAT(fact.node + " " + fact.cause, AnyOf(HasSubstr("city fact:shouguang/"), HasSubstr("shouguang ")));
  EXPECT_EQ(city.state<incident::Incident>(id).now.organisation, "shouguang");
  EXPECT_EQ(incident::learnt_at(city.state<incident::Incident>(id), city.state<incident::Parties>(id), "city"),
            county.clock.at)
      << "the desk knew by the call";
}

TEST_F(TakeInTest, AFactThatComesAgainIsKnownAndDoesNothing) {
  ASSERT_TRUE(phone(take_down()).ok());
  const Delivery once = delivery(county, city);
  Delivery again = once;
  again.after = once.upto;
  ASSERT_EQ(city.take_in(once).receipt, Receipt::kTaken);
  const auto head = journal::head(city.sql());
  EXPECT_EQ(city.take_in(once).receipt, Receipt::kElsewhere) << "from where it is read already";
  EXPECT_EQ(city.take_in(again).receipt, Receipt::kTaken);
  EXPECT_EQ(journal::head(city.sql()), head);
  city.restart();
  EXPECT_EQ(city.take_in(once).upto, once.upto) << "how far it was read is kept";
}

TEST_F(TakeInTest, WhatBeginsBeforeTheNodesPlaceIsTakenWhereItEndsBeyondIt) {
  ASSERT_TRUE(phone(take_down()).ok());
  const Delivery first = delivery(county, city);
  ASSERT_EQ(city.take_in(first).receipt, Receipt::kTaken);
  const auto head = journal::head(city.sql());
  const std::string second = take_down();
  Delivery over = delivery(county, city);
  const auto fresh = static_cast<std::int64_t>(over.facts.size());
  over.after = first.after;
  over.facts.insert(over.facts.begin(), first.facts.begin(), first.facts.end());
  const auto taken = city.take_in(over);
  EXPECT_EQ(taken.receipt, Receipt::kTaken);
  EXPECT_EQ(taken.upto, over.upto);
  EXPECT_TRUE(city.state<incident::Incident>(second).exists());
  EXPECT_EQ(journal::head(city.sql()), head + fresh) << "what was known did nothing";
  EXPECT_EQ(city.take_in(over).receipt, Receipt::kElsewhere) << "nothing in it is new";
  EXPECT_EQ(city.take_in(first).receipt, Receipt::kElsewhere) << "an older one";
  Delivery gap = over;
  gap.after = {over.upto.since + 1, 0};
  gap.upto.since += 9;
  EXPECT_EQ(city.take_in(gap).receipt, Receipt::kElsewhere);
  EXPECT_EQ(journal::received(city.sql(), "shouguang"), over.upto);
}

TEST_F(TakeInTest, AStreamThatLacksAFactWaitsAndNothingOfTheDeliveryIsTaken) {
  const std::string id = take_down();
  ASSERT_TRUE(county.ask("shouguang", incident::SetGrade{grade::Grade::kMajor, "r"}, id).ok());
  Delivery broken = delivery(county, city);
  const Delivery whole = broken;
  std::erase_if(broken.facts, [](const journal::Fact& f) { return f.type == "incident.opened"; });
  const auto head = journal::head(city.sql());
  const auto refused = city.take_in(broken);
  EXPECT_EQ(refused.receipt, Receipt::kEarly);
  EXPECT_THAT(refused.what, HasSubstr("incident/" + id));
  EXPECT_EQ(journal::head(city.sql()), head);
  EXPECT_EQ(refused.upto, broken.after);
  EXPECT_EQ(city.take_in(whole).receipt, Receipt::kTaken);
  EXPECT_EQ(city.state<incident::Incident>(id).now.grade, grade::Grade::kMajor);
}

TEST_F(TakeInTest, ASecondHistoryOfANodeIsAFork) {
  take_down();
  Delivery other = delivery(county, city);
  ASSERT_EQ(city.take_in(other).receipt, Receipt::kTaken);
  const auto head = journal::head(city.sql());
  other.after = other.upto;
  Delivery changed = other;
  changed.facts.back().body = "{}";
  EXPECT_EQ(city.take_in(changed).receipt, Receipt::kForked) << "another body in its place";
  changed = other;
  changed.facts = {other.facts.front()};
  changed.facts.front().stream += "Z";
  EXPECT_EQ(city.take_in(changed).receipt, Receipt::kForked) << "its sequence is taken";
  EXPECT_EQ(journal::head(city.sql()), head);
  EXPECT_EQ(hand_over(county, city).receipt, Receipt::kTaken) << "the node works on";
}

TEST_F(TakeInTest, ANodeWritesOnlyForOrganisationsThatWorkOnIt) {
  const std::string id = take_down();
  const Delivery good = delivery(county, city);
  const auto with = [&](auto&& change) {
    Delivery d = good;
    change(d.facts.front());
    return city.take_in(d);
  };
  ASSERT_EQ(good.facts.front().type, "incident.opened");
  EXPECT_EQ(with([](journal::Fact& f) {
              f.body.replace(f.body.find(R"("organisation":"shouguang")"), 26, R"("organisation":"anqiu")");
            }).receipt,
            Receipt::kForbidden)
      << "an incident of another county";
  for (const char* stream : {"parties/I1/city", "clocks/I1/anqiu", "report/I1.city.r1", "instruction/I1.city.i1",
                             "instruction/I1.x.i1/city", "duty/city", "account/boss", "candidate/C1", "sealed/S1"})
    EXPECT_EQ(with([&](journal::Fact& f) {
                f.stream = stream;
                f.type = "incident.noted";
              }).receipt,
              Receipt::kForbidden)
        << stream;
  EXPECT_EQ(with([](journal::Fact& f) { f.node = "anqiu"; }).receipt, Receipt::kForbidden) << "another node's";
  EXPECT_EQ(with([](journal::Fact& f) { f.node = "city"; }).receipt, Receipt::kForbidden) << "our own";
  EXPECT_EQ(with([](journal::Fact& f) { f.node = "nowhere"; }).receipt, Receipt::kForbidden);
  EXPECT_EQ(with([](journal::Fact& f) {
              f.stream = "organisation/city";
              f.version = 2;
            }).receipt,
            Receipt::kForbidden)
      << "the city writes that";
  EXPECT_EQ(city.take_in(good).receipt, Receipt::kTaken);
  EXPECT_TRUE(city.state<incident::Incident>(id).exists());
}

TEST_F(TakeInTest, TheEntryOfAnOrganisationIsKeptWhereItWorks) {
  ASSERT_TRUE(county.ask("system", node::Register{"yangkou", "shouguang", ""}, "yangkou").ok());
  ASSERT_TRUE(county.ask("system", organisation::PlaceOrganisation{"yangkou"}, "yangkou").ok())
      << "the city had entered it, and placed it here";
  ASSERT_EQ(hand_over(county, city).receipt, Receipt::kTaken);
  EXPECT_EQ(city.directory().organisations.organisation("yangkou")->node, "yangkou");
  for (TestNode* node : {&city, &county}) {
    const auto refused = node->ask("system", organisation::PlaceOrganisation{"city"}, "yangkou");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "organisation.elsewhere");
  }
  EXPECT_EQ(city.ask("system", organisation::RetirePerson{"gone"}, "p-shouguang").error().code,
            "organisation.elsewhere");
}

TEST_F(TakeInTest, NobodySpeaksInTheNameOfAnother) {
  const std::string id = take_down();
  ASSERT_EQ(hand_over(county, city).receipt, Receipt::kTaken);
  Delivery good = delivery(county, city);
  std::int64_t sequence = 900;
  const auto says = [&]<class Variant>(const std::string& stream, const Variant& said, std::int64_t version = 1) {
    Delivery d = good;
    d.after = journal::received(city.sql(), "shouguang");
    d.upto = {d.after.since + 100, 1};
    journal::Fact fact;
    fact.stream = stream;
    const auto encoded = codec::encode(said);
    fact.type = encoded.type;
    fact.body = encoded.body;
    fact.node = fact.actor = "shouguang";
    fact.cause = "key";
    fact.world = kReal;
    fact.version = version;
    fact.node_sequence = ++sequence;
    fact.occurred_at = fact.recorded_at = county.clock.at;
    d.facts = {fact};
    return city.take_in(d);
  };
  const auto order = [&](const std::string& person) {
    return instruction::Fact{
        instruction::Given{id, "leave", person, "shouguang", county.clock.at, {"city"}, {}, false}};
  };
  EXPECT_THAT(says("instruction/" + id + ".shouguang.i1", order("p-city")).what, HasSubstr("in the name of another"));
  const report::ReceiptFact accepted = report::Accepted{1, {}};
  EXPECT_THAT(says("receipt/" + id + ".shouguang.r1", accepted).what, HasSubstr("answers a report that is not here"));
  organisation::PersonRegistered person{"p-false", {"冒名", "city", "局长", {}}};
  EXPECT_THAT(says("person/p-false", organisation::PersonFact{person}).what, HasSubstr("below another's"));
  person.description.organisation = "shouguang";
  EXPECT_EQ(says("person/p-true", organisation::PersonFact{person}).receipt, Receipt::kForbidden) << "another's id";
  organisation::PersonChanged moved{{"局长", "city", "局长", {}}};
  EXPECT_THAT(says("person/p-shouguang-leader", organisation::PersonFact{moved}, 2).what,
              HasSubstr("into another's organisation"));
  moved.description.organisation = "yangkou";
  EXPECT_EQ(says("person/p-shouguang-deputy", organisation::PersonFact{moved}, 2).receipt, Receipt::kTaken);
  organisation::Registered below{"below", {"下属", "下属", organisation::Level::kTown, "370783", "city", {}, {}}};
  EXPECT_THAT(says("organisation/below", organisation::Fact{below}).what, HasSubstr("below another's"));
  EXPECT_EQ(says("instruction/" + id + ".shouguang.i1", order("p-shouguang")).receipt, Receipt::kTaken);
}

TEST_F(TakeInTest, AnOrganisationDoesNotPlaceItself) {
  const auto* own = county.directory().organisations.organisation("shouguang");
  organisation::ChangeOrganisation c;
  c.name = own->name, c.short_name = "寿光", c.level = own->level, c.division = own->division;
  c.superior = own->superior;
  ASSERT_TRUE(county.ask("system", c, "shouguang").ok()) << "its telephone and its names are its own";
  c.superior.reset();
  EXPECT_EQ(county.ask("system", c, "shouguang").error().code, "organisation.elsewhere");
  organisation::RegisterPerson person;
  person.name = "冒名";
  person.organisation = "city";
  person.post = "局长";
  EXPECT_EQ(county.ask("system", person, "p-false").error().code, "organisation.elsewhere");
}

TEST_F(TakeInTest, NobodyIsMovedIntoAnOrganisationOfAnotherNode) {
  organisation::ChangePerson c;
  c.name = "局长";
  c.post = "局长";
  c.organisation = "city";
  EXPECT_EQ(county.ask("system", c, "p-shouguang-leader").error().code, "organisation.elsewhere");
  c.organisation = "yangkou";
  EXPECT_TRUE(county.ask("system", c, "p-shouguang-leader").ok()) << "which works on the same node";
}

// A child may say so much that its parent has to look at each: the desk waits for it no longer than for a batch.
TEST_F(TakeInTest, AnIncidentThatWasCorrectedAThousandTimesIsNotReadForEachCorrection) {
  const std::string id = take_down();
  for (int i = 0; i < 1000; ++i) {
    incident::Correct c;
    c.reason = "again";
    c.type = i % 2 == 0 ? "11A01" : "12D02";
    ASSERT_TRUE(county.ask("shouguang", c, id).ok());
  }
  const auto whole = delivery(county, city);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(city.take_in(whole).receipt, Receipt::kTaken);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  EXPECT_LT(took.count(), 5) << "seconds, and not a minute";
  EXPECT_EQ(city.state<incident::Incident>(id).now.type, "12D02");
}

TEST_F(TakeInTest, ARevokedKeyEndsAtItsSequence) {
  take_down();
  Delivery last = delivery(county, city);
  ASSERT_TRUE(city.ask("security", node::Revoke{last.facts.back().node_sequence - 1, "stolen"}, "shouguang").ok());
  EXPECT_EQ(city.take_in(last).receipt, Receipt::kForbidden);
  last.facts.pop_back();
  EXPECT_EQ(city.take_in(last).receipt, Receipt::kTaken) << "what it had recorded before stays true";
}

TEST_F(TakeInTest, TheOrganisationsOfARevokedNodeAreTakenBackByTheNodeThatRegisteredIt) {
  const std::string id = take_down();
  ASSERT_TRUE(phone(id).ok());
  hand_over(county, city);
  const auto given = city.ask("city", instruction::Give{"核实", "p-city-leader", {"shouguang"}, {}, {}, {}}, id);
  ASSERT_TRUE(given.ok()) << given.error().code;
  const std::string unheard(json::parse(given->body).value().at("id").as_string());
  EXPECT_EQ(county.ask("system", node::Revoke{9, "by another"}, "anqiu").error().code, "node.elsewhere");
  ASSERT_TRUE(city.ask("system", node::Revoke{9, "its disk is gone"}, "shouguang").ok());
  EXPECT_EQ(city.ask("system", organisation::PlaceOrganisation{"shouguang"}, "anqiu").error().code, "node.is_revoked");
  EXPECT_EQ(city.ask("system", organisation::PlaceOrganisation{"nobody"}, "anqiu").error().code, "node.unknown");
  ASSERT_TRUE(city.ask("system", organisation::PlaceOrganisation{"city"}, "shouguang").ok());
  const CreateAccount account{{"shouguang", "p-shouguang", {account::Role::kCountyOfficer}}, "hash"};
  ASSERT_TRUE(city.ask("system", account).ok()) << "passwords did not travel";
  EXPECT_TRUE(city.ask("shouguang", incident::Note{"written on at the city"}, id).ok());
  EXPECT_TRUE(city.ask("shouguang", instruction::ReportProgress{"done"}, unheard).ok()) << "its node never had it";
}

// Were it two, each of which does not hear the other, the entry would have two ends for good.
TEST_F(TakeInTest, TheEntryOfAnOrphanIsKeptByTheNearestNodeAboveAlone) {
  ASSERT_TRUE(county.ask("system", node::Register{"yangkou", "shouguang", ""}, "yangkou").ok());
  ASSERT_TRUE(county.ask("system", organisation::PlaceOrganisation{"yangkou"}, "yangkou").ok());
  ASSERT_TRUE(county.ask("system", node::Revoke{9, "stolen"}, "yangkou").ok());
  ASSERT_EQ(hand_over(county, city).receipt, Receipt::kTaken);
  const auto refused = city.ask("system", organisation::PlaceOrganisation{"city"}, "yangkou");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "organisation.elsewhere");
  EXPECT_EQ(refused.error().values.front().second, "shouguang") << "which keeps it now";

  auto by_city = next_of(city, "organisation/yangkou", organisation::Fact{organisation::Placed{"city"}});
  EXPECT_THAT(county.take_in(by_city).what, HasSubstr("another node keeps this entry"));
  ASSERT_TRUE(city.ask("system", node::Revoke{1'000, "its disk is gone"}, "shouguang").ok());
  EXPECT_EQ(keeper_of(city.directory(), "yangkou"), "city") << "the nearest that is heard";
  EXPECT_TRUE(city.ask("system", organisation::PlaceOrganisation{"city"}, "yangkou").ok());
}

// The town has brought it to the city by file, while its line to the county was cut.
TEST_F(TakeInTest, WhatANodeBelowHasSaidPastThisOneIsTakenFromTheOneAbove) {
  ASSERT_TRUE(county.ask("system", node::Register{"town", "shouguang", ""}, "town").ok());
  ASSERT_TRUE(county.ask("system", organisation::PlaceOrganisation{"town"}, "yangkou").ok());
  incident::Opened opened;
  opened.number = "2026-0001";
  opened.title = opened.summary = "s";
  opened.type = "12D02";
  opened.organisation = "yangkou";
  opened.place.division = "370783115";
  opened.learnt_at = county.clock.at;
  Delivery round = next_of(county, "incident/T", incident::Fact{opened});
  round.neighbour = "city";
  round.after = journal::received(county.sql(), "city");
  round.facts.front().node = round.facts.front().actor = "town";
  const auto taken = county.take_in(round);
  EXPECT_EQ(taken.receipt, Receipt::kTaken) << taken.what;
  EXPECT_TRUE(county.state<incident::Incident>("T").exists());

  Delivery other = round;
  other.after = other.upto;
  other.upto.since += 1;
  other.facts.front().body.replace(other.facts.front().body.find("2026-0001"), 9, "2026-0002");
  const journal::Hash before{std::byte{1}};
  for (Delivery* one : {&round, &other})
    one->parts = {
        journal::part_of(journal::block_of(one->facts, before), one->facts, journal::sequences_of(one->facts))};
  county.sql().begin();
  ASSERT_FALSE(journal::keep(county.sql(), round.parts.front()).has_value());
  county.sql().commit();
  EXPECT_EQ(county.take_in(other).receipt, Receipt::kTaken) << "of two histories its own line tells";
  EXPECT_THAT(county.facts, IsEmpty());
  EXPECT_EQ(county.state<incident::Incident>("T").now.number, "2026-0001");
  other.parts.clear();
  other.after = other.upto;
  other.upto.since += 1;
  other.facts.front().stream = "organisation/yangkou";
  other.facts.front().version = 4;
  EXPECT_THAT(county.take_in(other).what, HasSubstr("does not lie behind city")) << "the register comes its own way";
}

TEST_F(TakeInTest, WhoKnowsNobodyYetTakesTheRegisterAlone) {
  TestNode fresh{{}, [] {
                   Reference r = demo_reference();
                   r.node = "anqiu";
                   return r;
                 }()};
  Delivery all = delivery(city, fresh);
  all.facts.front().stream = "incident/I1";
  EXPECT_EQ(fresh.take_in(all).receipt, Receipt::kForbidden);
  EXPECT_EQ(hand_over(city, fresh).receipt, Receipt::kTaken);
  EXPECT_EQ(fresh.directory().organisations.organisation("shouguang")->node, "shouguang");
}

TEST_F(TakeInTest, ClocksOfOthersAreNotThisNodesToTick) {
  const std::string id = take_down();
  ASSERT_TRUE(phone(id).ok());
  ASSERT_EQ(hand_over(county, city).receipt, Receipt::kTaken);
  EXPECT_FALSE(city.state<clock::Clocks>(id + "/shouguang").items.empty());
  city.clock.at += std::chrono::hours{3};
  ASSERT_TRUE(city.ask("system", Tick{}, id + "/shouguang").ok());
  EXPECT_THAT(city.facts, IsEmpty());
  ASSERT_TRUE(city.ask("system", Tick{}, id + "/city").ok());
  EXPECT_FALSE(city.facts.empty());
}

}  // namespace
}  // namespace anlan::command
