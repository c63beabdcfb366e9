#include "edge/intake/taking.h"

#include <cstdlib>

#include "edge/intake/intake_fixture.h"
#include "view/alerts.h"

namespace anlan::edge::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(IntakeTest, TakesAnAlertInWithItsPlaceTypeAndColour) {
  ASSERT_EQ(take({}), "taken");
  const auto a = alert(last.alert);
  ASSERT_TRUE(a.exists());
  const auto& m = a.received->message;
  EXPECT_EQ(m.headline, "暴雨橙色预警");
  EXPECT_EQ(m.type, "11B03");
  EXPECT_EQ(m.colour, alert::Colour::kOrange);
  EXPECT_THAT(m.area.divisions, ElementsAre("370783"));
  EXPECT_NEAR(m.area.circles.at(0).radius_m, 12'500, 0.1);
  EXPECT_EQ(a.received->signature.verdict, alert::Verdict::kNone);
  EXPECT_EQ(ground.keeping->kept(a.received->sm3), AlertText{}.written());
  EXPECT_EQ(take({}), "known");
  EXPECT_EQ(take(AlertText{}.written(), source("province")), "taken");
  EXPECT_THAT(alert(last.alert).also_seen, SizeIs(1));
  EXPECT_EQ(count(), 1);
}

TEST_F(IntakeTest, TakesTheNationalFormInToo) {
  const auto national = [](const std::string& identifier, const std::string& kind, const std::string& references) {
    return "<alert><identifier>" + identifier +
           "</identifier><sender>虚构县气象局</sender><senderCode>37078341600000</senderCode>"
           "<sendTime>2026-11-23 14:00:00+08:00</sendTime><status>Actual</status><msgType>" +
           kind + "</msgType><scope>Public</scope><references>" + references +
           "</references><info><eventType>11B06</eventType><severity>Blue</severity><headline>大风蓝色预警</headline>"
           "<description>阵风6到7级</description><area><areaDesc>虚构县</areaDesc><geocode>370783000000</geocode></"
           "area>"
           "</info></alert>";
  };
  const std::string first = "37078341600000_20261123140000", second = "37078341600000_20261123150000";
  ASSERT_EQ(take(national(first, "Alert", ""), source()), "taken");
  const std::string id = last.alert;
  const auto m = alert(id).received->message;
  EXPECT_EQ(m.form, alert::Form::k12379);
  EXPECT_EQ(m.type, "11B06");
  EXPECT_EQ(m.colour, alert::Colour::kBlue);
  EXPECT_THAT(m.area.divisions, ElementsAre("370783"));
  ASSERT_EQ(take(national(second, "Update", first), source()), "taken");
  EXPECT_EQ(alert(id).state(), alert::State::kUpdated);
  EXPECT_EQ(take("<alert/>", source()), "cap.invalid");
}

TEST_F(IntakeTest, FollowsReferencesAlsoWhereTheEarlierMessageComesLast) {
  const AlertText update{.identifier = "w-2", .kind = "Update", .references = reference_to("w-1")};
  const AlertText cancel{
      .identifier = "w-3", .kind = "Cancel", .references = reference_to("w-1") + " " + reference_to("w-2")};
  EXPECT_EQ(take(cancel), "taken");
  EXPECT_EQ(take({}), "taken");
  EXPECT_EQ(named("w-1").state(), alert::State::kCancelled);
  EXPECT_EQ(take(update), "taken");
  EXPECT_EQ(named("w-2").state(), alert::State::kCancelled);
  EXPECT_EQ(count(), 3);
  const AlertText foreign{
      .identifier = "x-1", .sender = "somebody@example.cn", .kind = "Cancel", .references = reference_to("w-9")};
  take({.identifier = "w-9"});
  EXPECT_EQ(take(foreign), "taken");
  EXPECT_EQ(named("w-9").state(), alert::State::kInForce) << "nobody takes back what another one has said";
}

TEST_F(IntakeTest, RefusesWhatIsNoWarningOfTheRealWorldAndRecordsNothing) {
  EXPECT_EQ(take({.status = "Exercise"}), "alert.not_actual");
  EXPECT_EQ(take({.status = "Test"}), "alert.not_actual");
  EXPECT_EQ(take({.kind = "Ack"}), "alert.not_a_warning");
  EXPECT_EQ(take({.expires = "2026-11-23T13:00:00+08:00"}), "alert.expired");
  EXPECT_EQ(take("<html/>", source()), "cap.foreign");
  EXPECT_EQ(take("", source()), "cap.invalid");
  EXPECT_EQ(take({.severity = "Terrible"}), "cap.invalid");
  EXPECT_EQ(take(std::string(kMostBytes + 1, ' '), source()), "alert.too_large");
  EXPECT_EQ(count(), 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "kept"))
    EXPECT_FALSE(entry.is_regular_file()) << entry.path() << " is of nobody";
  Source drill = source("drill");
  drill.world = "d1";
  EXPECT_EQ(take(AlertText{.status = "Exercise"}.written(), drill), "taken");
  EXPECT_THAT(view::find_alerts(node.sql(), {"city", "real", {}, {}}, node.clock.at, 10), IsEmpty());
  EXPECT_THAT(view::find_alerts(node.sql(), {"city", "d1", {}, {}}, node.clock.at, 10), ElementsAre(last.alert));
  EXPECT_EQ(take({}), "taken") << "of the drill's it knows nothing";
}

