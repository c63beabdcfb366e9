// What a node in other hands can say: well signed facts of its own organisations that make no sense. None of them may
// end the node that hears them, nor leave its views other than the journal alone makes them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "codec/fact.h"
#include "command/node_fixture.h"
#include "view/clocks.h"
#include "view/views.h"

namespace anlan::federation {
namespace {

using command::Receipt;
using command::TestNode;
using journal::Fact;

// The tables of the views as text, in both engines.
std::vector<std::string> rows_of_views(sql::Connection& sql) {
  std::vector<std::string> rows;
  for (const auto& [table, columns] : std::vector<std::pair<std::string, std::string>>{
           {"scope", "stream || ' ' || organisation"},
           {"told", "incident || ' ' || organisation"},
           {"merged", "ended || ' ' || going_on"},
           {"party", "organisation || ' ' || incident"},
           {"audience", "organisation || ' ' || position || ' ' || since"},
           {"story", "incident || ' ' || position || ' ' || own"},
           {"incident", "id || ' ' || state || ' ' || grade || ' ' || version || ' ' || title"},
           {"listing", "organisation || ' ' || incident || ' ' || learnt_at || ' ' || state || ' ' || type"},
           {"report", "id || ' ' || state || ' ' || was_sent"},
           {"clock", "id || ' ' || incident || ' ' || organisation || ' ' || state || ' ' || reminded"},
           {"instruction", "id || ' ' || organisation || ' ' || is_open"}}) {
    const auto found = sql.once("SELECT " + columns + " FROM " + table + " ORDER BY 1");
    while (found->step()) rows.push_back(table + " " + std::string(found->text(0)));
  }
  return rows;
}

command::Reference county_reference() {
  auto r = command::demo_reference();
  r.node = "shouguang";
  return r;
}

// A city with its views, and a county 寿光市 that has worked with it honestly until its node fell into other hands.
class ForeignFacts : public testing::Test {
 protected:
  void SetUp() override {
    register_node("city", {});
    register_node("shouguang", "city");
    register_node("anqiu", "city");
    for (const char* organisation : {"shouguang", "yangkou"})
      must(city, "system", organisation::PlaceOrganisation{"shouguang"}, organisation);
    hand_over(city, county);
    for (const char* organisation : {"shouguang", "yangkou"}) county.add_people(organisation);
    work_together();
    journal::each_after(county.sql(), 0, [&](const Fact& fact) {
      if (fact.node != "shouguang") return;
      if (!fact.stream.starts_with("account/")) honest_.push_back(fact);
      sequence_ = fact.node_sequence;
    });
  }

