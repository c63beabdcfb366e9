#include "domain/organisation/organisation.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::organisation {
namespace {

// Of the path, which names the target.
Refusal unknown(std::string code) { return refuse(RefusalKind::kNotFound, std::move(code), "id"); }

// The description fits the tree: the superior exists, stands higher, does not (in turn) report to `id`, and has no
// other organisation of that name: in lists and documents nobody could tell the two apart. Where two have it already,
// each may be changed otherwise.
std::optional<Refusal> check(const Register& r, const Description& d, const std::string& id) {
  if (blank(d.name)) return refuse(RefusalKind::kRule, "text.empty", "name");
  const Organisation* now = r.organisation(id);
  const bool renamed = !now || now->name != d.name || now->superior != d.superior;
  for (const auto& [other, o] : r.organisations)
    if (renamed && other != id && o.active && o.name == d.name && o.superior == d.superior)
      return refuse(RefusalKind::kRule, "organisation.same_name", "name");
  if (!d.superior) return std::nullopt;
  const Organisation* above = r.organisation(*d.superior);
  if (!above) return refuse(RefusalKind::kRule, "organisation.unknown", "superior");
  if (above->level > d.level) return refuse(RefusalKind::kRule, "organisation.superior_below", "superior");
  if (!r.circle(id, above->id).empty()) return refuse(RefusalKind::kRule, "organisation.circle", "superior");
  return std::nullopt;
}

std::optional<Refusal> check(const Register& r, const PersonDescription& d) {
  if (blank(d.name)) return refuse(RefusalKind::kRule, "text.empty", "name");
  const Organisation* o = r.organisation(d.organisation);
  if (!o || !o->active) return refuse(RefusalKind::kRule, "organisation.unknown", "organisation");
  return std::nullopt;
}

Organisation described(const std::string& id, const Description& d) {
  return {id, d.name, d.short_name, d.level, d.division, d.superior, d.phone, d.external.value_or(false), {}, true};
}

// Registering and changing carry the whole description, so both make the same.
Person described(const std::string& id, const PersonDescription& d) {
  return {id, d.name, d.organisation, d.post, d.phone, true};
}

// Facts of the register; those of people and of organisations lie in streams of their own.
struct Applier {
  Register& r;
  const std::string& id;
  const std::string& node;
  void operator()(const Registered& f) {
    r.organisations[id] = described(id, f.description);
    r.organisations[id].node = node;
  }
  void operator()(const Changed& f) {
    auto& now = r.organisations[id];
    const std::string where = now.node;
    now = described(id, f.description);
    now.node = where;
  }
  void operator()(const Placed& f) { r.organisations[id].node = f.node; }
  void operator()(const Retired&) { r.organisations[id].active = false; }
  void operator()(const PersonRegistered& f) { r.people[id] = described(id, f.description); }
  void operator()(const PersonChanged& f) { r.people[id] = described(id, f.description); }
  void operator()(const PersonRetired&) { r.people[id].active = false; }
};

}  // namespace

const Organisation* Register::organisation(const std::string& id) const {
  const auto found = organisations.find(id);
  return found == organisations.end() ? nullptr : &found->second;
}

const Person* Register::person(const std::string& id) const {
  const auto found = people.find(id);
  return found == people.end() ? nullptr : &found->second;
}

std::string Register::short_name(const std::string& id) const {
  const Organisation* o = organisation(id);
  return o ? o->short_name : id;
}

const Organisation* Register::superior(const std::string& id) const {
  const Organisation* o = organisation(id);
  return o && o->superior ? organisation(*o->superior) : nullptr;
}

std::vector<const Organisation*> Register::above(const std::string& id) const {
  std::vector<const Organisation*> found;
  for (const auto* o = superior(id); o && std::ranges::find(found, o) == found.end(); o = superior(o->id))
    found.push_back(o);
  return found;
}

bool Register::stands_above(const std::string& upper, const std::string& id) const {
  const auto upward = above(id);
  return std::ranges::find(upward, upper, &Organisation::id) != upward.end();
}