TEST_F(IntakeTest, BelievesWhomItIsToldToBelieve) {
  const std::string text = AlertText{}.written(), good = signed_by(xml::desk(), text);
  EXPECT_EQ(take(text, strict()), "alert.unsigned");
  EXPECT_EQ(alert(last.alert).state(), alert::State::kRefused);
  std::string changed = good;
  changed.replace(changed.find("说明"), 6, "假的");
  EXPECT_EQ(take(changed, strict()), "alert.signature");
  EXPECT_THAT(in_words(last.refusals, texts), HasSubstr("digest: it does not fit"));
  const auto stranger = xml::make({.name = "somebody"});
  EXPECT_EQ(take(signed_by(stranger, text), strict()), "alert.signature");
  const auto over = xml::make({.name = "expired", .to = from_china_time(2026, 6, 1)}, &xml::authority());
  EXPECT_EQ(take(signed_by(over, text), strict()), "alert.signature");
  EXPECT_THAT(alert(last.alert).offences, SizeIs(4));
  EXPECT_THAT(lines, SizeIs(4));
  EXPECT_THAT(lines.back(), HasSubstr("weather: alert w-1 of weather@example.cn refused: alert.signature"));
  EXPECT_EQ(take(good, strict()), "taken");
  EXPECT_TRUE(alert(last.alert).trusted());
  EXPECT_EQ(take(good, strict()), "known") << "what is played once more changes nothing";
}

TEST_F(IntakeTest, TellsOfASignatureThatIsWantedAndLooksAtNoneThatIsNot) {
  const std::string good = signed_by(xml::desk(), AlertText{}.written());
  std::string changed = good;
  changed.replace(changed.find("说明"), 6, "假的");
  EXPECT_EQ(take(changed, source()), "taken");
  EXPECT_EQ(alert(last.alert).received->signature.verdict, alert::Verdict::kInvalid);
  EXPECT_EQ(alert(last.alert).received->signature.fault, "digest");
  Source blind = source();
  blind.signing = Signing::kIgnored;
  EXPECT_EQ(take(AlertText{.identifier = "w-2"}.written(), blind), "taken");
  EXPECT_EQ(alert(last.alert).received->signature.verdict, alert::Verdict::kUnchecked);
}

TEST_F(IntakeTest, RefusesOtherContentUnderAKnownNameAndTellsTheDesk) {
  take({});
  EXPECT_EQ(take({.headline = "解除警报"}), "alert.other_content");
  EXPECT_EQ(take({.headline = "解除警报"}), "alert.other_content");
  const auto a = alert(last.alert);
  EXPECT_EQ(a.received->message.headline, "暴雨橙色预警");
  ASSERT_THAT(a.offences, SizeIs(1));
  EXPECT_TRUE(ground.keeping->kept(a.offences[0].sm3)) << "the forgery is kept";
}

