#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command/node_fixture.h"
#include "command/permissions.h"

namespace anlan::command {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

incident::TakeDown call() {
  incident::TakeDown c;
  c.type = "12D02";
  c.division = "370783115";
  c.summary = "充装软管破裂";
  c.occurred_at = from_china_time(2026, 11, 23, 13, 55);
  return c;
}

incident::Note note(std::string text) { return {std::move(text)}; }
incident::ReportByPhone phone(std::string to) { return {std::move(to), "值班员甲", {}, {}}; }

report::Draft draft(const std::string& to) {
  report::Draft c;
  c.to = to;
  c.content.situation = "泄漏";
  return c;
}

class CommandTest : public testing::Test {
 protected:
  std::string id_of(const Outcome& outcome) {
    EXPECT_TRUE(outcome.ok()) << (outcome.ok() ? "" : outcome.error().code);
    const auto body = json::parse(outcome->body).value();
    return std::string(body.at("id").as_string());
  }
  std::string take_down(const std::string& account = "city", const incident::TakeDown& c = call()) {
    return id_of(node.ask(account, c));
  }
  std::string code(const Outcome& outcome) { return outcome.ok() ? "accepted" : outcome.error().code; }
  journal::Position head() { return journal::head(node.sql()); }
  std::vector<std::string> types() {
    std::vector<std::string> found;
    for (const auto& fact : node.facts) found.push_back(fact.type);
    return found;
  }
  clock::Clocks clocks(const std::string& incident, const std::string& organisation) {
    return node.state<clock::Clocks>(incident + "/" + organisation);
  }

  TestNode node;
};

TEST_F(CommandTest, OnlyTheOrganisationOfTheNodeTestsItsChannels) {
  const TestChannel test{{"sms", "138****0001"}};
  EXPECT_EQ(code(node.ask("shouguang", test, "sms")), "channel.not_yours");
  EXPECT_EQ(code(node.ask("city", test, "sms")), "accepted");
  ASSERT_EQ(types(), std::vector<std::string>{"channel.tested"});
  EXPECT_EQ(node.facts.front().actor, "city");
  EXPECT_EQ(node.facts.front().stream, "channels/city");
  EXPECT_EQ(node.facts.front().body.find("13800000001"), std::string::npos);
}

TEST_F(CommandTest, ResendingIsNotedWhereThereIsSomethingToSend) {
  EXPECT_EQ(code(node.ask("shouguang", Resend{{"real", {}}})), "channel.nothing_failed");
  EXPECT_EQ(code(node.ask("shouguang", Resend{{"real", {"7"}}})), "accepted");
  EXPECT_EQ(types(), std::vector<std::string>{"channel.resent"});
}

TEST_F(CommandTest, TakingDownStartsTheClocksOfTheDesk) {
  const std::string id = take_down();
  EXPECT_THAT(types(), ElementsAre("incident.opened", "incident.joined", "clock.started", "clock.started"));
  const auto owed = clocks(id, "city").items;
  ASSERT_THAT(owed, SizeIs(2));
  EXPECT_EQ(owed[0].started.due_at, from_china_time(2026, 11, 23, 14, 15));
  EXPECT_EQ(owed[0].started.to, "province");
  EXPECT_EQ(owed[1].started.due_at, from_china_time(2026, 11, 23, 14, 35));
  EXPECT_EQ(node.state<incident::Incident>(id).now.number, "2026-0001");
  EXPECT_EQ(node.facts[0].occurred_at, from_china_time(2026, 11, 23, 13, 55));
  EXPECT_EQ(node.facts[0].recorded_at, node.clock.at);
}

TEST_F(CommandTest, TheSameKeyGivesTheSameAnswerAndNoSecondFact) {
  const Envelope asked = node.asked("city", call());
  const Outcome first = node.submit(asked);
  const journal::Position before = head();
  const Outcome again = node.submit(asked);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->replayed);
  EXPECT_FALSE(first->replayed);
  EXPECT_EQ(again->body, first->body);
  EXPECT_EQ(again->status, 201);
  EXPECT_EQ(head(), before);
  node.restart();
  EXPECT_EQ(node.submit(asked)->body, first->body) << "also after the process has ended";
}

