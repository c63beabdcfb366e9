#include "base/text.h"
#include "command/accounts.h"
#include "command/handlers.h"
#include "journal/credentials.h"
#include "journal/strangers.h"

namespace anlan::command {
namespace {

std::string stream_of(const std::string& account) { return "account/" + account; }

// An account that does not exist is an empty one, which the domain refuses by its own word.
const account::Account& find(Unit& unit, const std::string& name) {
  static const account::Account kNone;
  const auto& accounts = unit.directory().accounts;
  const auto found = accounts.find(name);
  return found == accounts.end() ? kNone : found->second;
}

account::Others others_of(Unit& unit, const std::string& person, const std::string& name) {
  account::Others others;
  for (const auto& [other, account] : unit.directory().accounts)
    if (account.person == person && other != name && !account.disabled) others.push_back(&account);
  return others;
}

Handled made(Unit& unit, const std::string& name, const account::Facts& facts, int status = 200) {
  if (!facts.ok()) return facts.error();
  if (status == 200)
    if (auto no = unit.check_version(stream_of(name))) return *no;
  record(unit, name, *facts);
  return Made{status, name, stream_of(name), {}};
}

// What is kept makes the answer wait for the disk, as that of an account does.
Handled turn_away(Unit& unit, const SignIn& c) {
  const auto before = journal::stranger(unit.sql(), unit.target());
  account::Account stranger;
  stranger.name = unit.target();
  stranger.failures = before.failures;
  stranger.locked_until = before.locked_until;
  const auto facts = account::decide_sign_in(stranger, false, c.session, c.address, unit.now());
  if (!facts.ok()) return facts.error();
  for (const auto& fact : *facts) account::apply(stranger, fact, unit.now());
  journal::keep_stranger(unit.sql(), unit.target(), {stranger.failures, stranger.locked_until}, unit.now());
  return Made{401, unit.target(), {}, {}};
}

std::optional<Instant> erased_at(Unit& unit, const std::string& sealed) {
  for (const auto& fact : journal::read_stream(unit.sql(), "sealed/" + sealed))
    if (fact.type == personal_data::Erased::kType) return fact.recorded_at;
  return std::nullopt;
}

bool is_active(Unit& unit, const std::string& id) {
  const auto* person = unit.directory().organisations.person(id);
  const auto* organisation = person ? unit.directory().organisations.organisation(person->organisation) : nullptr;
  return person && person->active && organisation && organisation->active;
}

}  // namespace

// Credentials of ended sessions go in the same transaction, so that no secret outlives its session.
void record(Unit& unit, const std::string& account, const std::vector<account::Fact>& facts) {
  for (const auto& fact : facts)
    if (const auto* out = std::get_if<account::SignedOut>(&fact))
      journal::drop_credential(unit.sql(), "session/" + out->session);
  unit.add(stream_of(account), facts);
}

// The hash is kept only when the account came to be.
Handled handle(Unit& unit, const CreateAccount& c) {
  if (!is_active(unit, c.create.person)) return refuse(RefusalKind::kRule, "person.unknown", "person");
  const auto others = others_of(unit, c.create.person, c.create.name);
  auto handled =
      made(unit, c.create.name, account::decide(find(unit, c.create.name), c.create, unit.actor(), others), 201);
  if (handled.ok()) journal::keep_credential(unit.sql(), "password/" + c.create.name, c.hash);
  return handled;
}

Handled handle(Unit& unit, const account::ChangeRoles& c) {
  const auto& account = find(unit, unit.target());
  const auto others = others_of(unit, account.person, account.name);
  return made(unit, unit.target(), account::decide(account, c, unit.actor(), others));
}

Handled handle(Unit& unit, const account::Disable& c) {
  return made(unit, unit.target(), account::decide(find(unit, unit.target()), c, unit.actor()));
}

Handled handle(Unit& unit, const account::Enable& c) {
  const auto& account = find(unit, unit.target());
  return made(unit, unit.target(), account::decide(account, c, others_of(unit, account.person, account.name)));
}

Handled handle(Unit& unit, const account::Unlock& c) {
  return made(unit, unit.target(), account::decide(find(unit, unit.target()), c));
}

// A failed attempt is a success of the command: its fact must be kept. The answer's status tells.
Handled handle(Unit& unit, const SignIn& c) {
  const auto& account = find(unit, unit.target());
  if (!account.exists()) return turn_away(unit, c);
  const bool may_come = c.matched && is_active(unit, account.person);
  const auto facts = account::decide_sign_in(account, may_come, c.session, c.address, unit.now());
  if (!facts.ok()) return facts.error();
  const bool opened = std::holds_alternative<account::SignedIn>(facts->front());
  if (opened) journal::keep_credential(unit.sql(), "session/" + c.session, c.token_hash);
  return made(unit, unit.target(), facts, opened ? 201 : 401);
}

Handled handle(Unit& unit, const SignOut& c) {
  return made(unit, unit.target(), account::end_sessions(find(unit, unit.target()), c.session, c.ended));
}

Handled handle(Unit& unit, const SetPassword& c) {
  const auto& account = find(unit, unit.actor().account);
  auto handled = made(unit, account.name, account::decide_set_password(account, c.by_owner, c.session, unit.now()));
  if (handled.ok()) journal::keep_credential(unit.sql(), "password/" + account.name, c.hash);
  return handled;
}

// Also lifts a lock: somebody who forgot the password has mostly run into it.
Handled handle(Unit& unit, const ResetPassword& c) {
  const auto& account = find(unit, unit.target());
  if (!account.exists()) return refuse(RefusalKind::kNotFound, "account.unknown");
  if (account.name == unit.actor().account) return refuse(RefusalKind::kRule, "account.own_password");
  std::vector<account::Fact> facts{account::PasswordSet{false}, account::Unlocked{}};
  for (auto& fact : account::end_sessions(account, {}, "password")) facts.push_back(std::move(fact));
  auto handled = made(unit, account.name, facts);
  if (handled.ok()) journal::keep_credential(unit.sql(), "password/" + account.name, c.hash);
  return handled;
}

Handled handle(Unit& unit, const IssueKey& c) {
  const auto* organisation = unit.directory().organisations.organisation(c.organisation);
  if (!organisation || !organisation->active) return refuse(RefusalKind::kRule, "organisation.unknown", "organisation");
  if (blank(c.name)) return refuse(RefusalKind::kRule, "text.empty", "name");
  const std::string id = unit.target().empty() ? unit.new_id() : unit.target();
  journal::keep_credential(unit.sql(), "key/" + id, c.hash);
  unit.add("key/" + id, std::vector<account::Fact>{account::KeyIssued{id, c.name, c.organisation}});
  return Made{201, id, "key/" + id, {}};
}

Handled handle(Unit& unit, const RevokeKey&) {
  const auto& keys = unit.directory().keys;
  const auto found = keys.find(unit.target());
  if (found == keys.end()) return refuse(RefusalKind::kNotFound, "key.unknown");
  if (auto no = unit.check_version("key/" + unit.target())) return *no;
  if (found->second.revoked) return Made{200, unit.target(), "key/" + unit.target(), {}};
  journal::drop_credential(unit.sql(), "key/" + unit.target());
  unit.add("key/" + unit.target(), std::vector<account::Fact>{account::KeyRevoked{unit.target()}});
  return Made{200, unit.target(), "key/" + unit.target(), {}};
}

Handled handle(Unit& unit, const Erase& c) {
  if (blank(c.reason)) return refuse(RefusalKind::kRule, "text.empty", "reason");
  if (const auto at = erased_at(unit, unit.target()))
    return refuse(RefusalKind::kConflict, "sealed.erased", {}, {{"at", to_rfc3339(*at)}});
  if (auto no = unit.check_version("sealed/" + unit.target())) return *no;
  if (!unit.vault().destroy(unit.target())) return refuse(RefusalKind::kNotFound, "sealed.unknown");
  unit.add("sealed/" + unit.target(), std::vector<personal_data::Fact>{personal_data::Erased{c.reason}});
  return Made{200, unit.target(), "sealed/" + unit.target(), {}};
}

}  // namespace anlan::command