TEST_F(IntakeTest, KeepsNoBytesOfWhichNoFactSpeaks) {
  const auto files = [&] {
    std::ptrdiff_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "kept"))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  };
  take({});
  EXPECT_EQ(take(AlertText{}.written() + "<!-- laid out anew -->", source()), "known");
  EXPECT_EQ(files(), 1);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(take({.headline = "解除" + std::to_string(i)}), "alert.other_content");
  EXPECT_EQ(files(), 1 + static_cast<std::ptrdiff_t>(alert::kMostOffences));
  EXPECT_EQ(take({.headline = "解除0"}), "alert.other_content");
  EXPECT_TRUE(ground.keeping->kept(alert(last.alert).offences[0].sm3)) << "which comes again and is known";
}

TEST_F(IntakeTest, KeepsSoManyBytesOfRefusedMessagesADayAndTellsWhenThereAreMore) {
  const std::string padding = "<!--" + std::string(4 << 20, 'x') + "-->";
  const auto forge = [&](int i) {
    EXPECT_EQ(take(AlertText{.identifier = "f-" + std::to_string(i)}.written() + padding, strict()), "alert.unsigned");
    return ground.keeping->kept(alert(last.alert).offences.at(0).sm3).has_value();
  };
  const auto told = [&] {
    return std::ranges::count_if(lines, [](const std::string& l) { return l.find("are not kept") != l.npos; });
  };
  int i = 0;
  for (; i < 12; ++i) EXPECT_TRUE(forge(i)) << i;
  EXPECT_EQ(told(), 0);
  EXPECT_FALSE(forge(++i)) << "noted without its bytes";
  EXPECT_FALSE(forge(++i));
  EXPECT_EQ(told(), 1);
  EXPECT_EQ(take({}), "taken") << "of what is taken in they are kept";
  EXPECT_TRUE(ground.keeping->kept(alert(last.alert).received->sm3));
  node.clock.at += std::chrono::hours{1} * 24;
  const std::string next = AlertText{.identifier = "f-99", .expires = "2026-11-26T20:00:00+08:00"}.written() + padding;
  EXPECT_EQ(take(next, strict()), "alert.unsigned");
  EXPECT_TRUE(ground.keeping->kept(alert(last.alert).offences.at(0).sm3)) << "the next day";
}

TEST_F(IntakeTest, TheSameBytesAtOnceStayWhereOneOfThemIsRecorded) {
  const auto now = node.clock.at;
  ASSERT_TRUE(ground.keeping->lay("ab12", "text").ok());
  ASSERT_TRUE(ground.keeping->lay("ab12", "text").ok());
  ground.keeping->settle("feed", "ab12", 4, Became::kTaken, now);
  ground.keeping->settle("feed", "ab12", 4, Became::kNothing, now);
  EXPECT_EQ(ground.keeping->kept("ab12"), "text");
  ASSERT_TRUE(ground.keeping->lay("ab12", "text").ok());
  ground.keeping->settle("feed", "ab12", 4, Became::kNothing, now);
  EXPECT_EQ(ground.keeping->kept("ab12"), "text") << "that were there before";
}

TEST_F(IntakeTest, AForgedCancelDoesNotTakeBackWhatWasSigned) {
  EXPECT_EQ(take(signed_by(xml::desk(), AlertText{}.written()), strict()), "taken");
  EXPECT_EQ(take({.identifier = "w-2", .kind = "Cancel", .references = reference_to("w-1")}), "taken");
  EXPECT_EQ(named("w-1").state(), alert::State::kInForce);
  const std::string cancel =
      AlertText{.identifier = "w-3", .kind = "Cancel", .references = reference_to("w-1")}.written();
  EXPECT_EQ(take(signed_by(xml::desk(), cancel), strict()), "taken");
  EXPECT_EQ(named("w-1").state(), alert::State::kCancelled);
}

