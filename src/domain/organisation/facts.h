#pragma once
// Streams "organisation/ID" and "person/ID". Registered and Changed carry the whole description.

#include <variant>

#include "domain/organisation/types.h"

namespace anlan::organisation {

// What is written of an organisation. Commands carry it whole too, so a change cannot half apply.
struct Description {
  std::string name, short_name;
  Level level = Level::kCity;
  std::string division;
  // `superior`: absent at the top. `phone`: of the desk, shown to those who must call.
  std::optional<std::string> superior, phone;
  // Reached by telephone and document only; absent: false.
  std::optional<bool> external;
  static constexpr auto fields =
      std::tuple{field("name", &Description::name, 60),         field("short", &Description::short_name, 20),
                 field("level", &Description::level),           field("division", &Description::division, 12),
                 field("superior", &Description::superior, 40), field("phone", &Description::phone, 40),
                 field("external", &Description::external)};
};
// `id` stands in facts for ever; a retired one is never given again.
struct Registered {
  static constexpr std::string_view kType = "organisation.registered";
  std::string id;
  Description description;
  static constexpr auto fields =
      std::tuple{field("id", &Registered::id), field("description", &Registered::description)};
};
struct Changed {
  static constexpr std::string_view kType = "organisation.changed";
  Description description;
  static constexpr auto fields = std::tuple{field("description", &Changed::description)};
};
// From now on its desk works on that node: with one of its own, or as a guest on another's.
struct Placed {
  static constexpr std::string_view kType = "organisation.placed";
  std::string node;
  static constexpr auto fields = std::tuple{field("node", &Placed::node, 40)};
};
// No longer reported to nor signed in for; facts go on naming it.
struct Retired {
  static constexpr std::string_view kType = "organisation.retired";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Retired::reason)};
};

// A person in a post. These are people of the authorities; those affected by incidents are sealed and never here.
struct PersonDescription {
  std::string name, organisation, post;
  std::optional<std::string> phone;
  static constexpr auto fields = std::tuple{
      field("name", &PersonDescription::name, 40), field("organisation", &PersonDescription::organisation, 40),
      field("post", &PersonDescription::post, 40), field("phone", &PersonDescription::phone, 40)};
};
// A person is registered apart from an account: most people of the register never sign in.
struct PersonRegistered {
  static constexpr std::string_view kType = "person.registered";
  std::string id;
  PersonDescription description;
  static constexpr auto fields =
      std::tuple{field("id", &PersonRegistered::id), field("description", &PersonRegistered::description)};
};
struct PersonChanged {
  static constexpr std::string_view kType = "person.changed";
  PersonDescription description;
  static constexpr auto fields = std::tuple{field("description", &PersonChanged::description)};
};
// Has left: may be on no shift and give no instruction; the account is disabled separately.
struct PersonRetired {
  static constexpr std::string_view kType = "person.retired";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &PersonRetired::reason)};
};

using Fact = std::variant<Registered, Changed, Placed, Retired>;
using PersonFact = std::variant<PersonRegistered, PersonChanged, PersonRetired>;

}  // namespace anlan::organisation
