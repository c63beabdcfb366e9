#include "view/outgoing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/fact.h"
#include "domain/duty/facts.h"
#include "domain/incident/facts.h"
#include "domain/instruction/facts.h"
#include "domain/report/facts.h"
#include "journal/start.h"
#include "platform/sql/store_fixture.h"
#include "view/audience.h"

namespace anlan::view {
namespace {

using journal::Place;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant kNow = from_ms(1'795'406'400'000);
const std::vector<ScopeRule> kRules{{"node/", Reach::kEveryone},
                                    {"organisation/", Reach::kEveryone},
                                    {"incident/", Reach::kConcerned, {"incident.figures_stated"}},
                                    {"parties/", Reach::kConcerned},
                                    {"report/", Reach::kConcerned},
                                    {"instruction/", Reach::kConcerned},
                                    {"duty/", Reach::kUp}};

// The node of a county between its city and a town; each has an organisation of its name, and the county another, the
// guest. Facts are those of the county's node where no other is named.
class OutgoingTest : public testing::Test {
 protected:
  OutgoingTest() : sql_(journal::start(store_.where(), views_, kNow)), writer_(*sql_, "county") {
    for (const auto& [id, parent] : {std::pair("city", ""), std::pair("county", "city"), std::pair("town", "county")}) {
      node::Registered f{id, id, {}, "key"};
      if (*parent) f.parent = parent;
      tell<node::Fact>("node/" + std::string(id), f, "city");
    }
    for (const auto& [id, node] : {std::pair("city", "city"), std::pair("county", "county"), std::pair("town", "town"),
                                   std::pair("guest", "county")}) {
      organisation::Description d;
      d.name = id;
      tell<organisation::Fact>("organisation/" + std::string(id), organisation::Registered{id, d}, "city");
      tell<organisation::Fact>("organisation/" + std::string(id), organisation::Placed{node}, "city");
    }
    begun_ = journal::head(*sql_);
  }

  template <class Variant, class F>
  void tell(const std::string& stream, const F& f, const std::string& node = "county") {
    journal::Fact fact;
    fact.stream = stream;
    fact.type = F::kType;
    fact.body = codec::encode(Variant(f)).body;
    fact.world = "real";
    fact.actor = fact.cause = "a";
    fact.occurred_at = fact.recorded_at = kNow;
    sql_->begin();
    std::vector<journal::Fact> done;
    if (node == "county") {
      done = writer_.append(stream, writer_.version(stream), {fact}, kNow).value();
    } else {
      fact.node = node;
      fact.node_sequence = ++sequences_[node];
      fact.version = writer_.version(stream) + 1;
      ASSERT_EQ(writer_.take_in(fact), journal::Arrival::kNew);
      done = {fact};
    }
    journal::apply(*sql_, views_, done);
    sql_->commit();
  }
  void open(const std::string& id, const std::string& organisation, const std::string& node = "county") {
    incident::Opened f;
    f.number = "2026-0001";
    f.organisation = organisation;
    tell<incident::Fact>("incident/" + id, f, node);
    tell<incident::PartyFact>("parties/" + id + "/" + organisation,
                              incident::Joined{id, organisation, "taken_down", {}}, node);
  }
  void phone(const std::string& id, const std::string& from, const std::string& to) {
    tell<incident::PartyFact>("parties/" + id + "/" + from, incident::Phoned{from, {to, "n", {}, kNow}});
  }
  Outgoing piece(const std::string& neighbour, Place after, std::size_t limit = 1000) {
    return outgoing(*sql_, state::Directory::read(*sql_), kRules, "county", neighbour, after, limit);
  }
  // What goes ahead to the city, behind `after`.
  std::vector<std::string> first(Place after, journal::Position told = 0, std::size_t limit = 1000) {
    const auto found = going_first(*sql_, state::Directory::read(*sql_), kRules, "county", "city", after, told, limit);
    EXPECT_EQ(found.upto, after);
    std::vector<std::string> facts;
    for (const auto& fact : found.facts) facts.push_back(fact.type + " " + fact.stream);
    return facts;
  }
  // An incident that the city was called about, and figures of it.
  void open_for_city(const std::string& id) {
    open(id, "county");
    phone(id, "county", "city");
  }
  void state_figures(const std::string& id) { tell<incident::Fact>("incident/" + id, incident::FiguresStated{}); }

  // What there is for the neighbour beside the register: "type stream".
  std::vector<std::string> for_neighbour(const std::string& neighbour) {
    std::vector<std::string> found;
    for (const auto& fact : piece(neighbour, {begun_, begun_}).facts) found.push_back(fact.type + " " + fact.stream);
    return found;
  }

