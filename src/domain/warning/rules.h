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

// Ways out that a node has. The page for everybody is one, with what machines read there.
inline constexpr std::array<std::string_view, 1> kChannels{"page"};

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

// A prepared warning of one type and colour: what must be expected for it, and its texts, in which {issuer}, {area},
// {type}, {colour}, {standard} and {hours} are filled in.
struct Template : Origin {
  std::string event;  // code of the type
  Colour colour = Colour::kBlue;
  std::string standard, headline, description, instruction;
  std::int64_t hours = 0;  // for which it is valid unless its issuer says otherwise
  std::vector<std::string> channels;
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
  std::vector<Reach> reaches;

  // The rule of that day; null where none says how many must sign: then nothing is issued.
  const SigningRule* signing(Colour, Instant at) const;
  // Those of that day, in the order of the file.
  std::vector<const Template*> prepared(Instant at) const;
  const Reach* reach(std::string_view id) const;
  // Makes the rings of the reach that an area names part of it. False where there is no such reach.
  bool complete(Area&) const;
};

}  // namespace anlan::warning
