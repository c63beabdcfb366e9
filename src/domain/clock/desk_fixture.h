#pragma once
// One desk's clocks for tests: four rules of a usual size, an event at 13:55 learnt of at 14:02.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/clock/clock.h"

namespace anlan::clock {

inline const Instant kEvent = from_china_time(2026, 11, 23, 13, 55);
inline const Instant kLearnt = from_china_time(2026, 11, 23, 14, 2);

inline Rule rule(std::string id, Leg leg, Basis basis, std::int64_t minutes, SatisfiedBy by) {
  Rule r;
  r.id = std::move(id);
  r.document = "document";
  r.clause = "clause";
  r.event = "1";
  r.leg = leg;
  r.starts_at = basis;
  r.minutes = minutes;
  r.satisfied_by = by;
  return r;
}

inline std::vector<Rule> rules() {
  return {rule("phone", Leg::kPhone, Basis::kEvent, 20, SatisfiedBy::kPhoneReport),
          rule("written", Leg::kWritten, Basis::kEvent, 40, SatisfiedBy::kWrittenReport),
          rule("follow-up", Leg::kFollowUp, Basis::kPreviousReport, 120, SatisfiedBy::kFollowUp),
          rule("verify", Leg::kVerify, Basis::kRequest, 30, SatisfiedBy::kVerifiedReport)};
}

// One organisation's clocks on one incident, driven as the command path drives them.
struct Desk {
  std::vector<Rule> rules = clock::rules();
  Situation situation{"I1",   "city", "province", organisation::Level::kCity, "12D02", grade::Grade::kOrdinary,
                      kEvent, kLearnt};
  Clocks clocks;
  int ids = 0;

  NewId new_id() {
    return [this] { return "c" + std::to_string(++ids); };
  }
  void follow(const std::vector<Fact>& facts, Instant at) {
    for (const Fact& fact : facts) apply(clocks, fact, at);
  }
  void learns(Instant at = kLearnt) { follow(on_learnt(clocks, situation, rules, at, new_id()), at); }
  void asked(Instant at) { follow(on_requested(clocks, situation, rules, at, new_id()), at); }
  void reports(std::optional<report::Kind> kind, Instant at, const std::string& to = "province") {
    follow(on_reported(clocks, situation, rules, to, kind, "duty1", at, {"report/I1.r1", 3}, new_id()), at);
  }
  std::vector<Fact> time(Instant now, const std::string& leader = "boss") {
    auto facts = on_time(clocks, leader, now);
    follow(facts, now);
    return facts;
  }
  std::vector<const Clock*> of(Leg leg) const {
    std::vector<const Clock*> found;
    for (const Clock& c : clocks.items)
      if (c.started.leg == leg) found.push_back(&c);
    return found;
  }
  const Clock& only(Leg leg) const {
    EXPECT_EQ(of(leg).size(), 1u);
    return *of(leg).front();
  }
};

}  // namespace anlan::clock
