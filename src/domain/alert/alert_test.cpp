#include "domain/alert/alert.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include "domain/alert/rules.h"

namespace anlan::alert {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instant kNow = from_china_time(2026, 11, 27, 14, 0);
const account::Actor kDesk{"duty1", "p1", "", "city", {account::Role::kDutyOfficer}};
const account::Actor kOther{"duty2", "p2", "", "county", {account::Role::kCountyOfficer}};

Receive message(const std::string& identifier, Kind kind = Kind::kAlert, std::vector<std::string> earlier = {}) {
  Receive c;
  c.id = identifier + ".city";
  c.source = "feed";
  c.sm3 = "bytes of " + identifier;
  c.said = "words of " + identifier;
  c.message.sender = "weather";
  c.message.identifier = identifier;
  c.message.sent = kNow;
  c.message.kind = kind;
  c.message.status = "Actual";
  c.message.headline = "headline of " + identifier;
  c.message.expires = kNow + Minutes{60};
  for (const auto& one : earlier) c.message.references.push_back({one + ".city", one});
  return c;
}

Receive with(Receive c, const std::string& source, Signature signature) {
  c.source = source;
  c.signature = std::move(signature);
  return c;
}
const Signature kTrusted{Verdict::kValid, true, {}, {}, "CN=weather", "w"};
const Signature kNeighbour{Verdict::kValid, true, {}, {}, "CN=weather", "n"};

// What a node would record, as command/alert.cpp does.
struct Node {
  std::map<std::string, Alert> alerts;