  void register_node(const std::string& id, std::optional<std::string> parent) {
    must(city, "system", node::Register{id, std::move(parent), ""}, id);
  }
  static std::string must(TestNode& node, const std::string& account, command::Command c, const std::string& target) {
    const auto answer = node.ask(account, std::move(c), target);
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().code);
    const auto body = answer.ok() ? json::parse(answer->body).value() : json::Value(boost::json::object());
    return body.as_object().contains("id") ? std::string(body.at("id").as_string()) : std::string();
  }
  // All that it has recorded, but for what stays.
  static void hand_over(TestNode& from, TestNode& to) {
    const std::string sender = from.reference().node;
    const auto after = journal::received(to.sql(), sender);
    auto facts = journal::read_after(from.sql(), after.since, 100'000);
    std::erase_if(facts, [&](const Fact& f) { return f.node != sender || f.stream.starts_with("account/"); });
    const auto head = journal::head(from.sql());
    const auto taken = to.take_in({sender, after, {head, head}, std::move(facts)});
    ASSERT_EQ(taken.receipt, Receipt::kTaken) << taken.what;
  }
  std::string take_down(TestNode& node, const std::string& account, const std::string& division) {
    incident::TakeDown c;
    c.type = "12D02";
    c.division = division;
    c.summary = "泄漏";
    return must(node, account, c, {});
  }
  std::string send_report(const std::string& incident, report::Kind kind) {
    report::Draft draft{kind, "city", {}, {}};
    draft.content.situation = "泄漏";
    const std::string report = must(county, "shouguang", draft, incident);
    must(county, "shouguang-leader", report::Sign{}, report);
    must(county, "shouguang", report::Send{}, report);
    return report;
  }

  void work_together() {
    first_ = take_down(county, "shouguang", "370783115");
    must(county, "shouguang", incident::ReportByPhone{"city", "officer", {}, {}}, first_);
    const std::string report = send_report(first_, report::Kind::kFirst);
    hand_over(county, city);
    must(city, "city", report::Decide{report::Decision::kAccepted, {}}, report);
    must(city, "city", instruction::Give{"核实", "p-city-leader", {"shouguang"}, {}, {}, true}, first_);
    hand_over(city, county);
    must(county, "shouguang", instruction::ReportProgress{"已核实"}, first_ + ".city.i1");
    must(county, "shouguang", incident::Note{"n"}, first_);
    must(county, "shouguang", incident::SetGrade{grade::Grade::kMajor, "r"}, first_);
    incident::StateFigures figures;
    figures.source = "s";
    figures.figures.dead = 3;
    must(county, "shouguang", figures, first_);
    second_ = take_down(county, "shouguang", "370783115");
    must(county, "shouguang", incident::ReportByPhone{"yangkou", "officer", {}, {}}, second_);
    must(county, "shouguang", incident::Merge{first_, "r"}, second_);
    third_ = take_down(county, "shouguang", "370783115");
    must(county, "shouguang", incident::Close{"r"}, third_);
    must(county, "shouguang", incident::Reopen{"r"}, third_);
    send_report(third_, report::Kind::kFirst);
    county.clock.at += Minutes{15};
    for (const auto& id : {first_ + "/shouguang", third_ + "/shouguang"}) must(county, "system", command::Tick{}, id);
    own_ = take_down(city, "city", "370783115");
    city.clock.at = county.clock.at;
    hand_over(county, city);
  }

  // As its node would have recorded and signed it next.
  command::Executor::Taken offer(Fact fact, const std::string& node = "shouguang") {
    std::int64_t& sequence = node == "shouguang" ? sequence_ : of_others_[node];
    fact.node = node;
    fact.node_sequence = sequence + 1;
    const auto after = journal::received(city.sql(), "shouguang");
    const journal::Place upto{after.since + 1, after.position + 1};
    auto taken = city.take_in({"shouguang", after, upto, {std::move(fact)}});
    if (taken.receipt == Receipt::kTaken) ++sequence;
    return taken;
  }
  Fact next(const std::string& stream, const std::string& type, const std::string& body) {
    Fact fact;
    fact.stream = stream;
    fact.type = type;
    fact.body = body;
    fact.actor = "someone";
    fact.cause = "key";
    fact.world = command::kReal;
    fact.version = journal::version_of(city.sql(), stream) + 1;
    fact.occurred_at = fact.recorded_at = county.clock.now();
    return fact;
  }
  template <class Variant>
  Fact next(const std::string& stream, const Variant& said) {
    auto [type, body] = codec::encode(said);
    return next(stream, std::string(type), body);
  }
  void expect_refused(const Fact& fact) {
    const auto head = journal::head(city.sql());
    const auto taken = offer(fact);
    EXPECT_EQ(taken.receipt, Receipt::kForbidden) << fact.stream << " " << fact.type << " " << fact.body;
    EXPECT_FALSE(taken.what.empty());
    EXPECT_EQ(journal::head(city.sql()), head);
  }
  void expect_views_of_the_journal() {
    const auto ours = rows_of_views(city.sql());
    city.sql().begin();
    for (const auto& view : views_) {
      view->drop(city.sql());
      view->create(city.sql());
    }
    journal::apply(city.sql(), view::pointers(views_), journal::read_after(city.sql(), 0, 1'000'000));
    city.sql().commit();
    EXPECT_EQ(ours, rows_of_views(city.sql()));
  }
  // Its desk and its timers.
  void city_works_on() {
    city.clock.at += Minutes{7};
    for (const auto& speaking : view::speaking_clocks(city.sql(), city.clock.now())) {
      auto tick = city.asked("system", command::Tick{}, speaking.id);
      tick.world = speaking.world;
      EXPECT_TRUE(city.submit(tick).ok());
    }
    EXPECT_TRUE(city.ask("city", incident::Note{"n"}, own_).ok());
  }

  std::vector<std::unique_ptr<journal::Projection>> views_ = view::all_views();
  TestNode city{view::pointers(views_), command::demo_reference(), {"city", "anqiu"}};
  TestNode county{{}, county_reference()};
  std::string first_, second_, third_, own_;  // incidents; the last one is the city's
  std::vector<Fact> honest_;                  // the county's
  std::int64_t sequence_ = 0;
  std::map<std::string, std::int64_t> of_others_;
};

TEST_F(ForeignFacts, AClockThatWasNeverStartedIsNotSpokenOf) {
  const std::string stream = "clocks/" + first_ + "/shouguang";
  expect_refused(next(stream, clock::Fact{clock::Reminded{"nothing", 50}}));
  expect_refused(next(stream, clock::Fact{clock::Met{"nothing", "x", {}, 0, {}}}));
  const auto clocks = city.state<clock::Clocks>(first_ + "/shouguang");
  ASSERT_FALSE(clocks.items.empty());
  expect_refused(next(stream, clock::Fact{clocks.items.front().started}));
  auto other = clocks.items.front().started;
  other.clock = "new";
  other.organisation = "city";
  expect_refused(next(stream, clock::Fact{other}));
  other.organisation = "shouguang";
  other.due_at = other.starts_at - Minutes{1};
  expect_refused(next(stream, clock::Fact{other}));
}

TEST_F(ForeignFacts, AClockOfAnotherStreamKeepsItsIdAndItsState) {
  const auto of_city = city.state<clock::Clocks>(first_ + "/city").items;
  ASSERT_FALSE(of_city.empty());
  auto stolen = of_city.front().started;
  stolen.organisation = "shouguang";
  const std::string stream = "clocks/" + first_ + "/shouguang";
  const auto started = offer(next(stream, clock::Fact{stolen}));
  ASSERT_EQ(started.receipt, Receipt::kTaken) << started.what;
  EXPECT_EQ(offer(next(stream, clock::Fact{clock::Released{stolen.clock, "closed"}})).receipt, Receipt::kTaken);
  EXPECT_EQ(view::clock_row(city.sql(), stolen.clock, "city")->state, clock::State::kRunning);
  EXPECT_EQ(view::clock_row(city.sql(), stolen.clock, "shouguang")->state, clock::State::kReleased);
  expect_views_of_the_journal();
}

TEST_F(ForeignFacts, AStreamBeginsWithItsOpening) {
  expect_refused(next("incident/NEW", incident::Fact{incident::Closed{"r"}}));
  expect_refused(next("incident/NEW", "incident.invented", R"({"organisation":"shouguang"})"));
  expect_refused(next("parties/NEW/shouguang", incident::PartyFact{incident::Noted{"n"}}));
  expect_refused(next("report/" + first_ + ".shouguang.r9", report::Fact{report::Sent{1}}));
  expect_refused(next("instruction/" + first_ + ".shouguang.i1", instruction::Fact{instruction::Closed{"r"}}));
  expect_refused(next("organisation/new", organisation::Fact{organisation::Placed{"shouguang"}}));
  expect_refused(next("node/new", node::Fact{node::Revoked{1, "r"}}));
  expect_refused(next("clocks/" + first_ + "/yangkou", clock::Fact{clock::Overdue{"c", {}}}));
}

TEST_F(ForeignFacts, WhatIsSaidIsOfTheStreamThatItIsSaidIn) {
  const auto joined = [](const std::string& incident, const std::string& organisation) {
    return incident::PartyFact{incident::Joined{incident, organisation, "phone", {}}};
  };
  expect_refused(next("parties/" + own_ + "/shouguang", joined(own_, "city")));
  expect_refused(next("parties/" + own_ + "/shouguang", joined(first_, "shouguang")));
  expect_refused(next("parties/" + own_ + "/shouguang/x", joined(own_, "shouguang")));
  report::Drafted draft;
  draft.incident = first_;
  draft.from = "city";
  draft.to = "shouguang";
  expect_refused(next("report/" + first_ + ".shouguang.r9", report::Fact{draft}));
  expect_refused(next("incident/" + first_, incident::PartyFact{incident::Noted{"n"}}));
  expect_refused(next("duty/shouguang", duty::Fact{duty::TakenOver{"city", "a", "b", {}}}));
  Fact drill = next("parties/" + first_ + "/shouguang", incident::PartyFact{incident::Noted{"n"}});
  drill.world = "D1";
  expect_refused(drill);
}

TEST_F(ForeignFacts, ReportsAndReceiptsNameVersionsThatAreThere) {
  const std::string report = first_ + ".shouguang.r1";
  expect_refused(next("report/" + report, report::Fact{report::Sent{2}}));
  expect_refused(next("report/" + report, report::Fact{report::Signed{0, "p"}}));
  must(city, "city", incident::ReportByPhone{"shouguang", "officer", {}, {}}, own_);
  report::Draft draft{report::Kind::kFirst, "shouguang", {}, {}};
  draft.content.situation = "s";
  const std::string of_city = must(city, "city", draft, own_);
  const report::Received received{of_city, own_, "city", "shouguang", 1};
  expect_refused(next("receipt/" + of_city, report::ReceiptFact{received}));
  EXPECT_EQ(offer(next("receipt/" + own_ + ".city.r9",
                       report::ReceiptFact{report::Received{own_ + ".city.r9", own_, "city", "shouguang", 1}}))
                .receipt,
            Receipt::kTaken)
      << "of a report that this node may have lost";
}

TEST_F(ForeignFacts, AnswersAreOfThoseWhoWereAsked) {
  must(city, "city", instruction::Give{"text", "p-city-leader", {"anqiu"}, {}, {}, false}, own_);
  const instruction::Fact answer{instruction::Progressed{"shouguang", "t"}};
  expect_refused(next("instruction/" + own_ + ".city.i1/shouguang", answer));
  instruction::Given twice;
  twice.incident = first_;
  twice.text = "t";
  twice.from = "shouguang";
  twice.to = {"city", "city"};
  expect_refused(next("instruction/" + first_ + ".shouguang.i1", instruction::Fact{twice}));
}

TEST_F(ForeignFacts, NobodyEndsWhatAnotherOneOwns) {
  const auto pending = [&] {
    const auto items = city.state<clock::Clocks>(own_ + "/city").items;
    return std::ranges::count_if(items, &clock::Clock::pending);
  };
  ASSERT_GT(pending(), 0);
  const auto before = pending();
  EXPECT_EQ(offer(next("incident/" + first_, incident::Fact{incident::Absorbed{own_}})).receipt, Receipt::kTaken);
  EXPECT_EQ(pending(), before);
}

TEST_F(ForeignFacts, IncidentsThatHaveEndedInEachOtherEndNothingElse) {
  const auto end = [&](const std::string& one, const std::string& other) {
    return offer(next("incident/" + one, incident::Fact{incident::Absorbed{other}})).receipt;
  };
  EXPECT_EQ(end(first_, third_), Receipt::kTaken);
  EXPECT_EQ(end(third_, first_), Receipt::kTaken);
  expect_refused(next("incident/" + first_, incident::Fact{incident::Absorbed{first_}}));
  incident::Corrected corrected;
  corrected.reason = "r";
  corrected.occurred_at = city.clock.now() - Minutes{30};
  EXPECT_EQ(offer(next("incident/" + first_, incident::Fact{corrected})).receipt, Receipt::kTaken);
  expect_views_of_the_journal();
}

// A node alone closes none: it would not have decided so. What several have said is taken, and holds nobody up.
TEST_F(ForeignFacts, OrganisationsThatReportInACircleHoldNobodyUp) {
  const auto says = [&](const std::string& id, std::optional<std::string> superior, auto fact,
                        const std::string& node = "shouguang") {
    fact.description = {id, id, organisation::Level::kTown, "370783115", std::move(superior), {}, true};
    return offer(next("organisation/" + id, organisation::Fact{fact}), node).receipt;
  };
  EXPECT_EQ(says("x", "y", organisation::Registered{"x", {}}), Receipt::kTaken) << "its superior is not here yet";
  EXPECT_EQ(says("y", "x", organisation::Registered{"y", {}}), Receipt::kForbidden);
  EXPECT_EQ(says("y", {}, organisation::Registered{"y", {}}), Receipt::kTaken);
  EXPECT_EQ(says("y", "x", organisation::Changed{}), Receipt::kForbidden);
  EXPECT_EQ(says("y", "y", organisation::Changed{}), Receipt::kForbidden);
  EXPECT_EQ(says("y", "city", organisation::Changed{}), Receipt::kForbidden) << "the city places below itself";

  EXPECT_EQ(offer(next("node/town", node::Fact{node::Registered{"town", "n", "shouguang", "key"}})).receipt,
            Receipt::kTaken);
  EXPECT_EQ(says("a", "b", organisation::Registered{"a", {}}, "town"), Receipt::kTaken);
  EXPECT_EQ(says("b", "a", organisation::Registered{"b", {}}), Receipt::kTaken);
  EXPECT_EQ(says("c", "b", organisation::Registered{"c", {}}), Receipt::kTaken);
  EXPECT_EQ(city.directory().organisations.above("a").size(), 2u);

  incident::Opened opened;
  opened.number = "2026-0001";
  opened.title = opened.summary = "s";
  opened.type = "12D02";
  opened.organisation = "c";
  opened.place.division = "370783115";
  opened.learnt_at = city.clock.now();
  const auto with = [&](const std::string& stream, const incident::PartyFact& fact) {
    return offer(next(stream, fact)).receipt;
  };
  EXPECT_EQ(offer(next("incident/C", incident::Fact{opened})).receipt, Receipt::kTaken);
  EXPECT_EQ(with("parties/C/c", incident::Joined{"C", "c", "taken_down", {}}), Receipt::kTaken);
  EXPECT_EQ(with("parties/C/c", incident::Phoned{"c", {"city", "x", {}, city.clock.now()}}), Receipt::kTaken);
  EXPECT_EQ(with("parties/C/shouguang", incident::Joined{"C", "shouguang", "phone", {}}), Receipt::kTaken);
  EXPECT_EQ(with("parties/C/shouguang", incident::Claimed{2, "r"}), Receipt::kTaken);
  must(city, "security", node::Revoke{sequence_, "in other hands"}, "shouguang");
  EXPECT_EQ(city.ask("city", incident::Claim{"theirs is gone"}, "C").ok(), false) << "it does not stand above";
  city_works_on();
}

// What the city would record of it no neighbour would believe.
TEST_F(ForeignFacts, NobodyIsLedToRecordWhatOthersRefuse) {
  expect_refused(next("parties/" + first_ + "/shouguang", incident::PartyFact{incident::Referred{first_, "city"}}));
  const std::string opened = "incident/" + first_;
  for (const std::int64_t epoch : {1, 3, 1000}) {
    expect_refused(next(opened, incident::Fact{incident::Released{"city", epoch}}));
    expect_refused(next(opened, incident::Fact{incident::Offered{"city", epoch, 1, "r"}}));
  }
  // A guest of the city that takes no part in the incident into which another one is said to have ended.
  const auto version = journal::version_of(city.sql(), "parties/" + own_ + "/anqiu");
  EXPECT_EQ(offer(next("incident/" + third_, incident::Fact{incident::Merged{own_, "anqiu", "r"}})).receipt,
            Receipt::kTaken);
  EXPECT_EQ(journal::version_of(city.sql(), "parties/" + own_ + "/anqiu"), version);
}

TEST_F(ForeignFacts, NodesStayATree) {
  const auto registers = [&](const std::string& id, std::optional<std::string> parent) {
    return next("node/" + id, node::Fact{node::Registered{id, "n", std::move(parent), "key"}});
  };
  expect_refused(registers("new", "city"));
  expect_refused(registers("new", {}));
  expect_refused(registers("new", "new"));
  expect_refused(registers("new", "nowhere"));
  EXPECT_EQ(offer(registers("new", "shouguang")).receipt, Receipt::kTaken);
  EXPECT_EQ(offer(registers("newer", "new")).receipt, Receipt::kTaken);
}

TEST_F(ForeignFacts, WhatCannotStandInALineIsNoFact) {
  const Fact note = next("parties/" + first_ + "/shouguang", incident::PartyFact{incident::Noted{"n"}});
  const auto with = [&](auto&& change) {
    Fact fact = note;
    change(fact);
    expect_refused(fact);
  };
  with([](Fact& f) { f.body = "{\n\"text\":\"n\"}"; });
  with([](Fact& f) { f.body = "[]"; });
  with([](Fact& f) { f.body = "{\"text\":"; });
  with([](Fact& f) { f.world = ""; });
  with([](Fact& f) { f.world = "real world"; });
  with([](Fact& f) { f.type = "incident invented"; });
  with([](Fact& f) { f.type = "incident.invented", f.body = "no body"; });
  with([](Fact& f) { f.type = "account.signed_out"; });
  EXPECT_EQ(offer(note).receipt, Receipt::kTaken);
}

// Facts of all kinds, in streams and with references that may or may not be there.
class Inventor {
 public:
  Inventor(std::uint64_t seed, std::vector<Fact> known) : engine_(seed), known_(std::move(known)) {
    for (const auto& fact : known_) {
      words_.push_back(fact.stream.substr(fact.stream.find('/') + 1));
      gather(json::parse(fact.body).value());
    }
    for (const char* word : {"", "city", "shouguang", "yangkou", "anqiu", "nobody", "x", "real", "closed", "merged",
                             "2026-11-23T14:02:00+08:00", "9999-12-31T23:59:59+08:00", "0001-01-01T00:00:00Z"})
      words_.emplace_back(word);
  }