TEST_F(CommandTest, AKeyIsNotUsedForOtherContentButByAnotherAccount) {
  Envelope asked = node.asked("city", call());
  ASSERT_TRUE(node.submit(asked).ok());
  asked.digest[0] = std::byte{1};
  EXPECT_EQ(code(node.submit(asked)), "key.reused");
  Envelope other = node.asked("shouguang", call());
  other.key = asked.key;
  EXPECT_FALSE(node.submit(other)->replayed);
}

TEST_F(CommandTest, AStaleVersionIsAConflictThatNamesTheCurrentOne) {
  const std::string id = take_down();
  Envelope stale = node.asked("city", incident::SetGrade{grade::Grade::kMajor, "a"}, id);
  stale.expected_version = 1;
  ASSERT_TRUE(node.submit(stale).ok());
  stale.key = "another";
  const Outcome refused = node.submit(stale);
  EXPECT_EQ(code(refused), "version.stale");
  EXPECT_EQ(refused.error().kind, RefusalKind::kConflict);
  EXPECT_THAT(refused.error().values, testing::Contains(std::pair<std::string, std::string>("current", "2")));
}

TEST_F(CommandTest, ARefusalWritesNothing) {
  const std::string id = take_down();
  const journal::Position before = head();
  incident::TakeDown wrong = call();
  wrong.type = "99Z99";
  EXPECT_EQ(code(node.ask("city", wrong)), "event_type.unknown");
  wrong = call();
  wrong.division = "000000";
  EXPECT_EQ(code(node.ask("city", wrong)), "division.unknown");
  wrong = call();
  wrong.caller_name = "某人";
  wrong.candidate = "nothing";
  EXPECT_EQ(code(node.ask("city", wrong)), "candidate.unknown");
  wrong = call();
  wrong.occurred_at = node.clock.at + Minutes{5};
  EXPECT_EQ(code(node.ask("city", wrong)), "time.future");
  EXPECT_EQ(code(node.ask("city", phone("nobody"), id)), "organisation.unknown");
  EXPECT_EQ(code(node.ask("city", incident::Merge{"nothing", "r"}, id)), "incident.unknown");
  EXPECT_EQ(head(), before);
  EXPECT_THAT(node.facts, IsEmpty());
  take_down();
  EXPECT_EQ(node.state<incident::Incident>(id).now.number, "2026-0001");
}

TEST_F(CommandTest, NumbersHaveNoGapsAndBeginAnewWithTheYear) {
  take_down();
  incident::TakeDown wrong = call();
  wrong.type = "99Z99";
  ASSERT_FALSE(node.ask("city", wrong).ok());
  EXPECT_EQ(node.state<incident::Incident>(take_down("shouguang")).now.number, "2026-0001") << "each counts its own";
  EXPECT_EQ(node.state<incident::Incident>(take_down()).now.number, "2026-0002");
  node.restart();
  EXPECT_EQ(node.state<incident::Incident>(take_down()).now.number, "2026-0003");
  EXPECT_EQ(node.state<incident::Incident>(take_down("shouguang")).now.number, "2026-0002");
  node.clock.at = from_china_time(2027, 1, 1);
  EXPECT_EQ(node.state<incident::Incident>(take_down()).now.number, "2027-0001");
}

TEST_F(CommandTest, OneRefusedCommandOfABatchLeavesTheOthers) {
  const std::string id = take_down();
  const Envelope good = node.asked("city", note("one"), id), bad = node.asked("anqiu", note("two"), id);
  ASSERT_EQ(code(node.submit(good)), "accepted");
  EXPECT_EQ(code(node.submit(bad)), "incident.unknown");
  EXPECT_EQ(code(node.ask("city", note("three"), id)), "accepted");
  EXPECT_EQ(journal::version_of(node.sql(), "parties/" + id + "/city"), 3);
}

TEST_F(CommandTest, OnlyTheRolesOfTheMatrixMayUseACommand) {
  const std::string id = take_down();
  EXPECT_EQ(code(node.ask("city-leader", call())), "command.forbidden");
  EXPECT_EQ(code(node.ask("security", call())), "command.forbidden");
  EXPECT_EQ(code(node.ask("city", Erase{"r"}, "x")), "command.forbidden");
  EXPECT_EQ(code(node.ask("city", Tick{}, id + "/city")), "command.forbidden");
  EXPECT_EQ(code(node.ask("city", report::Sign{}, id)), "command.forbidden");
  EXPECT_EQ(code(node.ask("nobody", note("n"), id)), "command.forbidden");
  EXPECT_EQ(code(node.ask("city", candidate::Intake{}, "")), "command.forbidden") << "only by an API key";
}