TEST_F(IntakeTest, WhoCountsForOneSourceTakesNothingBackThatAnotherSigned) {
  const auto neighbour = xml::make({.name = "neighbour"});
  Source beside = strict("neighbour");
  beside.roots = xml::Roots::read(neighbour.certificate_pem).value();
  EXPECT_EQ(take(signed_by(xml::desk(), AlertText{}.written()), strict()), "taken");
  const std::string cancel = signed_by(
      neighbour, AlertText{.identifier = "w-2", .kind = "Cancel", .references = reference_to("w-1")}.written());
  EXPECT_EQ(take(cancel, beside), "taken");
  EXPECT_TRUE(alert(last.alert).trusted());
  EXPECT_EQ(named("w-1").state(), alert::State::kInForce);
  beside.senders = {"neighbour.cn"};
  const std::string other = AlertText{.identifier = "w-3"}.written();
  EXPECT_EQ(take(signed_by(neighbour, other), beside), "alert.signature");
  EXPECT_THAT(in_words(last.refusals, texts), HasSubstr("does not speak for “weather@example.cn”"));
  beside.senders = {"neighbour.cn", "weather@example.cn"};
  EXPECT_EQ(take(signed_by(neighbour, other), beside), "taken");
}

TEST_F(IntakeTest, VerifiesAsMuchAsItReads) {
  const std::string good = signed_by(xml::desk(), AlertText{}.written());
  EXPECT_EQ(take(good + std::string(kMostBytes - good.size(), ' '), strict()), "taken");
  EXPECT_TRUE(alert(last.alert).trusted());
}

TEST_F(IntakeTest, ADeskMakesItsOwnWarningOfIt) {
  take({});
  const std::string id = last.alert;
  warning::Draft draft;
  draft.content.type = "11B03";
  draft.content.headline = draft.content.description = draft.content.instruction = "暴雨";
  draft.content.expires = node.clock.at + Minutes{60};
  draft.content.candidate = id;
  const auto other = node.ask("shouguang", draft);
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().code, "candidate.unknown") << "another desk's";
  ASSERT_TRUE(node.ask("city", draft).ok());
  EXPECT_EQ(alert(id).handling(), alert::Handling::kUsed);
  EXPECT_THAT(alert(id).warnings, SizeIs(1));
  const auto forbidden = node.ask("shouguang", alert::Dismiss{"r"}, id);
  ASSERT_FALSE(forbidden.ok());
  EXPECT_EQ(forbidden.error().code, "alert.unknown");
  ASSERT_TRUE(node.ask("city", alert::Dismiss{"已用"}, id).ok());
}

TEST_F(IntakeTest, WaitsWhereTheNodeIsBusy) {
  busy = true;
  EXPECT_EQ(take({}), "later");
  busy = false;
  EXPECT_EQ(take({}), "taken");
}

TEST_F(IntakeTest, FindsAlertsByStateAndTime) {
  take({});
  take({.identifier = "w-2", .expires = "2026-11-24T08:00:00+08:00"});
  take({.identifier = "w-3", .kind = "Cancel", .references = reference_to("w-2")});
  const auto in = [&](std::optional<alert::State> state, Instant now) {
    return view::find_alerts(node.sql(), {"city", "real", state, {}}, now, 10).size();
  };
  const Instant now = node.clock.at, evening = from_china_time(2026, 11, 23, 21);
  EXPECT_EQ(in({}, now), 3u);
  EXPECT_EQ(in(alert::State::kInForce, now), 1u);
  EXPECT_EQ(in(alert::State::kInForce, evening), 0u);
  EXPECT_EQ(in(alert::State::kExpired, evening), 1u);
  EXPECT_EQ(in(alert::State::kCancelled, now), 2u) << "and the cancel itself";
  EXPECT_EQ(in(alert::State::kRefused, now), 0u);
  ASSERT_TRUE(node.ask("city", alert::Dismiss{"无关"}, alert_id(source(), "weather@example.cn", "w-1")).ok());
  EXPECT_EQ(view::find_alerts(node.sql(), {"city", "real", {}, alert::Handling::kNew}, now, 10).size(), 2u);
  EXPECT_EQ(view::find_alerts(node.sql(), {"shouguang", "real", {}, {}}, now, 10).size(), 0u);
}

