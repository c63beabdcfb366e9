#include "edge/http/informant.h"
#include "edge/http/pages_fixture.h"

namespace anlan::edge {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

TEST_F(PagesTest, AnIncidentExistsOnlyForThoseThatTakePartInIt) {
  const std::string id = take_down();
  EXPECT_EQ(get("shouguang", pages::incident, {id}).at("number").as_string(), "2026-0001");
  EXPECT_THAT(ids(get("shouguang", pages::incidents).at("items")), ElementsAre(id));
  for (const PageFunction function : {pages::incident, pages::timeline, pages::prefill})
    EXPECT_EQ(code(ask("anqiu", function, {id})), "incident.unknown");
  const auto sibling = get("anqiu", pages::incidents);
  EXPECT_THAT(ids(sibling.at("items")), IsEmpty());
  EXPECT_EQ(sibling.at("total").as_int64(), 0);
  EXPECT_THAT(ids(get("anqiu", pages::board).at("open_incidents")), IsEmpty());
  EXPECT_THAT(ids(get("anqiu", pages::similar).at("items")), IsEmpty());
}

TEST_F(PagesTest, AnIncidentOfAnotherWorldIsUnknown) {
  const std::string id = take_down();
  EXPECT_EQ(code(ask("shouguang", pages::incident, {id}, {}, "drill")), "incident.unknown");
}

TEST_F(PagesTest, ALineSaysWhereWhatAndWhatIsOwedNext) {
  const std::string id = take_down();
  const auto line = get("shouguang", pages::incidents).at("items").at(0);
  EXPECT_EQ(line.at("title").as_string(), "羊口镇危险化学品泄漏事故");
  EXPECT_EQ(line.at("place").at("division_name").as_string(), "寿光市羊口镇");
  EXPECT_EQ(line.at("type").at("code").as_string(), "12D02");
  EXPECT_EQ(line.at("figures").at("injured").as_int64(), 3);
  EXPECT_TRUE(line.at("figures").at("dead").is_null());
  EXPECT_FALSE(line.at("occurred_assumed").as_bool());
  EXPECT_EQ(line.at("next_clock").at("leg").as_string(), "phone");
  EXPECT_EQ(line.at("next_clock").at("due_at").as_string(), "2026-11-23T14:15:00.000+08:00");
}

// As another process on the store records it, which has been updated before this one.
TEST_F(PagesTest, WhatALaterReleaseRecordsIsToldOfAndHindersNothing) {
  const std::string id = take_down();
  node.sql().begin();
  journal::Writer later(node.sql(), "city");
  const std::string stream = "incident/" + id;
  ASSERT_TRUE(later.append(
      stream, 1,
      {{stream, "incident.evacuated", node.clock.at, "shouguang", "key", std::string(kReal), R"({"people":300})"}},
      node.clock.at));
  node.sql().commit();
  done("shouguang", incident::SetGrade{grade::Grade::kMajor, "r"}, id);
  EXPECT_EQ(get("shouguang", pages::incident, {id}).at("version").as_int64(), 3);
  const auto items = get("shouguang", pages::timeline, {id}).at("items");
  EXPECT_THAT(texts_of(items, "type"), Contains("incident.evacuated"));
  EXPECT_THAT(texts_of(items, "text_zh"), Contains(HasSubstr("较新版本的节点记录了内容（incident.evacuated）")));
  EXPECT_THAT(texts_of(items, "text_en"), Contains(HasSubstr("newer release")));
}

// The city has an account "city" too, which is somebody else's.
TEST_F(PagesTest, WhoActedOnAnotherNodeIsToldByWhereNotByAnAccountOfTheSameName) {
  const std::string id = take_down();
  done("shouguang", incident::ReportByPhone{"city", "officer", {}, {}}, id);
  done("system", node::Register{"city", {}, "key"}, "city");
  done("system", node::Register{"寿光市节点", "city", "key"}, "county");
  done("system", organisation::PlaceOrganisation{"county"}, "shouguang");
  journal::Fact noted;
  noted.stream = "parties/" + id + "/shouguang";
  noted.type = incident::Noted::kType;
  noted.body = R"({"text":"n"})";
  noted.node = "county";
  noted.actor = "city";
  noted.cause = "key";
  noted.world = kReal;
  noted.node_sequence = 1;
  noted.version = journal::version_of(node.sql(), noted.stream) + 1;
  noted.occurred_at = noted.recorded_at = node.clock.at;
  const auto taken = node.take_in({"county", {}, {1, 1}, {noted}});
  ASSERT_EQ(taken.receipt, command::Receipt::kTaken) << taken.what;
  const auto items = get("city", pages::timeline, {id}).at("items").as_array();
  const auto& last = items.back();
  ASSERT_EQ(last.at("type").as_string(), "incident.noted");
  const auto& organisations = node.directory().organisations;
  EXPECT_EQ(last.at("actor_name").as_string(), "");
  EXPECT_EQ(last.at("organisation_short").as_string(), organisations.short_name("shouguang"));
  EXPECT_THAT(std::string(last.at("text_zh").as_string()), testing::StartsWith(organisations.short_name("shouguang")));
}

TEST_F(PagesTest, TheListTakesFiltersAndRefusesWhatIsNone) {
  const std::string id = take_down();
  const auto found = [&](const http::Query& asked) {
    return ids(get("shouguang", pages::incidents, {}, asked).at("items"));
  };
  EXPECT_THAT(found(query({{"q", "氯气"}, {"state", "open"}, {"division", "370700"}, {"type", "12D00"}})),
              ElementsAre(id));
  EXPECT_THAT(found(query({{"state", "closed"}})), IsEmpty());
  EXPECT_THAT(found(query({{"division", "371000"}})), IsEmpty());
  EXPECT_THAT(found(query({{"page", "2"}})), IsEmpty());
  const auto refused = ask("shouguang", pages::incidents, {}, query({{"state", "asleep"}}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "field.value");
  EXPECT_EQ(refused.error().field, "state");
  EXPECT_EQ(refused.error().values, (Texts::Values{{"allowed", "open, closed, merged"}}));
  const auto size = ask("shouguang", pages::incidents, {}, query({{"size", "0"}}));
  EXPECT_EQ(code(size), "field.range");
  EXPECT_EQ(size.error().values, (Texts::Values{{"least", "1"}, {"limit", "200"}}));
  EXPECT_EQ(code(ask("shouguang", pages::incidents, {}, query({{"size", "many"}}))), "field.type");
  EXPECT_EQ(code(ask("shouguang", pages::incidents, {}, query({{"from", "yesterday"}}))), "field.time");
  std::string words;
  for (const char* word : {"氯", "气", "软", "管", "破", "裂", "羊", "口"}) words.append(word).append(" ");
  EXPECT_THAT(found(query({{"q", words + "外泄"}})), ElementsAre(id));
  EXPECT_THAT(found(query({{"q", words + "地震"}})), IsEmpty()) << "the ninth word too must stand there";
  const auto longest = ask("shouguang", pages::incidents, {}, query({{"q", std::string(101, 'a')}}));
  EXPECT_EQ(code(longest), "field.too_long");
  EXPECT_EQ(longest.error().values, (Texts::Values{{"limit", "100"}}));
}

TEST_F(PagesTest, TheInformantIsMaskedAndGoneOnceErased) {
  const std::string id = take_down();
  const auto informant = get("shouguang", pages::incident, {id}).at("source").at("informant");
  EXPECT_EQ(informant.at("name_masked").as_string(), "王**");
  EXPECT_EQ(informant.at("phone_masked").as_string(), "138****5678");
  EXPECT_THAT(*ask("shouguang", pages::timeline, {id}), Not(HasSubstr("13812345678")));
  EXPECT_THAT(actions("shouguang", pages::incident, id), Contains("incident.reveal_informant"));

  const auto opened = node.state<incident::Incident>(id).now;
  const auto entry = [&](const std::string& of) {
    return get("security", pages::sealed, {}, query({{"of", of}})).at("items").at(0);
  };
  EXPECT_EQ(entry(id).at("id").as_string(), opened.informant->sealed);
  EXPECT_TRUE(entry(opened.number).at("erased_at").is_null());
  done("security", command::Erase{"本人要求"}, opened.informant->sealed);
  EXPECT_FALSE(entry(id).at("erased_at").is_null());
  const auto again = node.ask("security", command::Erase{"再次"}, opened.informant->sealed);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "sealed.erased");
  EXPECT_TRUE(get("shouguang", pages::incident, {id}).at("source").at("informant").is_null());
  EXPECT_THAT(actions("shouguang", pages::incident, id), Not(Contains("incident.reveal_informant")));
}

TEST(Masking, ShowsTooLittleToCallBack) {
  EXPECT_EQ(masked_name(""), "");
  EXPECT_EQ(masked_name("Li"), "L**");
  EXPECT_EQ(masked_phone("110"), "****");
  EXPECT_EQ(masked_phone("见登记簿第三页"), "****");
  EXPECT_EQ(masked_phone("0536-1234567"), "053****4567");
}

TEST_F(PagesTest, ActionsFollowRoleOwnershipAndState) {
  const std::string id = take_down();
  done("shouguang", incident::ReportByPhone{"city", "值班员", {}, {}}, id);
  EXPECT_THAT(actions("shouguang", pages::incident, id),
              ElementsAre("incident.correct", "incident.state_figures", "incident.set_grade", "incident.note",
                          "incident.report_by_phone", "report.draft", "instruction.give", "incident.close",
                          "incident.merge", "incident.offer_handover", "incident.reveal_informant"));
  EXPECT_THAT(actions("shouguang-leader", pages::incident, id),
              ElementsAre("incident.set_grade", "incident.note", "instruction.give", "incident.close",
                          "incident.offer_handover"));
  EXPECT_THAT(actions("city", pages::incident, id), ElementsAre("incident.note", "incident.report_by_phone",
                                                                "report.draft", "instruction.give", "incident.claim"));
  done("shouguang", incident::Close{"处置完毕"}, id);
  EXPECT_THAT(actions("shouguang", pages::incident, id),
              ElementsAre("incident.note", "incident.reopen", "incident.reveal_informant"));
}

TEST_F(PagesTest, OnlyTheLeaderOnDutyIsOfferedToSign) {
  const std::string report = draft(take_down());
  EXPECT_THAT(actions("shouguang", pages::report, report), ElementsAre("report.revise"));
  EXPECT_THAT(actions("shouguang-deputy", pages::report, report), ElementsAre("report.sign"));
  done("shouguang", duty::TakeOver{"p-shouguang", "p-shouguang-leader", {}});
  EXPECT_THAT(actions("shouguang-deputy", pages::report, report), IsEmpty());
  EXPECT_THAT(actions("shouguang-leader", pages::report, report), ElementsAre("report.sign"));
  done("shouguang-leader", report::Sign{}, report);
  EXPECT_THAT(actions("shouguang", pages::report, report), ElementsAre("report.revise", "report.send"));
}

TEST_F(PagesTest, ADraftIsHiddenUntilItIsSent) {
  const std::string id = take_down();
  done("shouguang", incident::ReportByPhone{"city", "值班员", {}, {}}, id);
  const std::string report = draft(id);
  EXPECT_EQ(code(ask("city", pages::report, {report})), "report.unknown");
  EXPECT_TRUE(get("city", pages::incident, {id}).at("reports").as_array().empty());
  EXPECT_THAT(ids(get("shouguang", pages::board).at("drafts")), ElementsAre(report));

  done("shouguang-leader", report::Sign{}, report);
  done("shouguang", report::Send{}, report);
  const auto received = get("city", pages::report, {report});
  EXPECT_EQ(received.at("state").as_string(), "received");
  EXPECT_EQ(received.at("signed_by").as_string(), "shouguang-leader");
  EXPECT_THAT(texts_of(received.at("actions")), ElementsAre("report.decide"));
  EXPECT_THAT(ids(get("city", pages::board).at("inbox").at("reports")), ElementsAre(report));
  EXPECT_EQ(code(ask("anqiu", pages::report, {report})), "report.unknown");
}

TEST_F(PagesTest, TheReceiverDoesNotSeeTheNextVersionBeforeItIsSent) {
  const std::string report = send(take_down());
  done("city", report::Decide{report::Decision::kReturned, "请补充伤情"}, report);
  EXPECT_THAT(ids(get("shouguang", pages::board).at("inbox").at("returned")), ElementsAre(report));
  report::Revise revise;
  revise.content.situation = "氯气泄漏，3人受伤";
  done("shouguang", revise, report);
  EXPECT_EQ(get("shouguang", pages::report, {report}).at("version").as_int64(), 2);
  const auto seen = get("city", pages::report, {report});
  EXPECT_EQ(seen.at("version").as_int64(), 1);
  EXPECT_EQ(seen.at("state").as_string(), "returned");
  EXPECT_EQ(seen.at("receipt").at("reason").as_string(), "请补充伤情");
  EXPECT_EQ(seen.at("versions").as_array().size(), 1U);
}

TEST_F(PagesTest, TheSendersDeskNotesWhatAnExternalReceiverAnswered) {
  const std::string report = draft(take_down("city"), "city", "province");
  done("city-leader", report::Sign{}, report);
  done("city", report::Send{}, report);
  const auto sent = get("city", pages::report, {report});
  EXPECT_EQ(sent.at("state").as_string(), "sent");
  EXPECT_TRUE(sent.at("to").at("external").as_bool());
  EXPECT_THAT(texts_of(sent.at("actions")), ElementsAre("report.decide"));
}

TEST_F(PagesTest, ASecondCallOfTheSameEventIsFound) {
  const std::string id = take_down();
  const auto similar = [&](const http::Query& asked) {
    return get("shouguang", pages::similar, {}, asked).at("items");
  };
  const auto near = similar(query({{"type", "12D01"}, {"lng", "118.91"}, {"lat", "37.22"}}));
  ASSERT_THAT(ids(near), ElementsAre(id));
  EXPECT_EQ(near.at(0).at("distance_m").to_number<double>(), 885);
  EXPECT_EQ(near.at(0).at("minutes_apart").as_int64(), 0);
  EXPECT_THAT(ids(similar(query({{"division", "370783115"}}))), ElementsAre(id));
  EXPECT_THAT(ids(similar(query({{"division", "370784001"}}))), IsEmpty());
  EXPECT_THAT(ids(similar(query({{"lng", "119.2"}, {"lat", "37.22"}}))), IsEmpty());
  EXPECT_THAT(ids(similar(query({{"type", "11A01"}}))), IsEmpty());
  EXPECT_THAT(ids(similar(query({{"at", "2026-11-23T09:00:00+08:00"}}))), IsEmpty());
}

TEST_F(PagesTest, TheSuperiorWatchesTheClocksOfThoseBelow) {
  const std::string id = take_down();
  EXPECT_TRUE(get("city", pages::board).at("watched").as_array().empty());
  done("shouguang", incident::ReportByPhone{"city", "值班员", {}, {}}, id);
  const auto board = get("city", pages::board);
  EXPECT_THAT(texts_of(board.at("watched"), "leg"), Contains("written"));
  EXPECT_TRUE(board.at("shift").at("chief").is_null());
  const auto met = get("shouguang", pages::clocks, {}, query({{"state", "met"}})).at("items");
  ASSERT_EQ(met.as_array().size(), 1U);
  EXPECT_EQ(met.at(0).at("leg").as_string(), "phone");
  EXPECT_EQ(met.at(0).at("met_by_name").as_string(), "shouguang");
  EXPECT_GT(met.at(0).at("met_position").as_int64(), 0);
}

TEST_F(PagesTest, TheSuperiorSeesWhatBecameOfTheClocksBeforeItWasTold) {
  const std::string id = take_down();
  node.clock.at = from_china_time(2026, 11, 23, 14, 15);
  ASSERT_TRUE(node.ask("system", command::Tick{}, id + "/shouguang").ok());
  done("shouguang", incident::ReportByPhone{"city", "值班员", {}, {}}, id);
  const auto told = texts_of(get("city", pages::timeline, {id}).at("items"), "type");
  EXPECT_THAT(told, Contains("clock.overdue"));
  EXPECT_EQ(std::ranges::count(told, "clock.started"), 4) << "those below and its own";
  done("shouguang", incident::ReportByPhone{"anqiu", "值班员", {}, {}}, id);
  EXPECT_THAT(texts_of(get("anqiu", pages::timeline, {id}).at("items"), "type"), Not(Contains("clock.overdue")))
      << "nothing is owed to a neighbour";
}

TEST_F(PagesTest, NoReportIsOfferedAfterTheFinalOne) {
  const std::string id = take_down();
  send(id);
  EXPECT_THAT(actions("shouguang", pages::incident, id), Contains("report.draft"));
  const std::string last = draft(id, "shouguang", "city", report::Kind::kFinal);
  done("shouguang-leader", report::Sign{}, last);
  done("shouguang", report::Send{}, last);
  EXPECT_THAT(actions("shouguang", pages::incident, id), Not(Contains("report.draft")));
  done("city", report::Decide{report::Decision::kReturned, "原因不清"}, last);
  EXPECT_THAT(actions("shouguang", pages::incident, id), Contains("report.draft"));
}

TEST_F(PagesTest, WhoStillOwesMayReportOnAClosedIncident) {
  const std::string id = take_down();
  done("shouguang", incident::ReportByPhone{"city", "值班员", {}, {}}, id);
  done("shouguang", incident::Close{"处置完毕"}, id);
  EXPECT_THAT(actions("city", pages::incident, id), IsSupersetOf({"incident.report_by_phone", "report.draft"}));
  EXPECT_THAT(actions("city", pages::incident, id), Not(Contains("instruction.give")));
}

TEST_F(PagesTest, TheTablesProposeAGrade) {
  const auto larger = get("city", pages::grade_proposal, {}, query({{"type", "12D02"}, {"dead", "3"}}));
  EXPECT_EQ(larger.at("grade").as_string(), "larger");
  EXPECT_EQ(larger.at("document").as_string(), "decree 493");
  EXPECT_EQ(get("city", pages::grade_proposal, {}, query({{"type", "14A01"}})).at("grade").as_string(), "ungraded");
  EXPECT_EQ(code(ask("city", pages::grade_proposal, {}, query({{"dead", "-1"}}))), "field.range");
}

TEST_F(PagesTest, DivisionsAreFoundByPinyinAndTheHomeCityFirst) {
  const auto found = get("city", pages::division_search, {}, query({{"q", "shouguang"}, {"limit", "1"}})).at("items");
  EXPECT_EQ(found.at(0).at("code").as_string(), "370783");
  EXPECT_EQ(found.at(0).at("path").as_string(), "潍坊市寿光市");
  EXPECT_EQ(get("city", pages::division, {"370783"}).at("level").as_string(), "county");
  EXPECT_THAT(texts_of(get("city", pages::division_children, {"370700"}).at("items"), "code"), Contains("370783"));
  EXPECT_EQ(code(ask("city", pages::division, {"999999"})), "division.unknown");
  EXPECT_EQ(code(ask("city", pages::division_children, {"999999"})), "division.unknown");
}

TEST_F(PagesTest, ACandidateIsOfTheDeskThatItWasOfferedTo) {
  candidate::Offer offer;
  offer.description.origin = candidate::Origin::kCap;
  offer.description.headline = "暴雨橙色预警";
  offer.description.description = "三小时降雨量将达50毫米";
  offer.description.sender = "气象台";
  offer.description.sent = node.clock.at;
  const std::string id = done("city", offer);
  EXPECT_THAT(ids(get("city", pages::candidates, {}, query({{"state", "waiting"}})).at("items")), ElementsAre(id));
  EXPECT_TRUE(get("city", pages::candidate, {id}).at("severity").is_null());
  EXPECT_EQ(code(ask("shouguang", pages::candidate, {id})), "candidate.unknown");
  node.clock.at += std::chrono::hours{25};
  const auto sources = get("city", pages::board).at("sources");
  EXPECT_TRUE(sources.at(0).at("silent").as_bool());
  EXPECT_EQ(sources.at(0).at("name").as_string(), "预警报文（CAP）");
  EXPECT_FALSE(sources.at(1).at("silent").as_bool());
  EXPECT_TRUE(sources.at(1).at("last_at").is_null());
  const auto drill = json::parse(*ask("city", pages::board, {}, {}, "drill")).value();
  EXPECT_TRUE(drill.at("sources").at(0).at("last_at").is_null()) << "what came in is of the real world";
}

TEST_F(PagesTest, TheAuditReadsBackwardByActorAndType) {
  const std::string id = take_down();
  done("shouguang", incident::Note{"一"}, id);
  done("shouguang", incident::Note{"二"}, id);
  const auto items = [&](const http::Query& asked) { return get("security", pages::audit, {}, asked).at("items"); };
  const auto notes = items(query({{"actor", "shouguang"}, {"type", "incident.noted"}}));
  ASSERT_EQ(notes.as_array().size(), 2U);
  EXPECT_EQ(notes.at(0).at("actor").as_string(), "shouguang");
  EXPECT_EQ(notes.at(0).at("hash").as_string().size(), 64U);
  const auto before = std::to_string(notes.at(0).at("position").as_int64());
  const auto earlier = items(query({{"type", "incident"}, {"before", before}, {"size", "1"}})).at(0);
  EXPECT_EQ(earlier.at("position").as_int64(), notes.at(1).at("position").as_int64());
  EXPECT_TRUE(items(query({{"type", "incid"}})).as_array().empty());
}

TEST_F(PagesTest, AnAdministratorReadsNothingThatDesksWroteOfIncidents) {
  const std::string id = take_down("city");
  done("city", incident::Note{"一"}, id);
  for (const auto page : {pages::incident, pages::timeline}) {
    EXPECT_TRUE(ask("city", page, {id}).ok());
    EXPECT_EQ(code(ask("security", page, {id})), "incident.unknown");
  }
  EXPECT_FALSE(get("city", pages::incidents).at("items").as_array().empty());
  EXPECT_TRUE(get("security", pages::incidents).at("items").as_array().empty());
  EXPECT_TRUE(get("security", pages::board).at("open_incidents").as_array().empty());
  const auto body_of = [&](const char* type) {
    return get("security", pages::audit, {}, query({{"type", type}})).at("items").at(0).at("body");
  };
  EXPECT_TRUE(body_of("incident.noted").is_null());
  EXPECT_THAT(std::string(body_of("account.created").at("person").as_string()), testing::StartsWith("p-"));
}

TEST_F(PagesTest, AccountsAndPeopleAreListed) {
  const auto accounts = get("security", pages::accounts).at("items");
  EXPECT_THAT(texts_of(accounts, "name"), Contains("yangkou-leader"));
  EXPECT_EQ(accounts.at(0).at("state").as_string(), "active");
  const auto people = get("city", pages::people, {}, query({{"organisation", "anqiu"}, {"q", "副"}})).at("items");
  EXPECT_THAT(ids(people), ElementsAre("p-anqiu-deputy"));
  EXPECT_TRUE(people.at(0).at("leader").as_bool());
  const auto all = get("city", pages::people, {}, query({{"organisation", "anqiu"}})).at("items");
  ASSERT_EQ(all.as_array().size(), 3U);
  for (const auto& one : all.as_array())
    EXPECT_EQ(one.at("leader").as_bool(), one.at("post").as_string() != "值班员") << one.at("id").as_string();
  EXPECT_THAT(ids(get("shouguang", pages::receivers).at("items")), ElementsAre("city", "province"));
  EXPECT_THAT(ids(get("city", pages::organisations).at("items")), Contains("yangkou"));
}

}  // namespace
}  // namespace anlan::edge