TEST_F(CommandTest, AnApiKeyMayOnlyOfferCandidates) {
  Envelope e = node.asked("city", call());
  e.actor = {"key:K1", {}, "environment", "city", {account::Role::kDutyOfficer}};
  EXPECT_EQ(code(node.submit(e)), "command.forbidden");
  candidate::Intake intake;
  intake.headline = "异味";
  intake.description = "d";
  e.key = "other";
  e.command = intake;
  EXPECT_EQ(code(node.submit(e)), "accepted");
}

TEST_F(CommandTest, NothingIsOfferedToARetiredOrganisation) {
  ASSERT_EQ(code(node.ask("system", IssueKey{"environment", "anqiu", "hash"})), "accepted");
  ASSERT_EQ(code(node.ask("system", organisation::RetireOrganisation{"merged"}, "anqiu")), "accepted");
  candidate::Intake intake;
  intake.headline = "异味";
  Envelope e = node.asked("city", intake);
  e.actor = {"key:K1", {}, "environment", "anqiu", {}};
  EXPECT_EQ(code(node.submit(e)), "actor.no_organisation");
  EXPECT_EQ(code(node.ask("system", IssueKey{"environment", "anqiu", "hash"})), "organisation.unknown");
}

TEST(Permissions, KeepTheThreeAdministratorsApartFromIncidents) {
  using enum account::Role;
  EXPECT_TRUE(permitted({kDutyOfficer}, "incident.take_down"));
  EXPECT_TRUE(permitted({kTownOfficer}, "incident.take_down"));
  EXPECT_FALSE(permitted({kLeader}, "incident.take_down"));
  EXPECT_FALSE(permitted({kLiaison}, "incident.take_down"));
  EXPECT_TRUE(permitted({kLiaison}, "instruction.report_progress"));
  EXPECT_TRUE(permitted({kLeader}, "report.sign"));
  EXPECT_FALSE(permitted({kDutyOfficer}, "report.sign"));
  for (const account::Role admin : {kSystemAdmin, kSecurityAdmin, kAuditAdmin})
    for (const std::string_view command : commands_for({admin}))
      EXPECT_THAT(std::string(command), Not(testing::StartsWith("incident.")));
  EXPECT_TRUE(permitted({kSystemAdmin}, "account.create"));
  EXPECT_FALSE(permitted({kSystemAdmin}, "account.change_roles"));
  EXPECT_FALSE(permitted({kSecurityAdmin}, "account.create"));
  EXPECT_FALSE(permitted({}, "incident.note"));
  EXPECT_FALSE(permitted({kDutyOfficer}, "unheard.of"));
  EXPECT_THAT(roles_for("clock.tick"), IsEmpty());
}

TEST_F(CommandTest, AnIncidentDoesNotExistForASibling) {
  const std::string id = take_down("shouguang");
  for (const Command& c : {Command{note("n")}, Command{phone("city")}, Command{incident::Close{"r"}},
                           Command{draft("city")}, Command{incident::RevealInformant{}}}) {
    const Outcome refused = node.ask("anqiu", c, id);
    EXPECT_EQ(code(refused), "incident.unknown") << name_of(c);
    EXPECT_EQ(refused.error().kind, RefusalKind::kNotFound);
  }
  EXPECT_EQ(code(node.ask("city", note("n"), id)), "incident.unknown") << "nor for the level above, untold";
}

TEST_F(CommandTest, AReportByTelephoneMeetsItsClockAndTheReceiverJoins) {
  const std::string id = take_down("shouguang");
  node.clock.at += Minutes{5};
  ASSERT_TRUE(node.ask("shouguang", phone("city"), id).ok());
  EXPECT_THAT(types(),
              ElementsAre("incident.phoned", "clock.met", "incident.joined", "clock.started", "clock.started"));
  const auto met = clocks(id, "shouguang").items.at(0);
  EXPECT_EQ(met.state, clock::State::kMet);
  EXPECT_EQ(met.met->proof.stream, "parties/" + id + "/shouguang");
  EXPECT_EQ(met.met->proof.version, 2);
  const auto parties = node.state<incident::Parties>(id);
  ASSERT_THAT(parties.members, SizeIs(2));
  EXPECT_EQ(parties.members[1].organisation, "city");
  EXPECT_EQ(clocks(id, "city").items.at(0).started.due_at, from_china_time(2026, 11, 23, 14, 15));
  EXPECT_EQ(code(node.ask("city", note("known"), id)), "accepted");
  ASSERT_TRUE(node.ask("shouguang", phone("city"), id).ok());
  EXPECT_THAT(types(), ElementsAre("incident.phoned")) << "who has joined does not join again";
}

