#include "domain/account/account.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace anlan::account {
namespace {

Refusal rule(std::string code, std::string field = {}) {
  return refuse(RefusalKind::kRule, std::move(code), std::move(field));
}

Refusal missing() { return refuse(RefusalKind::kNotFound, "account.unknown"); }

// Names stand in streams and are read out on the telephone: small letters, digits and three signs.
bool well_formed_name(std::string_view name) {
  return name.size() >= 2 && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

// Why the roles cannot be this person's, where they cannot.
std::optional<Refusal> check_roles(const std::vector<Role>& roles, const Others& others) {
  if (roles.empty()) return rule("account.no_role", "roles");
  if (!compatible(roles)) return rule("account.roles_exclude", "roles");
  for (const Account* other : others) {
    std::vector<Role> both = other->roles;
    for (const Role r : roles)
      if (std::ranges::find(both, r) == both.end()) both.push_back(r);
    if (!compatible(both))
      return refuse(RefusalKind::kRule, "account.person_roles_exclude", "roles", {{"account", other->name}});
  }
  return std::nullopt;
}

Refusal locked(const Account& a) {
  return refuse(RefusalKind::kRule, "session.locked", {}, {{"until", to_rfc3339(*a.locked_until)}});
}

// What each fact makes of the account.
struct Applier {
  Account& a;
  Instant at;

  void operator()(const Created& f) {
    a.name = f.name;
    a.person = f.person;
    a.roles = f.roles;
  }
  void operator()(const RolesChanged& f) { a.roles = f.roles; }
  void operator()(const Disabled&) { a.disabled = true; }
  void operator()(const Enabled&) { a.disabled = false; }
  void operator()(const PasswordSet& f) {
    a.must_change = !f.by_owner;
    if (f.by_owner) a.failures = 0;
  }
  void operator()(const SignInFailed&) { ++a.failures; }
  void operator()(const Locked& f) {
    a.locked_until = f.until;
    a.failures = 0;
  }
  void operator()(const Unlocked&) {
    a.locked_until.reset();
    a.failures = 0;
  }
  void operator()(const SignedIn& f) {
    a.failures = 0;
    a.locked_until.reset();
    a.last_signed_in = at;
    a.sessions[f.session] = {f.session, f.address, at, f.expires};
  }
  void operator()(const SignedOut& f) { a.sessions.erase(f.session); }
  void operator()(const KeyIssued&) {}
  void operator()(const KeyRevoked&) {}
};

}  // namespace

bool administrator(Role r) { return r == Role::kSystemAdmin || r == Role::kSecurityAdmin || r == Role::kAuditAdmin; }

// An administrator has that role alone.
bool compatible(const std::vector<Role>& roles) {
  return std::ranges::none_of(roles, administrator) || roles.size() == 1;
}

// In the C locale: letters of other scripts count as signs.
bool acceptable(const PasswordPolicy& policy, std::string_view account, std::string_view password) {
  bool lower = false, upper = false, digit = false, other = false;
  for (const char c : password) {
    const auto u = static_cast<unsigned char>(c);
    lower |= std::islower(u) != 0;
    upper |= std::isupper(u) != 0;
    digit |= std::isdigit(u) != 0;
    other |= std::isalnum(u) == 0;
  }
  return static_cast<std::int64_t>(password.size()) >= policy.min_length &&
         lower + upper + digit + other >= policy.min_classes && password.find(account) == std::string_view::npos;
}

void apply(Account& a, const Fact& fact, Instant at) { std::visit(Applier{a, at}, fact); }

Facts decide(const Account& a, const Create& c, const Actor& actor, const Others& others) {
  if (a.exists()) return refuse(RefusalKind::kConflict, "account.exists", "name");
  if (!well_formed_name(c.name)) return rule("account.name", "name");
  if (!actor.is_node() && std::ranges::any_of(c.roles, administrator)) return rule("account.role_reserved", "roles");
  if (auto no = check_roles(c.roles, others)) return *no;
  return std::vector<Fact>{Created{c.name, c.person, c.roles}, PasswordSet{false}};
}

Facts decide(const Account& a, const ChangeRoles& c, const Actor& actor, const Others& others) {
  if (!a.exists()) return missing();
  if (actor.account == a.name || (!actor.person.empty() && actor.person == a.person)) return rule("account.own_roles");
  if (auto no = check_roles(c.roles, others)) return *no;
  if (c.roles == a.roles) return std::vector<Fact>{};
  std::vector<Fact> facts{RolesChanged{c.roles}};
  for (auto& f : end_sessions(a, {}, "roles")) facts.push_back(std::move(f));
  return facts;
}

Facts decide(const Account& a, const Disable& c, const Actor& actor) {
  if (!a.exists()) return missing();
  if (actor.account == a.name) return rule("account.own_disable");
  if (blank(c.reason)) return rule("text.empty", "reason");
  if (a.disabled) return std::vector<Fact>{};
  std::vector<Fact> facts{Disabled{c.reason}};
  for (auto& f : end_sessions(a, {}, "disabled")) facts.push_back(std::move(f));
  return facts;
}

Facts decide(const Account& a, const Enable&, const Others& others) {
  if (!a.exists()) return missing();
  if (!a.disabled) return std::vector<Fact>{};
  if (auto no = check_roles(a.roles, others)) return *no;
  return std::vector<Fact>{Enabled{}};
}

Facts decide(const Account& a, const Unlock&) {
  if (!a.exists()) return missing();
  return std::vector<Fact>{Unlocked{}};
}

Facts decide_sign_in(const Account& a, bool matched, const std::string& session, const std::string& address,
                     Instant now) {
  ANLAN_ASSERT(a.exists());
  if (a.locked(now)) return locked(a);
  if (matched && !a.disabled) return std::vector<Fact>{SignedIn{session, address, now + kSessionLife}};
  std::vector<Fact> facts{SignInFailed{address}};
  if (a.failures + 1 >= kFailuresBeforeLock) facts.push_back(Locked{now + kLockTime});
  return facts;
}

Facts decide_set_password(const Account& a, bool by_owner, const std::string& session, Instant now) {
  if (!a.exists()) return missing();
  if (a.locked(now)) return locked(a);
  std::vector<Fact> facts{PasswordSet{by_owner}};
  for (const auto& [id, open] : a.sessions)
    if (id != session) facts.push_back(SignedOut{id, "password"});
  return facts;
}

// None where there is nothing to end: saying it twice is no fault.
std::vector<Fact> end_sessions(const Account& a, const std::string& session, const std::string& reason) {
  std::vector<Fact> facts;
  for (const auto& [id, s] : a.sessions)
    if (session.empty() || session == id) facts.push_back(SignedOut{id, reason});
  return facts;
}

}  // namespace anlan::account
