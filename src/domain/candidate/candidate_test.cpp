#include "domain/candidate/candidate.h"

#include <gtest/gtest.h>

namespace anlan::candidate {
namespace {

const Instant kNow = from_china_time(2026, 11, 23, 14, 20);
const account::Actor kCity{"duty1", "p1", "", "city", {account::Role::kDutyOfficer}};
const account::Actor kCounty{"county1", "p2", "", "county", {account::Role::kCountyOfficer}};

Candidate offered(bool exercise = false) {
  Offered f;
  f.organisation = "city";
  f.description.headline = "red rainstorm warning";
  f.description.exercise = exercise;
  Candidate c;
  c.id = "C1";
  apply(c, f, kNow);
  return c;
}

void follow(Candidate& c, const Facts& facts) {
  for (const Fact& f : facts.value()) apply(c, f, kNow);
}

std::string code_of(const Facts& facts) { return facts.ok() ? "accepted" : facts.error().code; }

TEST(Candidate, WaitsUntilItIsAdopted) {
  Candidate c = offered();
  EXPECT_EQ(c.state, State::kWaiting);
  EXPECT_EQ(c.received_at, kNow);
  follow(c, decide_adoption(c, kCity, "I1"));
  EXPECT_EQ(c.state, State::kAdopted);
  EXPECT_EQ(c.incident, "I1");
  EXPECT_EQ(code_of(decide_adoption(c, kCity, "I2")), "candidate.settled");
  EXPECT_EQ(code_of(decide(c, Dismiss{"r"}, kCity)), "candidate.settled");
}

TEST(Candidate, IsDismissedWithAReason) {
  Candidate c = offered();
  EXPECT_EQ(code_of(decide(c, Dismiss{}, kCity)), "text.empty");
  follow(c, decide(c, Dismiss{"known already"}, kCity));
  EXPECT_EQ(c.state, State::kDismissed);
  EXPECT_EQ(c.reason, "known already");
  EXPECT_EQ(code_of(decide_adoption(c, kCity, "I1")), "candidate.settled");
}

TEST(Candidate, OfAnotherOrganisationDoesNotExist) {
  EXPECT_EQ(code_of(decide_adoption(offered(), kCounty, "I1")), "candidate.unknown");
  EXPECT_EQ(code_of(decide(offered(), Dismiss{"r"}, kCounty)), "candidate.unknown");
  EXPECT_EQ(code_of(decide(Candidate{}, Dismiss{"r"}, kCity)), "candidate.unknown");
}

TEST(Candidate, OfAnExerciseNeverBecomesARealIncident) {
  EXPECT_EQ(code_of(decide_adoption(offered(true), kCity, "I1")), "candidate.exercise");
  EXPECT_TRUE(decide(offered(true), Dismiss{"an exercise"}, kCity).ok());
}

}  // namespace
}  // namespace anlan::candidate
