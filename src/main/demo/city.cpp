#include "main/demo/city.h"

#include <algorithm>
#include <map>

#include "main/first_start.h"
#include "main/toml_row.h"
#include "platform/crypto/password.h"

namespace anlan::demo {
namespace {

// One [[organisation]]; superiors stand before those below them.
void read_organisation(TomlRow& row, City& city) {
  organisation::RegisterOrganisation o;
  row.skip("code");
  o.name = row.text("name");
  o.short_name = row.text("short");
  o.level = row.word<organisation::Level>("level");
  o.division = row.text("division");
  o.superior = row.optional_text("parent");
  o.phone = row.optional_text("phone");
  o.external = row.flag("external");
  city.organisations.emplace_back(row.text("id"), std::move(o));
}

// One [[person]].
void read_person(TomlRow& row, City& city) {
  organisation::RegisterPerson p;
  row.skip("fictional");
  p.name = row.text("name");
  p.organisation = row.text("organisation");
  p.post = row.text("post");
  p.phone = row.optional_text("phone");
  city.people.emplace_back(row.text("id"), std::move(p));
}

// One [[account]]; the password is the file's, in clear, since it is public.
void read_account(TomlRow& row, City& city) {
  DemoAccount a;
  a.name = row.text("name");
  a.person = row.text("person");
  a.role = row.word<account::Role>("role");
  a.password = row.text("password");
  const auto person =
      std::ranges::find(city.people, a.person, &std::pair<std::string, organisation::RegisterPerson>::first);
  if (person == city.people.end())
    return row.mistake("person", "word", {{"value", a.person}, {"allowed", "people.toml"}});
  a.person_name = person->second.name;
  a.organisation = person->second.organisation;
  city.accounts.push_back(std::move(a));
}

}  // namespace

Result<City, Mistakes> read_city(const std::string& folder) {
  City city;
  Mistakes mistakes;
  const auto read = [&](const std::string& name, const std::string& rows, auto take) {
    const Mistakes found = each_row(folder + "/" + name, rows, [&](TomlRow& row) { take(row, city); });
    mistakes.insert(mistakes.end(), found.begin(), found.end());
  };
  read("organisations.toml", "organisation", read_organisation);
  read("people.toml", "person", read_person);
  read("accounts.toml", "account", read_account);
  if (!mistakes.empty()) return mistakes;
  return city;
}

// The node itself is the actor: there is nobody yet who could be.
Result<Done> settle(const City& city, command::Executor& executor) {
  std::vector<command::Envelope> envelopes;
  for (const auto& [id, organisation] : city.organisations) envelopes.push_back(by_node(organisation, id));
  for (const auto& [id, person] : city.people) envelopes.push_back(by_node(person, id));
  std::map<std::string, std::string> hashes;  // public passwords: one salt will do for those that are the same
  for (const DemoAccount& a : city.accounts) {
    std::string& hash = hashes[a.password];
    if (hash.empty()) hash = crypto::hash_password(a.password);
    envelopes.push_back(by_node(command::CreateAccount{{a.name, a.person, {a.role}}, hash}));
    envelopes.push_back(by_node(command::SetPassword{hash, true}));
    envelopes.back().actor = {a.name, a.person, a.person_name, a.organisation, {a.role}};
  }
  return run_all(executor, envelopes);
}

}  // namespace anlan::demo
