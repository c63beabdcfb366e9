#pragma once
// The rules of accounts: creation, roles, sign-in with lock-out, sessions. Pure; passwords were checked by the caller.

#include <map>
#include <set>

#include "base/refusal.h"
#include "domain/account/facts.h"

namespace anlan::account {

struct Session {
  std::string id, address;
  Instant opened_at, expires;
};

struct Account {
  std::string name, person;
  std::vector<Role> roles;
  bool disabled = false, must_change = true;
  int failures = 0;
  std::optional<Instant> locked_until, last_signed_in;
  std::map<std::string, Session> sessions;

  bool exists() const { return !name.empty(); }
  bool locked(Instant now) const { return locked_until && now < *locked_until; }
};

// `at`: when the fact was recorded.
void apply(Account&, const Fact&, Instant at);

struct Key {
  std::string id, name, organisation;
  Instant issued_at;
  bool revoked = false;
};

// Commands. The account concerned is the command's target.
struct Create {
  static constexpr std::string_view kName = "account.create";
  std::string name, person;
  std::vector<Role> roles;
  static constexpr auto fields =
      std::tuple{field("name", &Create::name, 32), field("person", &Create::person), field("roles", &Create::roles, 8)};
};
struct ChangeRoles {
  static constexpr std::string_view kName = "account.change_roles";
  std::vector<Role> roles;
  static constexpr auto fields = std::tuple{field("roles", &ChangeRoles::roles, 8)};
};
struct Disable {
  static constexpr std::string_view kName = "account.disable";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Disable::reason)};
};
struct Enable {
  static constexpr std::string_view kName = "account.enable";
  static constexpr auto fields = std::tuple{};
};
struct Unlock {
  static constexpr std::string_view kName = "account.unlock";
  static constexpr auto fields = std::tuple{};
};

using Facts = Outcome<std::vector<Fact>>;

Facts decide(const Account&, const Create&);
Facts decide(const Account&, const ChangeRoles&, const Actor&);
Facts decide(const Account&, const Disable&, const Actor&);
Facts decide(const Account&, const Enable&);
Facts decide(const Account&, const Unlock&);
// A password was tried and did (not) match. On success the session gets the given id.
Facts decide_sign_in(const Account&, bool matched, const std::string& session, const std::string& address, Instant now);
// Ends one session (empty id: all) with the reason given.
std::vector<Fact> end_sessions(const Account&, const std::string& session, const std::string& reason);

}  // namespace anlan::account