TEST_F(CommandTest, AWrittenReportIsSignedSentReceivedReturnedAndAccepted) {
  const std::string id = take_down("shouguang");
  ASSERT_TRUE(node.ask("shouguang", duty::TakeOver{"p-shouguang", "p-shouguang-leader", {}}).ok());
  const std::string report = id_of(node.ask("shouguang", draft("city"), id));
  EXPECT_EQ(report, id + ".shouguang.r1");
  EXPECT_EQ(code(node.ask("shouguang", report::Send{}, report)), "report.not_signed");
  EXPECT_EQ(code(node.ask("shouguang-deputy", report::Sign{}, report)), "report.not_leader_on_duty");
  EXPECT_EQ(code(node.ask("city-leader", report::Sign{}, report)), "report.unknown");
  ASSERT_TRUE(node.ask("shouguang-leader", report::Sign{}, report).ok());
  ASSERT_TRUE(node.ask("shouguang", report::Send{}, report).ok());
  EXPECT_THAT(types(), ElementsAre("report.sent", "clock.met", "clock.started", "incident.joined", "clock.started",
                                   "clock.started", "receipt.received"));
  ASSERT_TRUE(node.ask("city", report::Decide{report::Decision::kReturned, "量不清"}, report).ok());
  report::Revise revised;
  revised.content.situation = "约80公斤";
  ASSERT_TRUE(node.ask("shouguang", revised, report).ok());
  ASSERT_TRUE(node.ask("shouguang-leader", report::Sign{}, report).ok());
  ASSERT_TRUE(node.ask("shouguang", report::Send{}, report).ok());
  EXPECT_THAT(types(), ElementsAre("report.sent", "receipt.received"));
  ASSERT_TRUE(node.ask("city", report::Decide{report::Decision::kAccepted, {}}, report).ok());
  EXPECT_EQ(node.state<report::Report>(report).state(), report::State::kAccepted);
}

TEST_F(CommandTest, TheInformantStandsNowhereInTheJournalAndIsErased) {
  incident::TakeDown c = call();
  c.caller_name = "王秘密";
  c.caller_phone = "13900001234";
  const std::string id = take_down("city", c);
  const auto informant = node.state<incident::Incident>(id).now.informant;
  ASSERT_TRUE(informant.has_value());
  EXPECT_THAT(node.vault().open(informant->sealed).value(), HasSubstr("王秘密"));
  ASSERT_TRUE(node.ask("city", incident::RevealInformant{}, id).ok());
  EXPECT_THAT(types(), ElementsAre("personal_data.revealed"));

  EXPECT_EQ(code(node.ask("security", Erase{}, informant->sealed)), "text.empty");
  ASSERT_TRUE(node.ask("security", Erase{"本人要求"}, informant->sealed).ok());
  EXPECT_FALSE(node.vault().open(informant->sealed).has_value());
  EXPECT_EQ(code(node.ask("city", incident::RevealInformant{}, id)), "informant.erased");
  node.restart();
  if (sql::TestStore::on_postgres()) return;
  for (const auto& file : std::filesystem::recursive_directory_iterator(node.where())) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes = (std::ostringstream() << in.rdbuf()).str();
    EXPECT_EQ(bytes.find("王秘密"), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find("13900001234"), std::string::npos) << file.path();
  }
}

