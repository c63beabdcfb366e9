#include "state/directory.h"

#include <algorithm>
#include <array>

#include "codec/fact.h"

namespace anlan::state {
namespace {

constexpr std::array<std::string_view, 5> kDirectory{"account", "key", "node", "organisation", "person"};
constexpr std::array<std::string_view, 2> kRegister{"organisation", "person"};

std::string_view prefix_of(std::string_view stream) { return stream.substr(0, stream.find('/')); }

}  // namespace

// Stream by stream: entries of the register and accounts do not depend on each other when they are read back.
Directory Directory::read(journal::sql_connection& sql) {
  Directory directory;
  for (const std::string_view prefix : kDirectory)
    for (const std::string& stream : journal::streams_under(sql, std::string(prefix) + "/"))
      for (const auto& fact : journal::read_stream(sql, stream)) directory.absorb(fact);
  return directory;
}

// Entries that were not there yet stay as they are now: nothing of that time names them.
Directory Directory::as_of(journal::sql_connection& sql, Instant moment) const {
  Directory then = *this;
  for (const std::string_view prefix : kRegister)
    for (const std::string& stream : journal::streams_changed(sql, std::string(prefix) + "/", moment))
      for (const auto& fact : journal::read_stream(sql, stream))
        if (fact.recorded_at <= moment) then.absorb(fact);
  return then;
}

// Asked for every fact, so it looks at the stream's name and reads no body.
bool Directory::concerns(const journal::Fact& f) {
  return std::ranges::find(kDirectory, prefix_of(f.stream)) != kDirectory.end();
}

void Directory::absorb(const journal::Fact& f) {
  const std::string id = f.stream.substr(f.stream.find('/') + 1);
  if (codec::is<organisation::Fact>(f.type)) {
    apply(organisations, id, codec::decode<organisation::Fact>(f.type, f.body), f.node);
  } else if (codec::is<organisation::PersonFact>(f.type)) {
    apply(organisations, id, codec::decode<organisation::PersonFact>(f.type, f.body));
  } else if (codec::is<node::Fact>(f.type)) {
    apply(nodes, id, codec::decode<node::Fact>(f.type, f.body));
  } else if (codec::is<account::Fact>(f.type)) {
    const auto fact = codec::decode<account::Fact>(f.type, f.body);
    if (const auto* issued = std::get_if<account::KeyIssued>(&fact))
      keys[issued->id] = {issued->id, issued->name, issued->organisation, f.recorded_at, false};
    else if (const auto* revoked = std::get_if<account::KeyRevoked>(&fact))
      keys[revoked->id].revoked = true;
    else
      apply(accounts[id], fact, f.recorded_at);
  }
}

bool Directory::is_orphaned(const std::string& organisation) const {
  const auto* o = organisations.organisation(organisation);
  const auto* node = o ? nodes.find(o->node) : nullptr;
  return node && node->last_sequence;
}

std::string Directory::heir_of(const std::string& organisation) const {
  for (const auto* above : organisations.above(organisation))
    if (!above->external && !is_orphaned(above->id)) return above->id;
  return {};
}

// Somebody who has left, or whose account is disabled, has a name and may do nothing.
account::Actor Directory::actor(const std::string& name) const {
  const auto found = accounts.find(name);
  if (found == accounts.end() || found->second.disabled) return {name, {}, name, {}, {}};
  const account::Account& account = found->second;
  const organisation::Person* person = organisations.person(account.person);
  if (!person || !person->active) return {name, account.person, name, {}, {}};
  return {name, person->id, person->name, person->organisation, account.roles};
}

bool Directory::has_account(const std::string& person) const {
  return std::ranges::any_of(
      accounts, [&](const auto& entry) { return entry.second.person == person && !entry.second.disabled; });
}

bool Directory::leads(const std::string& person) const {
  return std::ranges::any_of(accounts, [&](const auto& entry) {
    const account::Account& a = entry.second;
    return a.person == person && !a.disabled && std::ranges::count(a.roles, account::Role::kLeader) > 0;
  });
}

std::string Directory::name_of(const std::string& account) const {
  const std::string name = actor(account).name;
  return name.empty() ? account : name;
}

}  // namespace anlan::state
