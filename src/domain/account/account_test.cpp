#include "domain/account/account.h"

#include <gtest/gtest.h>

namespace anlan::account {
namespace {

const Actor kNode{"system", {}, {}, {}, {}};
const Actor kSystemAdministrator{"sysadmin", "p-sys", {}, {}, {Role::kSystemAdmin}};
const Instant kNow = from_china_time(2026, 7, 1, 3);

Account made(std::vector<Role> roles = {Role::kDutyOfficer}) {
  Account a;
  const auto facts = decide(a, Create{"wang", "p1", std::move(roles)}, kNode, {});
  for (const auto& f : facts.value()) apply(a, f, kNow);
  return a;
}

TEST(Account, AdministratorsExcludeEachOtherAndEveryOtherRole) {
  EXPECT_TRUE(compatible({Role::kDutyOfficer, Role::kLeader}));
  EXPECT_TRUE(compatible({Role::kAuditAdmin}));
  EXPECT_FALSE(compatible({Role::kSystemAdmin, Role::kSecurityAdmin}));
  EXPECT_FALSE(compatible({Role::kAuditAdmin, Role::kDutyOfficer}));
  EXPECT_EQ(decide(Account{}, Create{"li", "p", {Role::kSystemAdmin, Role::kAuditAdmin}}, kNode, {}).error().code,
            "account.roles_exclude");
}

TEST(Account, WhoMakesAccountsMakesNoAdministrators) {
  for (const Role role : {Role::kSystemAdmin, Role::kSecurityAdmin, Role::kAuditAdmin}) {
    EXPECT_EQ(decide(Account{}, Create{"li", "p2", {role}}, kSystemAdministrator, {}).error().code,
              "account.role_reserved");
    EXPECT_TRUE(decide(Account{}, Create{"li", "p2", {role}}, kNode, {}).ok());
  }
  EXPECT_TRUE(decide(Account{}, Create{"li", "p2", {Role::kLiaison}}, kSystemAdministrator, {}).ok());
}

TEST(Account, TheThreeAdministratorsAreThreePeople) {
  const Account system = made({Role::kSystemAdmin}), desk = made();
  Account away = made({Role::kSecurityAdmin});
  away.disabled = true;
  const auto code = [](const Facts& facts) { return facts.ok() ? "" : facts.error().code; };
  const Actor security{"sec", "p-sec", {}, {}, {}};
  EXPECT_EQ(code(decide(Account{}, Create{"li", "p1", {Role::kSecurityAdmin}}, kNode, {&system})),
            "account.person_roles_exclude");
  EXPECT_EQ(code(decide(Account{}, Create{"li", "p1", {Role::kLiaison}}, kSystemAdministrator, {&system})),
            "account.person_roles_exclude");
  EXPECT_EQ(code(decide(desk, ChangeRoles{{Role::kAuditAdmin}}, security, {&system})), "account.person_roles_exclude");
  EXPECT_EQ(code(decide(away, Enable{}, {&system})), "account.person_roles_exclude");
  // The same role twice, or two roles that go together, are no harm.
  EXPECT_EQ(code(decide(away, Enable{}, {})), "");
  EXPECT_EQ(code(decide(desk, ChangeRoles{{Role::kSystemAdmin}}, security, {&system})), "");
  EXPECT_EQ(code(decide(desk, ChangeRoles{{Role::kLeader}}, security, {&desk})), "");
}

TEST(Account, IsLockedAfterFiveFailuresForFifteenMinutes) {
  Account a = made();
  for (int i = 0; i < kFailuresBeforeLock; ++i) {
    EXPECT_FALSE(a.locked(kNow));
    for (const auto& f : decide_sign_in(a, false, "s", "127.0.0.1", kNow).value()) apply(a, f, kNow);
  }
  EXPECT_TRUE(a.locked(kNow));
  EXPECT_EQ(decide_sign_in(a, true, "s", "127.0.0.1", kNow).error().code, "session.locked");
  EXPECT_TRUE(decide_sign_in(a, true, "s", "127.0.0.1", kNow + kLockTime).ok());
}

TEST(Account, CountsAnewOnceALockHasEnded) {
  Account a = made();
  const auto fail = [&](Instant at) {
    for (const auto& f : decide_sign_in(a, false, "s", "x", at).value()) apply(a, f, at);
  };
  for (int i = 0; i < kFailuresBeforeLock; ++i) fail(kNow);
  const Instant later = kNow + kLockTime;
  for (int i = 1; i < kFailuresBeforeLock; ++i) fail(later);
  EXPECT_FALSE(a.locked(later));
  fail(later);
  EXPECT_TRUE(a.locked(later));
}

TEST(Account, ANewPasswordLeavesOnlyTheSessionInWhichItWasSet) {
  Account a = made();
  for (const char* session : {"s1", "s2", "s3"}) apply(a, SignedIn{session, "x", kNow + kSessionLife}, kNow);
  apply(a, SignInFailed{"x"}, kNow);
  for (const auto& f : decide_set_password(a, true, "s2", kNow).value()) apply(a, f, kNow);
  ASSERT_EQ(a.sessions.size(), 1u);
  EXPECT_EQ(a.sessions.begin()->first, "s2");
  EXPECT_EQ(a.failures, 0);
  apply(a, Locked{kNow + kLockTime}, kNow);
  EXPECT_EQ(decide_set_password(a, true, "s2", kNow).error().code, "session.locked");
}

TEST(Account, SuccessForgetsEarlierFailures) {
  Account a = made();
  apply(a, SignInFailed{"x"}, kNow);
  for (const auto& f : decide_sign_in(a, true, "s1", "x", kNow).value()) apply(a, f, kNow);
  EXPECT_EQ(a.failures, 0);
  EXPECT_EQ(a.sessions.count("s1"), 1u);
}

TEST(Account, DisablingEndsEverySession) {
  Account a = made();
  apply(a, SignedIn{"s1", "x", kNow + kSessionLife}, kNow);
  apply(a, SignedIn{"s2", "x", kNow + kSessionLife}, kNow);
  const auto facts = decide(a, Disable{"left"}, Actor{"sec", "", "", "", {}}).value();
  ASSERT_EQ(facts.size(), 3u);
  for (const auto& f : facts) apply(a, f, kNow);
  EXPECT_TRUE(a.disabled && a.sessions.empty());
  // A right password of a disabled account is a failure, and says nothing else.
  EXPECT_TRUE(std::holds_alternative<SignInFailed>(decide_sign_in(a, true, "s", "x", kNow).value().front()));
}

TEST(Account, NobodyChangesTheirOwnRoles) {
  const Account a = made();
  EXPECT_EQ(decide(a, ChangeRoles{{Role::kLeader}}, Actor{"wang", "", "", "", {}}, {}).error().code,
            "account.own_roles");
  EXPECT_EQ(decide(a, ChangeRoles{{Role::kLeader}}, Actor{"wang2", "p1", "", "", {}}, {}).error().code,
            "account.own_roles");
}

TEST(Account, PasswordsNeedLengthAndClassesAndNotTheName) {
  const PasswordPolicy policy;
  EXPECT_FALSE(acceptable(policy, "wang", "Short1!"));
  EXPECT_FALSE(acceptable(policy, "wang", "alllowercase"));
  EXPECT_FALSE(acceptable(policy, "wang", "Xwang12345678"));
  EXPECT_TRUE(acceptable(policy, "wang", "Harbour-2026"));
}

}  // namespace
}  // namespace anlan::account