std::vector<std::string> Register::circle(const std::string& id, const std::string& superior) const {
  std::vector<std::string> way;
  std::optional<std::string> at = superior;
  while (at && std::ranges::find(way, *at) == way.end()) {
    way.push_back(*at);
    if (*at == id) return way;
    const Organisation* o = organisation(*at);
    at = o ? o->superior : std::nullopt;
  }
  return {};
}

void apply(Register& r, const std::string& id, const Fact& fact, const std::string& node) {
  std::visit(Applier{r, id, node}, fact);
}
void apply(Register& r, const std::string& id, const PersonFact& fact) { std::visit(Applier{r, id, {}}, fact); }

bool fits(const std::string& id, const Fact& fact, bool first) {
  if (const auto* changed = std::get_if<Changed>(&fact)) return !first && changed->description.superior != id;
  const auto* registered = std::get_if<Registered>(&fact);
  return first ? registered && registered->id == id && registered->description.superior != id : !registered;
}

bool fits(const std::string& id, const PersonFact& fact, bool first) {
  const auto* registered = std::get_if<PersonRegistered>(&fact);
  return first ? registered && registered->id == id : !registered;
}

Facts decide(const Register& r, const RegisterOrganisation& c, const std::string& id) {
  if (r.organisation(id)) return refuse(RefusalKind::kConflict, "organisation.exists");
  if (!is_id(id)) return refuse(RefusalKind::kRule, "organisation.bad_id", "id");
  if (auto no = check(r, c, id)) return *no;
  return std::vector<Fact>{Registered{id, c}};
}

Facts decide(const Register& r, const ChangeOrganisation& c, const std::string& id) {
  const Organisation* o = r.organisation(id);
  if (!o) return unknown("organisation.unknown");
  if (!o->active) return refuse(RefusalKind::kRule, "organisation.retired");
  if (auto no = check(r, c, id)) return *no;
  return std::vector<Fact>{Changed{c}};
}

Facts decide(const Register& r, const PlaceOrganisation& c, const std::string& id) {
  const Organisation* o = r.organisation(id);
  if (!o) return unknown("organisation.unknown");
  if (!o->active) return refuse(RefusalKind::kRule, "organisation.retired");
  if (o->external) return refuse(RefusalKind::kRule, "organisation.external");
  if (!is_id(c.node)) return refuse(RefusalKind::kRule, "node.bad_id", "node");
  if (o->node == c.node) return std::vector<Fact>{};
  return std::vector<Fact>{Placed{c.node}};
}

Facts decide(const Register& r, const RetireOrganisation& c, const std::string& id) {
  const Organisation* o = r.organisation(id);
  if (!o) return unknown("organisation.unknown");
  if (!o->active) return std::vector<Fact>{};
  if (blank(c.reason)) return refuse(RefusalKind::kRule, "text.empty", "reason");
  for (const auto& [other, description] : r.organisations)
    if (description.active && description.superior == id) return refuse(RefusalKind::kRule, "organisation.has_parts");
  return std::vector<Fact>{Retired{c.reason}};
}

PersonFacts decide(const Register& r, const RegisterPerson& c, const std::string& id) {
  if (r.person(id)) return refuse(RefusalKind::kConflict, "person.exists");
  if (auto no = check(r, c)) return *no;
  return std::vector<PersonFact>{PersonRegistered{id, c}};
}

PersonFacts decide(const Register& r, const ChangePerson& c, const std::string& id) {
  const Person* p = r.person(id);
  if (!p) return unknown("person.unknown");
  if (!p->active) return refuse(RefusalKind::kRule, "person.retired");
  if (auto no = check(r, c)) return *no;
  return std::vector<PersonFact>{PersonChanged{c}};
}

PersonFacts decide(const Register& r, const RetirePerson& c, const std::string& id) {
  const Person* p = r.person(id);
  if (!p) return unknown("person.unknown");
  if (!p->active) return std::vector<PersonFact>{};
  if (blank(c.reason)) return refuse(RefusalKind::kRule, "text.empty", "reason");
  return std::vector<PersonFact>{PersonRetired{c.reason}};
}

}  // namespace anlan::organisation