  Fact fact() {
    Fact fact = one_of(known_);
    if (one_in(6)) fact.type = one_of(known_).type;
    if (one_in(5)) fact.stream = one_of(known_).stream;
    if (one_in(5)) fact.stream = fact.stream.substr(0, fact.stream.find('/') + 1) + one_of(words_);
    if (one_in(8)) fact.stream += one_in(2) ? "9" : "/shouguang";
    if (one_in(12)) fact.world = "D1";
    if (one_in(12)) fact.type += "_later";
    if (one_in(10)) fact.recorded_at += Minutes{static_cast<std::int64_t>(engine_() % 2000) - 1000};
    auto body = json::parse(fact.body).value();
    while (one_in(2)) change(body);
    fact.body = boost::json::serialize(body);
    return fact;
  }
  bool one_in(std::uint64_t n) { return engine_() % n == 0; }

 private:
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[engine_() % all.size()];
  }
  void gather(const json::Value& value) {
    if (const auto* text = value.if_string()) words_.emplace_back(text->data(), text->size());
    if (const auto* object = value.if_object())
      for (const auto& [name, member] : *object) gather(member);
    if (const auto* list = value.if_array())
      for (const auto& item : *list) gather(item);
  }
  void change(json::Value& value) {
    if (auto* object = value.if_object(); object && !object->empty()) {
      auto member = object->begin() + static_cast<std::ptrdiff_t>(engine_() % object->size());
      if (one_in(8)) return void(object->erase(member));
      if (one_in(12)) return void((*object)["later"] = "x");
      return change(member->value());
    }
    if (auto* list = value.if_array(); list && !list->empty()) {
      if (one_in(3)) return void(list->emplace_back(json::Value(list->back())));
      return change(list->back());
    }
    if (one_in(12)) return void(value = nullptr);
    if (value.is_number()) return void(value = static_cast<std::int64_t>(engine_() % 5));
    if (value.is_bool()) return void(value = !value.get_bool());
    value = boost::json::string(one_of(words_));
  }

