#pragma once
// The rules of the register of organisations and people. The register is small (thousands) and held whole.

#include "base/refusal.h"
#include "domain/organisation/facts.h"

namespace anlan::organisation {

// Held whole by the writer and copied for readers; ids are keys.
struct Register {
  std::map<std::string, Organisation> organisations;
  std::map<std::string, Person> people;

  // Null where there is none; retired ones are found. Valid until the register changes.
  const Organisation* organisation(const std::string& id) const;
  const Person* person(const std::string& id) const;
  // The short name, or the id where it is unknown.
  std::string short_name(const std::string& id) const;
  // To whom `id` reports, its direct superior; nullptr at the top.
  const Organisation* superior(const std::string& id) const;
  // To whom it reports in turn, the nearest first. Each once: facts of several nodes can make a circle.
  std::vector<const Organisation*> above(const std::string& id) const;
  // Whether what `id` reports goes to `upper` in the end, level by level.
  bool stands_above(const std::string& upper, const std::string& id) const;
  // The way from `superior` up to `id`, both included, where `id` would report to itself if it reported to `superior`;
  // else empty. Neither need be registered.
  std::vector<std::string> circle(const std::string& id, const std::string& superior) const;
};

// `id`: the end of the fact's stream; `node`: the one that recorded it.
void apply(Register&, const std::string& id, const Fact&, const std::string& node);
void apply(Register&, const std::string& id, const PersonFact&);
// Whether a fact that another node has recorded can be the next one of the stream; `first`: nothing is there yet.
bool fits(const std::string& id, const Fact&, bool first);
bool fits(const std::string& id, const PersonFact&, bool first);

// Commands carry the whole description; target of the changing ones is the id.
struct RegisterOrganisation : Description {
  static constexpr std::string_view kName = "organisation.register";
};
struct ChangeOrganisation : Description {
  static constexpr std::string_view kName = "organisation.change";
};
struct PlaceOrganisation {
  static constexpr std::string_view kName = "organisation.place";
  std::string node;
  static constexpr auto fields = std::tuple{field("node", &PlaceOrganisation::node, 40)};
};
// Refused while others report to it: they would owe their reports to nobody.
struct RetireOrganisation {
  static constexpr std::string_view kName = "organisation.retire";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &RetireOrganisation::reason)};
};
struct RegisterPerson : PersonDescription {
  static constexpr std::string_view kName = "person.register";
};
struct ChangePerson : PersonDescription {
  static constexpr std::string_view kName = "person.change";
};
struct RetirePerson {
  static constexpr std::string_view kName = "person.retire";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &RetirePerson::reason)};
};

// Refusals name the field at fault. The division was checked against the tables by the caller.
using Facts = Outcome<std::vector<Fact>>;
using PersonFacts = Outcome<std::vector<PersonFact>>;

// The id stands in names of streams: letters, digits, '-' and '_' (organisation.bad_id). A superior must exist, be of a
// higher level or the same, lead to no circle, and have no other active organisation of the same name
// (organisation.same_name).
Facts decide(const Register&, const RegisterOrganisation&, const std::string& id);
Facts decide(const Register&, const ChangeOrganisation&, const std::string& id);
// One that is reached by telephone only works on no node (organisation.external).
Facts decide(const Register&, const PlaceOrganisation&, const std::string& id);
Facts decide(const Register&, const RetireOrganisation&, const std::string& id);
// The organisation of a person must be there and active. Retiring is the end: who comes back is registered anew
// (organisation.retired, person.retired).
PersonFacts decide(const Register&, const RegisterPerson&, const std::string& id);
PersonFacts decide(const Register&, const ChangePerson&, const std::string& id);
PersonFacts decide(const Register&, const RetirePerson&, const std::string& id);

}  // namespace anlan::organisation