TEST_F(IntakeTest, NoNumberOfTriflesHidesTheGravestAndPagesLeadToAll) {
  for (int i = 0; i < 5; ++i)
    take({.identifier = "t-" + std::to_string(i), .severity = "Minor", .expires = "2099-01-01T00:00:00+08:00"});
  take({.identifier = "red", .severity = "Extreme"});
  take({.identifier = "none", .severity = "Unknown", .expires = "2099-01-01T00:00:00+08:00"});
  const auto id = [&](const std::string& name) { return alert_id(source(), "weather@example.cn", name); };
  const Instant now = node.clock.at;
  using State = alert::State;
  EXPECT_THAT(view::find_alerts(node.sql(), {"city", "real", State::kInForce, {}}, now, 1), ElementsAre(id("red")));
  for (const std::optional<State> state : {std::optional(State::kInForce), std::optional<State>()})
    for (const std::optional<alert::Handling> handling : {std::optional(alert::Handling::kNew), {}}) {
      view::AlertFilter filter{"city", "real", state, handling};
      const auto all = view::find_alerts(node.sql(), filter, now, 100);
      std::vector<std::string> paged;
      for (;;) {
        const auto page = view::find_alerts(node.sql(), filter, now, 2);
        if (page.empty()) break;
        paged.insert(paged.end(), page.begin(), page.end());
        filter.behind = page.back();
      }
      EXPECT_THAT(all, SizeIs(7));
      EXPECT_EQ(paged, all);
    }
  const auto all = view::find_alerts(node.sql(), {"city", "real", State::kInForce, {}}, now, 100);
  EXPECT_EQ(all.back(), id("none"));
}

// Real files: what is a valid alert becomes one, unless it is over or no actual warning; what is none is refused.
TEST_F(IntakeTest, AgreesWithTheVerdictsOnRealFiles) {
  const char* named_folder = std::getenv("ANLAN_CORPUS");
  const auto real = (named_folder ? std::filesystem::path(named_folder)
                                  : std::filesystem::path(ANLAN_SOURCE_DIR) / "../shared/corpus") /
                    "cap";
  std::ifstream rows(real / "VALIDATION.tsv");
  if (!rows) GTEST_SKIP() << "no real files at hand; set ANLAN_CORPUS";
  node.clock.at = from_china_time(2003, 1, 1);  // before all of them, so that none is over
  std::map<std::string, int> said;
  for (std::string row; std::getline(rows, row);) {
    const std::string file = row.substr(0, row.find('\t'));
    const bool valid = row.find("\tVALID\t") != std::string::npos;
    const std::string how = take(text_in(real / file), source());
    ++said[how];
    const bool read = how == "taken" || how == "known" || how == "alert.not_actual" || how == "alert.other_content";
    EXPECT_EQ(read, valid) << file << ": " << how;
  }
  EXPECT_GT(said["taken"], 5);
  EXPECT_GT(said["cap.foreign"], 3);
}

TEST_F(IntakeTest, SeesWhichSignaturesOfRealFilesAreWrong) {
  const char* named_folder = std::getenv("ANLAN_CORPUS");
  const auto real = (named_folder ? std::filesystem::path(named_folder)
                                  : std::filesystem::path(ANLAN_SOURCE_DIR) / "../shared/corpus") /
                    "cap";
  if (!std::filesystem::exists(real)) GTEST_SKIP() << "no real files at hand; set ANLAN_CORPUS";
  const auto verdict = [&](const std::string& file) {
    const auto c = read(text_in(real / file), source(), node.clock.at, texts);
    if (!c.ok()) return c.error().at(0).code;
    return std::string(name_of(c->signature.verdict)) + " " + c->signature.fault.value_or("");
  };
  EXPECT_EQ(verdict("wmo_sc_valid.xml"), "valid ");
  EXPECT_EQ(verdict("wmo_sc_no_signature.xml"), "none ");
  EXPECT_THAT(verdict("wmo_sc_invalid_digest.xml"), HasSubstr("invalid digest"));
  EXPECT_THAT(verdict("wmo_sc_invalid_signature.xml"), HasSubstr("invalid signature"));
  EXPECT_THAT(verdict("wmo_sc_invalid_certificate.xml"), HasSubstr("invalid certificate"));
}

}  // namespace
}  // namespace anlan::edge::intake