  std::mt19937_64 engine_;
  std::vector<Fact> known_;
  std::vector<std::string> words_;
};

TEST_F(ForeignFacts, NothingInventedEndsTheNodeOrItsViews) {
  auto known = honest_;
  journal::each_after(city.sql(), 0, [&](const Fact& fact) {
    if (fact.node == "city" && !fact.stream.starts_with("account/")) known.push_back(fact);
  });
  int taken = 0, refused = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Inventor inventor(seed, known);
    for (int i = 0; i < 400; ++i) {
      Fact fact = inventor.fact();
      // One that works elsewhere says nothing more.
      if (fact.type == organisation::Placed::kType && fact.stream == "organisation/shouguang") continue;
      fact.version = journal::version_of(city.sql(), fact.stream) + (inventor.one_in(20) ? 2 : 1);
      const auto head = journal::head(city.sql());
      const auto answer = offer(fact);
      (answer.receipt == Receipt::kTaken ? taken : refused)++;
      if (answer.receipt != Receipt::kTaken) {
        EXPECT_EQ(journal::head(city.sql()), head);
      }
      if (i % 50 == 0) city_works_on();
    }
    expect_views_of_the_journal();
    city.restart();
    city_works_on();
  }
  EXPECT_GT(taken, 300);
  EXPECT_GT(refused, 600);
}

}  // namespace
}  // namespace anlan::federation