TEST_F(CommandTest, ViewsFarBehindComeUpBeforeABatchIsRun) {
  if (!sql::TestStore::on_postgres()) GTEST_SKIP() << "the other engine has one process";
  journal::CountingView view;
  const std::vector<journal::Projection*> views{&view};
  const auto sql = journal::start(node.where(), views, node.clock.now());
  SeededRandom random;
  journal::Vault vault(*sql, node.master(), random);
  Executor later(*sql, vault, node.reference(), node.clock, random, views);
  const journal::Position before = head();
  const std::string id = take_down();
  while (head() < before + 600) ASSERT_TRUE(node.ask("city", note("n"), id).ok());
  const auto batch = later.run(std::vector{node.asked("city", note("of the later one"), id)});
  EXPECT_TRUE(batch.outcomes.front().ok());
  EXPECT_THAT(batch.facts, SizeIs(testing::Ge(601)));
  EXPECT_EQ(journal::seen(*sql), head());
  EXPECT_EQ(view.applied_, head()) << "each fact once";
}

TEST_F(CommandTest, DecisionsAfterARestartAreThoseBefore) {
  const std::string id = take_down("shouguang");
  ASSERT_TRUE(node.ask("shouguang", phone("city"), id).ok());
  incident::StateFigures three_dead;
  three_dead.figures.dead = 3;
  three_dead.source = "现场";
  ASSERT_TRUE(node.ask("shouguang", three_dead, id).ok());
  ASSERT_TRUE(node.ask("shouguang", draft("city"), id).ok());
  node.restart();
  const auto i = node.state<incident::Incident>(id);
  EXPECT_EQ(i.now.grade, grade::Grade::kLarger);
  EXPECT_EQ(i.now.figures.dead, 3);
  EXPECT_EQ(code(node.ask("shouguang", draft("shouguang"), id)), "report.to_self");
  EXPECT_EQ(id_of(node.ask("shouguang", draft("city"), id)), id + ".shouguang.r2");
  EXPECT_EQ(code(node.ask("anqiu", note("n"), id)), "incident.unknown");
  ASSERT_TRUE(node.ask("shouguang", phone("city"), id).ok());
  EXPECT_THAT(types(), ElementsAre("incident.phoned"));
  ASSERT_TRUE(node.ask("shouguang", incident::Close{"r"}, id).ok());
  node.restart();
  EXPECT_EQ(code(node.ask("shouguang", draft("city"), id)), "incident.closed");
}

TEST_F(CommandTest, ACandidateIsAdoptedOnceAndGivesItsArea) {
  candidate::Offer offer;
  offer.description.headline = "氯气泄漏";
  offer.description.area = {{{118.8, 37.1}, {119.0, 37.1}, {119.0, 37.3}, {118.8, 37.1}}};
  incident::TakeDown c = call();
  c.candidate = id_of(node.ask("city", offer));
  EXPECT_EQ(code(node.ask("anqiu", c)), "candidate.unknown");
  const std::string id = take_down("city", c);
  EXPECT_EQ(node.state<candidate::Candidate>(*c.candidate).incident, id);
  ASSERT_TRUE(node.state<incident::Incident>(id).now.area.has_value());
  EXPECT_EQ(code(node.ask("city", c)), "candidate.settled");
}

TEST_F(CommandTest, AnExerciseNeverBecomesAnIncident) {
  candidate::Offer offer;
  offer.description.headline = "演练";
  offer.description.exercise = true;
  incident::TakeDown c = call();
  c.candidate = id_of(node.ask("city", offer));
  const journal::Position before = head();
  EXPECT_EQ(code(node.ask("city", c)), "candidate.exercise");
  EXPECT_EQ(head(), before);
}

TEST_F(CommandTest, ADrillsIncidentDoesNotExistInTheRealWorld) {
  Envelope e = node.asked("city", call());
  e.world = "drill-1";
  const std::string id = id_of(node.submit(e));
  EXPECT_EQ(code(node.ask("city", note("n"), id)), "incident.unknown");
  Envelope inside = node.asked("city", note("n"), id);
  inside.world = "drill-1";
  EXPECT_EQ(code(node.submit(inside)), "accepted");
  node.restart();
  EXPECT_EQ(code(node.ask("city", note("n"), id)), "incident.unknown");
}

TEST_F(CommandTest, ADrillTakesNoNumberAwayFromWhatReallyHappens) {
  const auto number = [&](const std::string& world) {
    Envelope e = node.asked("city", call());
    e.world = world;
    return std::string(json::parse(node.submit(e)->body).value().at("number").as_string());
  };
  EXPECT_EQ(number("real"), "2026-0001");
  EXPECT_EQ(number("drill-1"), "D2026-0001");
  EXPECT_EQ(number("real"), "2026-0002");
  EXPECT_EQ(number("drill-2"), "D2026-0001");
  node.restart();
  EXPECT_EQ(number("drill-1"), "D2026-0002");
  EXPECT_EQ(number("real"), "2026-0003");
}

