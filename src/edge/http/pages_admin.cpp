// What administrators look after, and everyone's own sessions.

#include <algorithm>
#include <array>
#include <set>

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render.h"
#include "platform/crypto/encoding.h"
#include "view/trail.h"

namespace anlan::edge::pages {
namespace {

// Facts of a page of the audit; reading on goes by `before`.
constexpr std::int64_t kUsualFacts = 100, kMostFacts = 500;

// A lock that has run out is none.
std::string state_of(const account::Account& account, Instant now) {
  return account.disabled ? "disabled" : account.locked(now) ? "locked" : "active";
}

// People whose account is a leader's: they sign, and instructions are given in their name.
std::set<std::string_view> leaders(const Page& page) {
  std::set<std::string_view> found;
  for (const auto& [name, account] : page.directory.accounts)
    if (!account.disabled && std::ranges::count(account.roles, account::Role::kLeader) > 0)
      found.insert(account.person);
  return found;
}

// Accounts, keys, the register, and what was done with personal data and by hand with channels.
bool tells_of_the_system(std::string_view stream) {
  constexpr std::array<std::string_view, 7> kSystem{"account",      "channels", "contacts", "key",
                                                    "organisation", "person",   "sealed"};
  return std::ranges::find(kSystem, stream.substr(0, stream.find('/'))) != kSystem.end();
}

// Nothing of a password but whether it must be changed.
void write_account(std::string& out, const Page& page, const account::Account& account) {
  const auto* person = page.directory.organisations.person(account.person);
  json::Object object(out);
  object.member("name", account.name);
  {
    json::Object who(object.key("person"));
    who.member("id", account.person);
    who.member("name", render::person_name(page, account.person));
  }
  render::organisation(object.key("organisation"), page, person ? person->organisation : std::string());
  object.member("roles", account.roles);
  object.member("state", state_of(account, page.now));
  object.member("must_change_password", account.must_change);
  object.nullable("last_signed_in_at", account.last_signed_in);
}

// What desks wrote of incidents is not for an administrator: its body is null.
void write_fact(std::string& out, const journal::Fact& fact) {
  json::Object object(out);
  object.member("position", fact.position);
  object.member("type", fact.type);
  object.member("stream", fact.stream);
  object.member("recorded_at", fact.recorded_at);
  object.member("actor", fact.actor);
  object.member("world", fact.world);
  object.member("hash", crypto::to_hex(fact.hash));
  object.raw("body", tells_of_the_system(fact.stream) ? std::string_view(fact.body) : "null");
}

}  // namespace

Body organisations(Page& page) {
  return render::items(page, page.directory.organisations.organisations, [&](std::string& out, const auto& entry) {
    const organisation::Organisation& o = entry.second;
    json::Object object(out);
    object.member("id", o.id);
    object.member("name", o.name);
    object.member("short", o.short_name);
    object.member("level", o.level);
    object.member("division", o.division);
    object.member("division_name", render::division_name(page, o.division));
    object.nullable("superior", o.superior);
    object.member("phone", o.phone.value_or(""));
    object.member("external", o.external);
    object.member("active", o.active);
  });
}

// People of the authorities, whom desks must be able to call; those affected by incidents are not here.
Body people(Page& page) {
  Asked asked(page);
  const std::string organisation = asked.organisation("organisation"), text = asked.sought("q");
  if (asked.fault()) return *asked.fault();
  std::vector<const organisation::Person*> found;
  for (const auto& [id, person] : page.directory.organisations.people)
    if ((organisation.empty() || person.organisation == organisation) &&
        (person.name.find(text) != std::string::npos || person.post.find(text) != std::string::npos))
      found.push_back(&person);
  return render::items(page, found, [leading = leaders(page)](std::string& out, const organisation::Person* person) {
    json::Object object(out);
    object.member("id", person->id);
    object.member("name", person->name);
    object.member("organisation", person->organisation);
    object.member("post", person->post);
    object.member("phone", person->phone.value_or(""));
    object.member("leader", leading.contains(person->id));
    object.member("active", person->active);
  });
}

Body accounts(Page& page) {
  return render::items(page, page.directory.accounts,
                       [&](std::string& out, const auto& entry) { write_account(out, page, entry.second); });
}

// Revoked ones too; the secret is nowhere to be read.
Body keys(Page& page) {
  return render::items(page, page.directory.keys, [&](std::string& out, const auto& entry) {
    const account::Key& key = entry.second;
    json::Object object(out);
    object.member("id", key.id);
    object.member("name", key.name);
    render::organisation(object.key("organisation"), page, key.organisation);
    object.member("issued_at", key.issued_at);
    object.member("revoked", key.revoked);
  });
}

// Newest first, of all organisations and worlds: the audit administrator sees that every act was done, by whom and
// when, and changes nothing.
Body audit(Page& page) {
  Asked asked(page);
  view::TrailSearch search;
  search.actor = asked.text("actor");
  search.type = asked.text("type");
  search.from = asked.moment("from");
  search.to = asked.moment("to");
  search.before = asked.number("before", 1, std::numeric_limits<journal::Position>::max());
  const auto size = asked.number("size", 1, kMostFacts).value_or(kUsualFacts);
  if (asked.fault()) return *asked.fault();
  const auto found = view::look_back(page.sql, search, size);
  std::string body;
  {
    json::Object object(body);
    json::write_list(object.key("items"), found.facts, write_fact);
    object.nullable("before", found.before);
    object.member("at", page.now);
    object.member("position", page.position);
  }
  return body;
}

// Of the viewer's account alone.
Body own_sessions(Page& page) {
  std::vector<const account::Session*> open;
  const auto own = page.directory.accounts.find(page.viewer.account);
  if (own != page.directory.accounts.end())
    for (const auto& [id, session] : own->second.sessions)
      if (page.now < session.expires) open.push_back(&session);
  return render::items(page, open, [&](std::string& out, const account::Session* session) {
    json::Object object(out);
    object.member("id", session->id);
    object.member("opened_at", session->opened_at);
    object.member("address", session->address);
    object.member("current", session->id == page.session);
  });
}

}  // namespace anlan::edge::pages
