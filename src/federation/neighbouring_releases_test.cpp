// Facts and batches of a release after this one.

#include <gtest/gtest.h>

#include "codec/fact.h"
#include "command/node_fixture.h"
#include "federation/batch.h"
#include "journal/block_fixture.h"
#include "platform/deflate/deflate.h"
#include "view/audience.h"
#include "view/incidents.h"
#include "view/outgoing.h"
#include "view/views.h"

namespace anlan::federation {
namespace {

using command::Receipt;
using journal::Fact;

// A city of this release, below it the counties "shouguang" of a later one and "anqiu".
class NeighbouringReleases : public testing::Test {
 protected:
  void SetUp() override {
    for (const auto& [id, parent] : std::vector<std::pair<std::string, std::optional<std::string>>>{
             {"city", {}}, {"shouguang", "city"}, {"anqiu", "city"}})
      ASSERT_TRUE(city.ask("system", node::Register{id, parent, ""}, id).ok());
    for (const char* organisation : {"shouguang", "anqiu"})
      ASSERT_TRUE(city.ask("system", organisation::PlaceOrganisation{organisation}, organisation).ok());
    incident::Opened opened;
    opened.number = "2026-0001";
    opened.title = opened.summary = "seen";
    opened.type = "12D02";
    opened.organisation = "shouguang";
    opened.place.division = "370783115";
    opened.learnt_at = city.clock.now();
    auto [type, body] = codec::encode(incident::Fact{opened});
    body.insert(body.size() - 1, R"(,"weather":{"wind_m_s":12.5})");
    body_ = body;
    ASSERT_EQ(comes("incident/I1", 1, std::string(type), body), Receipt::kTaken);
    says("parties/I1/shouguang", 1, incident::PartyFact{incident::Joined{"I1", "shouguang", "taken_down", {}}});
    const incident::PhoneReport call{"city", "the desk", {}, city.clock.now()};
    says("parties/I1/shouguang", 2, incident::PartyFact{incident::Phoned{"shouguang", call}});
    says("parties/I1/shouguang", 3,
         incident::PartyFact{incident::Phoned{"shouguang", {"anqiu", "the desk", {}, city.clock.now()}}});
  }
  Receipt comes(const std::string& stream, std::int64_t version, const std::string& type, const std::string& body) {
    Fact fact;
    fact.stream = stream;
    fact.version = version;
    fact.type = type;
    fact.body = body;
    fact.node = fact.actor = "shouguang";
    fact.cause = "key";
    fact.world = command::kReal;
    fact.node_sequence = ++sequence_;
    fact.occurred_at = fact.recorded_at = city.clock.now();
    const auto after = journal::received(city.sql(), "shouguang");
    const auto taken = city.take_in({"shouguang", after, {after.since + 1, after.position + 1}, {fact}});
    what_ = taken.what;
    return taken.receipt;
  }
  template <class Variant>
  void says(const std::string& stream, std::int64_t version, const Variant& said) {
    auto [type, body] = codec::encode(said);
    ASSERT_EQ(comes(stream, version, std::string(type), body), Receipt::kTaken) << what_;
  }
  std::vector<Fact> for_anqiu() {
    const std::vector<view::ScopeRule> rules{{"incident/", view::Reach::kConcerned},
                                             {"parties/", view::Reach::kConcerned}};
    return view::outgoing(city.sql(), city.directory(), rules, "city", "anqiu", {}, 1000).facts;
  }

  std::vector<std::unique_ptr<journal::Projection>> views_ = view::all_views();
  command::TestNode city{view::pointers(views_)};
  std::string body_, what_;
  std::int64_t sequence_ = 0;
};

TEST_F(NeighbouringReleases, WhatALaterOneAddsToAFactIsKeptAndHandedOn) {
  EXPECT_EQ(city.state<incident::Incident>("I1").now.title, "seen");
  EXPECT_EQ(journal::read_version(city.sql(), "incident/I1", 1)->body, body_);
  const auto handed_on = for_anqiu();
  ASSERT_FALSE(handed_on.empty());
  EXPECT_EQ(handed_on.front().body, body_);
  city.restart();
  EXPECT_EQ(city.state<incident::Incident>("I1").now.organisation, "shouguang");
}

TEST_F(NeighbouringReleases, AFactOfAKindThatOnlyALaterOneKnowsIsKeptAndHandedOnAndChangesNothing) {
  const auto before = view::incident_row(city.sql(), "I1");
  ASSERT_EQ(comes("incident/I1", 2, "incident.evacuated", R"({"people":300})"), Receipt::kTaken) << what_;
  const auto after = view::incident_row(city.sql(), "I1");
  EXPECT_EQ(after->state, before->state);
  EXPECT_EQ(after->version, 2) << "who sends back a version speaks of the stream";
  EXPECT_EQ(for_anqiu().back().type, "incident.evacuated");
  EXPECT_EQ(view::story(city.sql(), "I1", "city").back().type, "incident.evacuated");
  says("incident/I1", 3, incident::Fact{incident::Closed{"over"}});
  EXPECT_EQ(city.state<incident::Incident>("I1").state, incident::State::kClosed);
  for (const char* stream : {"clocks/I1/shouguang", "report/I1.shouguang.r1", "instruction/I1.shouguang.i1"})
    EXPECT_EQ(comes(stream, 1, "incident.evacuated", "{}"), Receipt::kForbidden) << stream;
}

TEST_F(NeighbouringReleases, AStreamOfAKindThatOnlyALaterOneKnowsStaysWithWhoseItIs) {
  EXPECT_EQ(comes("patrol/W1/shouguang", 1, "patrol.issued", R"({"level":"red"})"), Receipt::kTaken) << what_;
  EXPECT_EQ(comes("patrol/W1/shouguang", 2, "patrol.ended", "{}"), Receipt::kTaken) << what_;
  for (const auto& fact : for_anqiu()) EXPECT_FALSE(fact.stream.starts_with("patrol/"));
  EXPECT_EQ(comes("patrol/W2/city", 1, "patrol.issued", "{}"), Receipt::kForbidden);
  EXPECT_EQ(comes("patrol/W3/shouguang", 1, "incident.noted", R"({"text":"n"})"), Receipt::kForbidden);
  EXPECT_EQ(comes("patrol/W3/shouguang", 1, "patrol.issued", "no body"), Receipt::kForbidden);
  EXPECT_EQ(comes("patrol/W3/shouguang", 1, "patrol.issued", "{}"), Receipt::kTaken);
}

TEST(Forms, ABatchOfALaterFormIsToldFromRubbish) {
  const Batch empty{"county", {}, {3, 3}, {}, {}};
  const std::string plain = *deflate::unpack(to_bytes(empty), kMostUnpacked);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = plain;
    changed.replace(changed.find(from), from.size(), to);
    return deflate::pack(changed);
  };
  EXPECT_FALSE(is_of_later_form(to_bytes(empty)));
  EXPECT_FALSE(is_of_later_form("rubbish"));
  EXPECT_FALSE(is_of_later_form(with("\"form\":1", "\"form\":0")));
  const std::string later = with("\"form\":1", "\"form\":2,\"packed\":\"otherwise\"");
  EXPECT_FALSE(batch_in(later).has_value());
  EXPECT_TRUE(is_of_later_form(later));
  EXPECT_TRUE(batch_in(with("\"form\":1", "\"form\":1,\"lane\":2")).has_value()) << "a member more is no other form";
}

}  // namespace
}  // namespace anlan::federation
