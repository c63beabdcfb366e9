#pragma once
// Texts as they are shipped, for tests only.

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "base/texts.h"
#include "command/node_fixture.h"

namespace anlan::command {

inline void add_texts(Texts& texts, Locale locale, const toml::table& table, const std::string& prefix) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const auto* inner = node.as_table())
      add_texts(texts, locale, *inner, key + ".");
    else
      texts.add(locale, key, node.value<std::string>().value());
  }
}

// Of data/text/NAME.LOCALE.toml, in every language.
inline Texts shipped_texts(const std::vector<std::string>& names) {
  Texts texts;
  for (const auto& [locale, word] : names_of(Locale{}))
    for (const std::string& name : names)
      add_texts(texts, locale, toml::parse(shipped("text/" + name + "." + std::string(word) + ".toml")), {});
  return texts;
}

}  // namespace anlan::command