  std::string take(const Receive& c, Instant now = kNow, bool real = true) {
    Alert& a = of(c.id);
    const auto taken = decide(a, c, "city", real, now);
    if (!taken.ok()) return taken.error().code;
    for (const Fact& f : taken->facts) apply(a, f, now);
    if (taken->offence) return std::string(name_of(*taken->offence));
    for (const Reference& r : c.message.references)
      if (const auto fact = succession(of(r.alert), c)) apply(of(r.alert), *fact, now);
    return taken->facts.empty() ? "known" : "taken";
  }
  Alert& of(const std::string& id) {
    Alert& a = alerts[id];
    a.id = id;
    a.organisation = "city";
    return a;
  }
  State state(const std::string& identifier, Instant now = kNow) { return of(identifier + ".city").state_at(now); }
};

TEST(Alert, IsTakenInOnceHoweverOftenItComes) {
  Node node;
  EXPECT_EQ(node.take(message("a")), "taken");
  EXPECT_EQ(node.take(message("a")), "known");
  EXPECT_EQ(node.take(with(message("a"), "province", {})), "taken") << "by another way";
  EXPECT_EQ(node.take(with(message("a"), "province", {})), "known");
  EXPECT_EQ(node.of("a.city").also_seen.size(), 1u);
  EXPECT_EQ(node.state("a"), State::kInForce);
  EXPECT_EQ(node.state("a", kNow + Minutes{60}), State::kExpired);
}

TEST(Alert, WithOtherContentUnderAKnownNameIsRefusedAndNoted) {
  Node node;
  node.take(message("a"));
  Receive forged = message("a");
  forged.said = forged.sm3 = "forged";
  EXPECT_EQ(node.take(forged), "other_content");
  EXPECT_EQ(node.take(forged), "other_content") << "said each time, noted once";
  EXPECT_EQ(node.of("a.city").offences.size(), 1u);
  EXPECT_EQ(node.of("a.city").received->sm3, "bytes of a");
  for (int i = 0; i < 100; ++i) {
    forged.sm3 = std::to_string(i);
    EXPECT_EQ(node.take(forged), "other_content");
  }
  EXPECT_EQ(node.of("a.city").offences.size(), kMostOffences);
}

TEST(Alert, ThatIsTrustedGoesBeforeOneThatTookItsNameFirst) {
  Node node;
  Receive forged = message("a");
  forged.said = forged.sm3 = "forged";
  EXPECT_EQ(node.take(forged), "taken");
  EXPECT_EQ(node.take(with(message("a"), "feed", kTrusted)), "taken");
  EXPECT_EQ(node.of("a.city").received->sm3, "bytes of a");
  EXPECT_EQ(node.of("a.city").offences.at(0).sm3, "forged");
  EXPECT_EQ(node.take(forged), "other_content");
}

TEST(Alert, OfAnotherFormIsJoinedAndTheTrustedOneShown) {
  Node node;
  Receive national = message("a");
  national.message.form = Form::k12379;
  national.said = national.sm3 = "12379";
  EXPECT_EQ(node.take(national), "taken");
  EXPECT_EQ(node.take(with(message("a"), "feed", kTrusted)), "taken");
  EXPECT_EQ(node.of("a.city").received->message.form, Form::kCap);
  EXPECT_THAT(node.of("a.city").offences, IsEmpty());
  national.message.sent = kNow + Minutes{1};
  national.sm3 = "other";
  EXPECT_EQ(node.take(national), "other_content");
}

TEST(Alert, ThatWasNotSignedAsItsSourceMustIsNotedAndNotTakenIn) {
  Node node;
  Receive c = message("a");
  c.offence = Offence::kUnsigned;
  EXPECT_EQ(node.take(c), "unsigned");
  EXPECT_EQ(node.state("a"), State::kRefused);
  EXPECT_FALSE(node.of("a.city").exists());
  EXPECT_EQ(node.take(message("a")), "taken");
  EXPECT_EQ(node.state("a"), State::kInForce);
  Receive cancel = message("c", Kind::kCancel, {"a"});
  cancel.offence = Offence::kSignature;
  EXPECT_EQ(node.take(cancel), "signature");
  EXPECT_EQ(node.state("a"), State::kInForce) << "what is not taken in takes nothing back";
}

TEST(Alert, ThatIsNoActualOneNeverComesIntoTheRealWorld) {
  for (const char* status : {"Exercise", "Test", "System", "Draft", "", "actual"}) {
    Node node;
    Receive c = message("a");
    c.message.status = status;
    EXPECT_EQ(node.take(c), "alert.not_actual") << status;
    EXPECT_EQ(node.take(c, kNow, false), "taken") << status;
  }
}

TEST(Alert, WhoseTimeIsOverIsNotTakenInButWhatChangesOthersIs) {
  Node node;
  EXPECT_EQ(node.take(message("a"), kNow + Minutes{60}), "alert.expired");
  Receive endless = message("b");
  endless.message.expires.reset();
  EXPECT_EQ(node.take(endless, kNow + kUsualLife), "alert.expired");
  EXPECT_EQ(node.take(endless, kNow + kUsualLife - Minutes{1}), "taken");
  EXPECT_EQ(node.take(message("c", Kind::kCancel, {"b"}), kNow + Minutes{600}), "taken");
  EXPECT_EQ(node.state("b"), State::kCancelled);
}

TEST(Alert, ThatWasTrustedIsTakenBackByATrustedOneOnly) {
  Node node;
  node.take(with(message("a"), "feed", kTrusted));
  node.take(with(message("forged", Kind::kCancel, {"a"}), "other", {}));
  EXPECT_EQ(node.state("a"), State::kInForce);
  EXPECT_THAT(node.of("a.city").successors(), IsEmpty());
  node.take(with(message("u", Kind::kUpdate, {"a"}), "feed", kTrusted));
  EXPECT_EQ(node.state("a"), State::kUpdated);
  EXPECT_THAT(node.of("a.city").successors(), ElementsAre("u.city"));
}

TEST(Alert, ThatWasTrustedIsTakenBackByTheSameSignerOrTheSameWayOnly) {
  const auto cancelled = [](const std::string& way, const Signature& signature, bool cancel_first) {
    Node node;
    const Receive alert = with(message("a"), "weather", kTrusted);
    const Receive cancel = with(message("c", Kind::kCancel, {"a"}), way, signature);
    for (const Receive& c : cancel_first ? std::vector{cancel, alert} : std::vector{alert, cancel}) node.take(c);
    return node.state("a") == State::kCancelled;
  };
  for (const bool first : {false, true}) {
    EXPECT_FALSE(cancelled("neighbour", kNeighbour, first)) << "who counts there does not speak for the signer here";
    EXPECT_FALSE(cancelled("weather", {}, first));
    EXPECT_TRUE(cancelled("weather", kTrusted, first));
    EXPECT_TRUE(cancelled("province", kTrusted, first)) << "what they hand on was signed by the same";
    EXPECT_TRUE(cancelled("weather", kNeighbour, first)) << "a certificate made anew";
  }
}

TEST(Alert, ThatWasTrustedIsHeldByWhoVouchedForItThatCountsAlone) {
  Node node;
  node.take(with(message("a"), "weather", kTrusted));
  node.take(with(message("a"), "neighbour", {}));
  node.take(with(message("c", Kind::kCancel, {"a"}), "neighbour", kNeighbour));
  EXPECT_EQ(node.state("a"), State::kInForce) << "a copy without a signature makes nobody its sender";
  EXPECT_THAT(node.of("a.city").successors(), IsEmpty());
  node.take(with(message("c", Kind::kCancel, {"a"}), "weather", kTrusted));
  EXPECT_EQ(node.state("a"), State::kCancelled) << "the same cancel once more, now by who may";
  EXPECT_THAT(node.of("a.city").successors(), ElementsAre("c.city"));
}

TEST(Alert, LaidOutAnewWithoutEndIsSeenOnceAndItsSignatureCountsStill) {
  Node node;
  for (int i = 0; i < 100; ++i) {
    Receive copy = with(message("a"), "open", {});
    copy.sm3 = "layout " + std::to_string(i);
    EXPECT_EQ(node.take(copy), i == 0 ? "taken" : "known");
  }
  EXPECT_THAT(node.of("a.city").also_seen, IsEmpty());
  for (int i = 0; i < 100; ++i) node.take(with(message("a"), "source" + std::to_string(i), {}));
  EXPECT_EQ(node.of("a.city").also_seen.size(), kMostSightings);
  EXPECT_EQ(node.take(with(message("a"), "weather", kTrusted)), "taken");
  EXPECT_TRUE(node.of("a.city").trusted());
  node.take(with(message("c", Kind::kCancel, {"a"}), "open", {}));
  EXPECT_EQ(node.state("a"), State::kInForce);
}

TEST(Alert, UpdateOfWhatIsNotKnownStandsAlone) {
  Node node;
  EXPECT_EQ(node.take(message("u", Kind::kUpdate, {"a"})), "taken");
  EXPECT_EQ(node.state("u"), State::kInForce);
  EXPECT_FALSE(node.of("a.city").exists());
}

// Everything that a reader sees, but when it was received and by which way first.
std::string shown(Node& node) {
  std::string text;
  for (auto& [id, a] : node.alerts) {
    std::set<std::string> sources;
    if (a.received) sources.insert(a.received->source);
    for (const auto& s : a.also_seen) sources.insert(s.source);
    text += id + " " + std::string(name_of(a.state_at(kNow))) + (a.trusted() ? " trusted" : "");
    for (const auto& s : sources) text += " " + s;
    for (const auto& s : a.successors()) text += " ->" + s;
    text += "\n";
  }
  return text;
}

TEST(Alert, StandsTheSameInWhicheverOrderTheMessagesCome) {
  std::mt19937 chance(5);
  const auto any = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
  for (int history = 0; history < 300; ++history) {
    std::vector<Receive> messages;
    const int count = 2 + any(5);
    for (int i = 0; i < count; ++i) {
      std::vector<std::string> earlier;
      for (int e = 0; e < i; ++e)
        if (any(2)) earlier.push_back("m" + std::to_string(e));
      const Kind kind = earlier.empty() ? Kind::kAlert : any(3) ? Kind::kUpdate : Kind::kCancel;
      const Receive c = message("m" + std::to_string(i), kind, earlier);
      for (int copies = 1 + any(3); copies > 0; --copies)
        messages.push_back(with(c, "source" + std::to_string(any(3)),
                                std::array{kTrusted, kNeighbour, Signature{}}.at(static_cast<std::size_t>(any(3)))));
    }
    std::string first;
    for (int order = 0; order < 8; ++order) {
      std::ranges::shuffle(messages, chance);
      Node node;
      for (const Receive& c : messages) node.take(c);
      const std::string now = shown(node);
      if (order == 0) first = now;
      ASSERT_EQ(now, first) << "history " << history;
    }
  }
}

TEST(Alert, IsDismissedWithAReasonOrUsed) {
  Node node;
  node.take(message("a"));
  Alert& a = node.of("a.city");
  EXPECT_EQ(decide(a, Dismiss{" "}, kDesk).error().code, "text.empty");
  EXPECT_EQ(decide(a, Dismiss{"r"}, kOther).error().code, "alert.unknown");
  EXPECT_EQ(decide(Alert{}, Dismiss{"r"}, kDesk).error().code, "alert.unknown");
  for (const Fact& f : decide(a, Dismiss{"not here"}, kDesk).value()) apply(a, f, kNow);
  EXPECT_EQ(a.handling(), Handling::kDismissed);
  EXPECT_EQ(decide(a, Dismiss{"r"}, kDesk).error().code, "alert.dismissed");
  for (const Fact& f : decide_use(a, kDesk, "W1").value()) apply(a, f, kNow);
  EXPECT_EQ(a.handling(), Handling::kUsed);
  EXPECT_EQ(decide_use(a, kOther, "W1").error().code, "alert.unknown");
}

TEST(Alert, HasTheColourOfItsSeverity) {
  EXPECT_EQ(colour_of("Extreme", "Immediate", "Likely"), Colour::kRed);
  EXPECT_EQ(colour_of("Severe", "Unknown", "Unknown"), Colour::kOrange);
  EXPECT_EQ(colour_of("Moderate", "Future", "Possible"), Colour::kYellow);
  EXPECT_EQ(colour_of("Minor", "Expected", "Observed"), Colour::kBlue);
  EXPECT_EQ(colour_of("Unknown", "Immediate", "Observed"), std::nullopt);
  EXPECT_EQ(colour_of("Extreme", "Past", "Observed"), std::nullopt);
  EXPECT_EQ(colour_of("Extreme", "Future", "Unlikely"), std::nullopt);
}

TEST(Events, AreFoundByCodesAndThenByWords) {
  const auto events = Events::parse("SAME\tTOR\t11B02\tTornado\nevent\tFlash Flood\t11A06\n");
  ASSERT_TRUE(events.ok());
  Message m;
  m.event = "flash FLOOD";
  EXPECT_EQ(events->type_of(m), "11A06");
  m.event_codes = {{"other", "TOR"}, {"same", "tor"}};
  EXPECT_EQ(events->type_of(m), "11B02");
  EXPECT_EQ(events->type_of(Message{}), "");
  EXPECT_EQ(Events::parse("SAME\tTOR\n").error().what, "line 1: a cell is missing");
  EXPECT_EQ(Events::parse("a\tb\tc\nA\tB\td\n").error().what, "line 2: stands here twice");
}

}  // namespace
}  // namespace anlan::alert
