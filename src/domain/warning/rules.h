#pragma once
// What the rules of warnings say: data of the site with document and validity (data/rules/warnings.toml,
// data/rules/reaches.toml).

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/validity.h"
#include "domain/warning/types.h"

namespace anlan::warning {

// Ways out. The page for everybody is one, with what machines read there; the others go through gateways of the site,
// and reach nobody where it has none of that kind.
inline constexpr std::array<std::string_view, 6> kChannels{"page", "sms", "mail", "group", "webhook", "loudspeaker"};

// Where a rule comes from. `id` stays the same for ever, since facts refer to it.
struct Origin {
  std::string id, document, clause;
  Validity valid;
};

// How many people sign a warning of a colour before it is issued, at least one of them a leader.
struct SigningRule : Origin {
  std::vector<Colour> colours;
  std::int64_t signatures = 2;
};

// What is filled into prepared texts.
inline constexpr std::array<std::string_view, 6> kBlanks{"{issuer}", "{area}",     "{type}",
                                                         "{colour}", "{standard}", "{hours}"};

// A prepared warning of one type and colour: what must be expected for it, and its texts, in which kBlanks stand.
struct Template : Origin {
  std::string event;  // code of the type
  Colour colour = Colour::kBlue;
  std::string standard, headline, description, instruction;
  std::int64_t hours = 0;  // for which it is valid unless its issuer says otherwise
  std::vector<std::string> channels;
};

// Whom a warning of these colours and types has called until they answer (叫应): people of these roles, in this order.
// `limit_min`: what one has before the next is called; `decide_min`: what an organisation has to say whether it carries
// the warning out, 0 where it need not.
struct CalloutRule : Origin {
  std::vector<Colour> colours;
  std::vector<std::string> events;  // what their codes begin with; empty: all
  std::vector<std::string> roles;
  std::int64_t limit_min = 10, decide_min = 0;
};

// A stretch of a river, ready to be warned.
struct Reach {
  std::string id, name;
  std::vector<Ring> rings;
};

// Loaded at start; a change takes effect at the next one and never on facts.
struct Rules {
  std::vector<SigningRule> signings;
  std::vector<Template> templates;
  std::vector<CalloutRule> callouts;
  std::vector<Reach> reaches;

  // The rule of that day; null where none says how many must sign: then nothing is issued.
  const SigningRule* signing(Colour, Instant at) const;
  // Those of that day, in the order of the file.
  std::vector<const Template*> prepared(Instant at) const;
  // The first of that day that wants people called; null where none does.
  const CalloutRule* callout(const Content&, Instant at) const;
  const Reach* reach(std::string_view id) const;
  // Makes the rings of the reach that an area names part of it. False where there is no such reach.
  bool complete(Area&) const;
};

}  // namespace anlan::warning
