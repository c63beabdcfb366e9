#pragma once
// The data files of a node, read once at start. Forms: data/*/README.md.

#include <string>
#include <vector>

#include "base/texts.h"
#include "command/reference.h"
#include "federation/condition.h"
#include "main/configuration.h"
#include "main/mistake.h"
#include "view/outgoing.h"

namespace anlan {

// Whole or the mistakes of every file. Villages and points of the city come from `divisions/` in the node's directory
// (put there by `anlan import`), else from the share; a city without either has none.
Result<command::Reference, Mistakes> load_reference(const Configuration&);

// Both languages of every file in `folder`: "zh-CN.toml", "en.toml", "NAME.zh-CN.toml", "NAME.en.toml"; tables become
// dotted keys.
Result<Texts, Mistakes> load_texts(const std::string& folder);

// data/rules/clocks.toml and data/rules/grade.toml; mistakes are added. An entry that could never apply is one.
std::vector<clock::Rule> load_clock_rules(const std::string& file, const event_type::EventTypes&, Mistakes&);
std::vector<grade::Rule> load_grade_rules(const std::string& file, const event_type::EventTypes&, Mistakes&);

// data/rules/warnings.toml and data/rules/reaches.toml; without the second no river can be warned by its reaches.
warning::Rules load_warning_rules(const Configuration&, const event_type::EventTypes&, Mistakes&);

// data/rules/scope.toml: which facts go to which neighbours.
std::vector<view::ScopeRule> load_scope(const std::string& file, Mistakes&);

// data/rules/nodes.toml, or the node's own: when a node is late or cut off.
federation::Limits load_limits(const Configuration&, Mistakes&);

// The code of the city (4 digits and "00") whose villages a node of this division wants.
std::string city_of(const std::string& division);

}  // namespace anlan
