#pragma once
// The rules of accounts: creation, roles, sign-in with lock-out, sessions. Pure; passwords were checked by the caller.

#include <map>
#include <set>

#include "base/refusal.h"
#include "domain/account/facts.h"

namespace anlan::account {

// A session as its facts tell it. The secret that proves it lies in the vault and never here.
struct Session {
  // `address`: of the peer that signed in, as the server saw it; a proxy's where one stands between.
  std::string id, address;
  // `expires`: the end of its life however busy it is; idleness is judged by the edge, which sees requests.
  Instant opened_at, expires;
};

// An account as its facts have made it; without a name: there is none. It stays when it is disabled, because facts
// name it.
struct Account {
  // `person`: id in the register; its organisation is the one that the account acts for.
  std::string name, person;
  std::vector<Role> roles;
  // `must_change`: the password is a one-time one; nothing else may be done before it is changed.
  bool disabled = false, must_change = true;
  // Failed attempts in a row since the last success, lock or unlock.
  int failures = 0;
  std::optional<Instant> locked_until, last_signed_in;
  // Open sessions by id. One account may have several: desk, meeting room, duty room.
  std::map<std::string, Session> sessions;

  bool exists() const { return !name.empty(); }
  bool locked(Instant now) const { return locked_until && now < *locked_until; }
};

// `at`: when the fact was recorded.
void apply(Account&, const Fact&, Instant at);

// An API key of a department's system (open interface). Revoking is final: a new one is issued instead.
struct Key {
  std::string id, name, organisation;
  Instant issued_at;
  bool revoked = false;
};

// Commands. The account concerned is the command's target.
// A new account of a person in the register. Its password is a one-time one that the command layer makes and hashes.
// Roles of administrators are refused (account.role_reserved): who makes accounts must not make the one who watches.
struct Create {
  static constexpr std::string_view kName = "account.create";
  std::string name, person;
  std::vector<Role> roles;
  static constexpr auto fields =
      std::tuple{field("name", &Create::name, 32), field("person", &Create::person), field("roles", &Create::roles, 8)};
};
// Replaces all roles; the only way to an administrator's role. Refused for one's own accounts (account.own_roles) and
// where roles exclude each other.
// Every session of the account ends: what it may see was settled when it was opened.
struct ChangeRoles {
  static constexpr std::string_view kName = "account.change_roles";
  std::vector<Role> roles;
  static constexpr auto fields = std::tuple{field("roles", &ChangeRoles::roles, 8)};
};
// Ends every session at once. The reason is kept: GB/T 22239-2019 8.1.4.2 asks that unused accounts are closed on
// record.
struct Disable {
  static constexpr std::string_view kName = "account.disable";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Disable::reason)};
};
// Lets a disabled account sign in again, with its old password.
struct Enable {
  static constexpr std::string_view kName = "account.enable";
  static constexpr auto fields = std::tuple{};
};
// Ends a lock before its time, and forgets the failures.
struct Unlock {
  static constexpr std::string_view kName = "account.unlock";
  static constexpr auto fields = std::tuple{};
};

// What a decision comes to: facts in the order in which they are appended, or why not. Nothing is changed by deciding.
using Facts = Outcome<std::vector<Fact>>;

// The same person's accounts that are not disabled, without the one decided on. Roles are judged over all of them,
// because the three administrators are three people and not three accounts (account.person_roles_exclude).
using Others = std::vector<const Account*>;

// `Account` is the one of that name, without a name where there is none: account.exists where it is taken already,
// account.name where the name has other characters than small letters, digits, dot, hyphen and underscore.
Facts decide(const Account&, const Create&, const Actor&, const Others&);
// The actor is compared with the account: nobody changes their own rights or shuts themselves out (三员分立).
Facts decide(const Account&, const ChangeRoles&, const Actor&, const Others&);
Facts decide(const Account&, const Disable&, const Actor&);
Facts decide(const Account&, const Enable&, const Others&);
Facts decide(const Account&, const Unlock&);
// A password was tried and did (not) match; `matched` is false too for somebody who may not come any more. On success
// the session gets the given id. Refused while the account is locked (session.locked), whatever was tried.
Facts decide_sign_in(const Account&, bool matched, const std::string& session, const std::string& address, Instant now);
// A new password by its owner, who has proven the old one, ends all sessions but the one it was set in: whoever knew
// the old password may sit in another. Refused while the account is locked, since guesses at it are counted.
Facts decide_set_password(const Account&, bool by_owner, const std::string& session, Instant now);
// Ends one session (empty id: all) with the reason given.
std::vector<Fact> end_sessions(const Account&, const std::string& session, const std::string& reason);

}  // namespace anlan::account