TEST_F(CommandTest, ATitleThatWasLeftOpenFollowsWhatItWasComposedOf) {
  const auto corrected = [&](const std::string& id, const incident::Correct& c) {
    EXPECT_EQ(code(node.ask("city", c, id)), "accepted");
    return node.state<incident::Incident>(id).now.title;
  };
  incident::Correct kind, place, unit;
  kind.reason = place.reason = unit.reason = "核实";
  kind.type = "12A01";
  place.division = "370783";
  unit.unit = "某厂（虚构）";
  const std::string id = take_down();
  const auto name = [&](const char* type) { return std::string(node.reference().event_types.find(type)->name); };
  EXPECT_EQ(corrected(id, kind), "羊口镇" + name("12A01"));
  EXPECT_EQ(corrected(id, place), "寿光市" + name("12A01"));
  EXPECT_EQ(corrected(id, unit), "某厂（虚构）" + name("12A01"));

  incident::TakeDown own = call();
  own.title = "充装区氯气泄漏";
  EXPECT_EQ(corrected(take_down("city", own), kind), "充装区氯气泄漏");
}

TEST_F(CommandTest, TimeRemindsAndEscalatesToTheLeaderOnDuty) {
  ASSERT_TRUE(node.ask("city", duty::TakeOver{"p-city", "p-city-leader", {}}).ok());
  const std::string id = take_down();
  node.clock.at = from_china_time(2026, 11, 23, 14, 5);
  ASSERT_TRUE(node.ask("system", Tick{}, id + "/city").ok());
  EXPECT_THAT(types(), ElementsAre("clock.reminded"));
  ASSERT_TRUE(node.ask("system", Tick{}, id + "/city").ok());
  EXPECT_THAT(types(), IsEmpty()) << "a clock says each thing once";
  node.clock.at = from_china_time(2026, 11, 23, 14, 15);
  ASSERT_TRUE(node.ask("system", Tick{}, id + "/city").ok());
  EXPECT_EQ(clocks(id, "city").items.at(0).leader, "p-city-leader");
}

TEST_F(CommandTest, ACommandOfWorkThatAnotherProcessDoesByNowIsRefused) {
  const std::string id = take_down();
  node.clock.at = from_china_time(2026, 11, 23, 14, 5);
  const auto holds = [&](const journal::Lease& lease) {
    node.sql().begin();
    journal::keep_lease(node.sql(), "timers", lease);
    node.sql().commit();
  };
  Envelope tick = node.asked("system", Tick{}, id + "/city");
  tick.fence = journal::Fence{"timers", 1};
  holds({"another", 2, 0});
  EXPECT_EQ(code(node.submit(tick)), "lease.lost");
  EXPECT_THAT(types(), IsEmpty());
  tick.fence->number = 2;
  ASSERT_TRUE(node.submit(tick).ok());
  EXPECT_THAT(types(), ElementsAre("clock.reminded"));
}

TEST_F(CommandTest, ClosingReleasesTheClocksButOfThoseAboveTheOwnerAndWaitsForInstructions) {
  const std::string id = take_down("shouguang");
  ASSERT_TRUE(node.ask("shouguang", phone("city"), id).ok());
  const std::string order =
      id_of(node.ask("city", instruction::Give{"核实", "p-city-leader", {"shouguang"}, {}, {}, true}, id));
  EXPECT_EQ(clocks(id, "shouguang").items.back().started.leg, clock::Leg::kVerify);
  EXPECT_EQ(code(node.ask("shouguang", incident::Close{"r"}, id)), "incident.instructions_open");
  ASSERT_TRUE(node.ask("city", instruction::Close{"done"}, order).ok());
  ASSERT_TRUE(node.ask("shouguang", incident::Close{"r"}, id).ok());
  for (const auto& c : clocks(id, "shouguang").items) EXPECT_FALSE(c.pending());
  for (const auto& c : clocks(id, "city").items) EXPECT_TRUE(c.pending());
  EXPECT_EQ(code(node.ask("shouguang", phone("city"), id)), "incident.closed");
}

}  // namespace
}  // namespace anlan::command
