#pragma once
// Streams "account/NAME" and "session/ID". Password hashes and session tokens are secrets and not in facts: they lie in
// the vault (docs/journal-format.md).

#include <optional>
#include <variant>

#include "domain/account/types.h"

namespace anlan::account {

// The account is there, with a one-time password; every account begins so.
struct Created {
  static constexpr std::string_view kType = "account.created";
  std::string name, person;
  std::vector<Role> roles;
  static constexpr auto fields =
      std::tuple{field("name", &Created::name), field("person", &Created::person), field("roles", &Created::roles)};
};
// All roles after the change; the fact before tells what they were.
struct RolesChanged {
  static constexpr std::string_view kType = "account.roles_changed";
  std::vector<Role> roles;
  static constexpr auto fields = std::tuple{field("roles", &RolesChanged::roles)};
};
// No further sign-in; the facts that end its sessions follow in the same transaction.
struct Disabled {
  static constexpr std::string_view kType = "account.disabled";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Disabled::reason)};
};
// May sign in again.
struct Enabled {
  static constexpr std::string_view kType = "account.enabled";
  static constexpr auto fields = std::tuple{};
};
// `by_owner` false: an administrator set a one-time password that must be changed at the next sign-in.
struct PasswordSet {
  static constexpr std::string_view kType = "account.password_set";
  bool by_owner = false;
  static constexpr auto fields = std::tuple{field("by_owner", &PasswordSet::by_owner)};
};
// An attempt with a wrong password. Attempts on accounts that do not exist leave no fact: a stranger must not fill the
// journal.
struct SignInFailed {
  static constexpr std::string_view kType = "account.sign_in_failed";
  std::string address;
  static constexpr auto fields = std::tuple{field("address", &SignInFailed::address)};
};
// After too many failures in a row; attempts until then are refused before the password counts.
struct Locked {
  static constexpr std::string_view kType = "account.locked";
  Instant until;
  static constexpr auto fields = std::tuple{field("until", &Locked::until)};
};
// By the security administrator, or together with a new one-time password.
struct Unlocked {
  static constexpr std::string_view kType = "account.unlocked";
  static constexpr auto fields = std::tuple{};
};
// A session is open. `expires` is frozen here, so a change of the limit touches later sessions only.
struct SignedIn {
  static constexpr std::string_view kType = "account.signed_in";
  std::string session, address;
  Instant expires;
  static constexpr auto fields = std::tuple{field("session", &SignedIn::session), field("address", &SignedIn::address),
                                            field("expires", &SignedIn::expires)};
};
// `ended`: signed_out | idle | expired | closed_by_owner | disabled | password | retired | moved | roles
struct SignedOut {
  static constexpr std::string_view kType = "account.signed_out";
  std::string session, ended;
  static constexpr auto fields = std::tuple{field("session", &SignedOut::session), field("ended", &SignedOut::ended)};
};
// An API key: acts for an organisation, may only offer candidates.
struct KeyIssued {
  static constexpr std::string_view kType = "account.key_issued";
  std::string id, name, organisation;
  static constexpr auto fields = std::tuple{field("id", &KeyIssued::id), field("name", &KeyIssued::name),
                                            field("organisation", &KeyIssued::organisation)};
};
// From this position on the key opens nothing.
struct KeyRevoked {
  static constexpr std::string_view kType = "account.key_revoked";
  std::string id;
  static constexpr auto fields = std::tuple{field("id", &KeyRevoked::id)};
};

using Fact = std::variant<Created, RolesChanged, Disabled, Enabled, PasswordSet, SignInFailed, Locked, Unlocked,
                          SignedIn, SignedOut, KeyIssued, KeyRevoked>;

}  // namespace anlan::account