  sql::TestStore store_;
  Audience audience_;
  std::vector<journal::Projection*> views_{&audience_};
  std::unique_ptr<sql::Connection> sql_;
  journal::Writer writer_;
  std::map<std::string, std::int64_t> sequences_;
  journal::Position begun_ = 0;
};

TEST_F(OutgoingTest, FiguresGoAheadWithAllThatTheirIncidentHasForTheNeighbour) {
  const Place after{begun_, begun_};
  open_for_city("I1");
  open_for_city("I2");
  EXPECT_THAT(first(after), IsEmpty()) << "nothing is urgent";
  state_figures("I1");
  const std::vector<std::string> story{"incident.opened incident/I1", "incident.joined parties/I1/county",
                                       "incident.phoned parties/I1/county", "incident.figures_stated incident/I1"};
  EXPECT_EQ(first(after), story);
  const auto told = journal::head(*sql_);
  EXPECT_THAT(first(after, told), IsEmpty()) << "it was told";
  state_figures("I1");
  EXPECT_EQ(first(after, told).size(), story.size() + 1);
  EXPECT_THAT(first({told, told}), ElementsAre("incident.figures_stated incident/I1")) << "the rest is there";
}

TEST_F(OutgoingTest, OfMoreNewsThanFitTheLatestGoesAheadAndWhatNobodyThereMayKnowStays) {
  const Place after{begun_, begun_};
  for (const char* id : {"I1", "I2"}) {
    open_for_city(id);
    state_figures(id);
  }
  open("I3", "county");
  state_figures("I3");
  EXPECT_EQ(first(after).size(), 8u);
  const auto latest = first(after, 0, 5);
  ASSERT_EQ(latest.size(), 4u);
  EXPECT_EQ(latest.back(), "incident.figures_stated incident/I2");
}

TEST_F(OutgoingTest, TheRegisterGoesAheadOfWhatStandsOnIt) {
  const Place after{begun_, begun_};
  tell<organisation::Fact>("organisation/new", organisation::Registered{"new", {}});
  open_for_city("I1");
  EXPECT_THAT(first(after), IsEmpty()) << "the register alone is no news";
  state_figures("I1");
  ASSERT_EQ(first(after).size(), 5u);
  EXPECT_EQ(first(after).front(), "organisation.registered organisation/new");
  EXPECT_THAT(first(after, 0, 4), IsEmpty());
}

TEST_F(OutgoingTest, WhatNobodyBehindTheNeighbourMayKnowStays) {
  open("I1", "county");
  open("I2", "guest");
  EXPECT_THAT(for_neighbour("city"), IsEmpty());
  EXPECT_THAT(for_neighbour("town"), IsEmpty());
}

TEST_F(OutgoingTest, WhoIsToldGetsAllThatWasSaidBeforeAheadOfTheTelling) {
  open("I1", "county");
  open("I2", "guest");
  phone("I1", "county", "city");
  tell<incident::Fact>("incident/I1", incident::Closed{"r"});
  EXPECT_THAT(for_neighbour("city"), ElementsAre("incident.opened incident/I1", "incident.joined parties/I1/county",
                                                 "incident.phoned parties/I1/county", "incident.closed incident/I1"));
  EXPECT_THAT(for_neighbour("town"), IsEmpty());
}

TEST_F(OutgoingTest, FactsOfOthersAreHandedOnButNotBack) {
  open("I1", "town", "town");
  tell<incident::PartyFact>("parties/I1/town", incident::Phoned{"town", {"city", "n", {}, kNow}}, "town");
  tell<incident::PartyFact>("parties/I1/town", incident::Phoned{"town", {"county", "n", {}, kNow}}, "town");
  EXPECT_EQ(for_neighbour("city").size(), 4u);
  EXPECT_THAT(for_neighbour("town"), IsEmpty());
  tell<incident::PartyFact>("parties/I1/county", incident::Joined{"I1", "county", "phone", {}});
  EXPECT_THAT(for_neighbour("town"), ElementsAre("incident.joined parties/I1/county"));
}

// The town was cut off when it told the county, and may be still.
TEST_F(OutgoingTest, WhatWasBroughtPastTheNeighbourGoesToItToo) {
  tell<node::Fact>("node/village", node::Registered{"village", "n", "town", "key"}, "town");
  tell<organisation::Fact>("organisation/village", organisation::Registered{"village", {}}, "village");
  begun_ = journal::head(*sql_);
  open("I1", "village", "village");
  tell<incident::PartyFact>("parties/I1/village", incident::Phoned{"village", {"county", "n", {}, kNow}}, "village");
  instruction::Given given;
  given.incident = "I1";
  given.from = "county";
  given.to = {"town"};
  tell<instruction::Fact>("instruction/I1.county.i1", given);
  EXPECT_THAT(for_neighbour("town"), ElementsAre("instruction.given instruction/I1.county.i1")) << "by its own line";
  sql_->begin();
  journal::note_received(*sql_, "village", {7, 7});
  sql_->commit();
  EXPECT_THAT(
      for_neighbour("town"),
      testing::IsSupersetOf({"incident.opened incident/I1", "incident.joined parties/I1/village",
                             "incident.phoned parties/I1/village", "instruction.given instruction/I1.county.i1"}));
  EXPECT_THAT(for_neighbour("city"), IsEmpty()) << "of what the village has told the county";
}

TEST_F(OutgoingTest, AReportGoesWithWhatWasSentAndNothingThatIsDraftedAfterIt) {
  open("I1", "county");
  report::Drafted draft;
  draft.incident = "I1";
  draft.from = "county";
  draft.to = "city";
  tell<report::Fact>("report/I1.county.r1", draft);
  EXPECT_THAT(for_neighbour("city"), IsEmpty());
  tell<report::Fact>("report/I1.county.r1", report::Sent{1});
  tell<report::Fact>("report/I1.county.r1", draft);
  EXPECT_THAT(for_neighbour("city"),
              ElementsAre("incident.opened incident/I1", "incident.joined parties/I1/county",
                          "report.drafted report/I1.county.r1", "report.sent report/I1.county.r1"));
}

TEST_F(OutgoingTest, TheShiftGoesUpAndTheRegisterToEverybodyButWhereItCameFrom) {
  tell<duty::Fact>("duty/county", duty::TakenOver{"county", "p1", "p2", {}});
  tell<organisation::Fact>("organisation/new", organisation::Registered{"new", {}});
  tell<organisation::Fact>("organisation/newer", organisation::Registered{"newer", {}}, "town");
  EXPECT_THAT(for_neighbour("city"),
              ElementsAre("duty.taken_over duty/county", "organisation.registered organisation/new",
                          "organisation.registered organisation/newer"));
  EXPECT_THAT(for_neighbour("town"), ElementsAre("organisation.registered organisation/new"));
}

TEST_F(OutgoingTest, NothingIsPassedOverForANeighbourThatIsRegisteredLater) {
  const auto early = piece("hamlet", {});
  EXPECT_THAT(early.facts, IsEmpty());
  EXPECT_EQ(early.upto, Place{});
  tell<node::Fact>("node/hamlet", node::Registered{"hamlet", "hamlet", "county", "key"}, "city");
  EXPECT_EQ(piece("hamlet", {}).facts.size(), 12u);
}

TEST_F(OutgoingTest, PieceByPieceTheSameAsAtOnce) {
  for (const char* id : {"I1", "I2", "I3"}) {
    open(id, "county");
    phone(id, "county", "city");
    instruction::Given given;
    given.incident = id;
    given.from = "county";
    given.to = {"town"};
    tell<instruction::Fact>("instruction/" + std::string(id) + ".county.i1", given);
  }
  for (const std::string neighbour : {"city", "town"})
    for (std::size_t limit = 1; limit < 6; ++limit) {
      std::vector<journal::Position> whole, pieces;
      for (const auto& fact : piece(neighbour, {}).facts) whole.push_back(fact.position);
      Place after;
      for (bool more = true; more;) {
        auto some = piece(neighbour, after, limit);
        for (const auto& fact : some.facts) pieces.push_back(fact.position);
        EXPECT_TRUE(some.upto > after || !some.more);
        after = some.upto;
        more = some.more;
      }
      EXPECT_EQ(pieces, whole) << neighbour << " by " << limit;
      EXPECT_FALSE(whole.empty());
    }
}

TEST_F(OutgoingTest, AnOrganisationThatMovesIsFollowedByWhatItMayKnow) {
  open("I1", "guest");
  EXPECT_THAT(for_neighbour("town"), IsEmpty());
  tell<organisation::Fact>("organisation/guest", organisation::Placed{"town"}, "city");
  EXPECT_THAT(for_neighbour("town"), ElementsAre("incident.opened incident/I1", "incident.joined parties/I1/guest",
                                                 "organisation.placed organisation/guest"));
}

}  // namespace
}  // namespace anlan::view
