#pragma once
// Files of rules: lists of tables that facts refer to by their ids. What a rule says is read by whoever knows it; here
// is what all of them have in common.

#include <algorithm>
#include <string>
#include <vector>

#include "main/configuration.h"
#include "main/toml_row.h"

namespace anlan {

// The node's own copy before the shipped one, which an update replaces.
std::string own_or_shipped(const Configuration&, const std::string& name);

// Every [[name]] of a file, read by `read`; an id that stands twice is a mistake. `others`: keys that the file may have
// beside them.
template <class Rule, class Read>
std::vector<Rule> load_rules(const std::string& file, const std::string& name, Mistakes& mistakes, Read&& read,
                             const std::vector<std::string>& others = {}) {
  std::vector<Rule> rules;
  const Mistakes found = each_row(
      file, name,
      [&](TomlRow& row) {
        Rule rule = read(row);
        if (!rule.id.empty() && std::ranges::find(rules, rule.id, &Rule::id) != rules.end())
          row.mistake("id", "repeated", {{"value", rule.id}});
        rules.push_back(std::move(rule));
      },
      others);
  mistakes.insert(mistakes.end(), found.begin(), found.end());
  return rules;
}

}  // namespace anlan
