#pragma once
// A refusal as it passes from one process to another: whoever shows it has the words.

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/refusal.h"

namespace anlan::codec {

// `title` is the code. The other two are absent where an earlier release says no.
struct SaidRefusal {
  // What stands for {name} in the text.
  struct Value {
    std::string name, text;
    static constexpr auto fields = std::tuple{field("name", &Value::name, 40), field("text", &Value::text, 4000)};
  };
  std::string title;
  std::optional<std::string> at;
  std::optional<std::vector<Value>> values;
  static constexpr auto fields =
      std::tuple{field("title", &SaidRefusal::title, 500), field("field", &SaidRefusal::at, 200),
                 field("values", &SaidRefusal::values)};
};

// Whole, for a reader of this release.
inline SaidRefusal said(const Refusal& refusal) {
  SaidRefusal said{refusal.code, refusal.field, std::vector<SaidRefusal::Value>()};
  for (const auto& [name, text] : refusal.values) said.values->push_back({name, text});
  return said;
}

// Its kind is not told: whoever reads it shows it and decides nothing by it.
inline Refusal refusal_of(const SaidRefusal& said) {
  Refusal refusal = refuse(RefusalKind::kRule, said.title, said.at.value_or(""));
  for (const auto& [name, text] : said.values.value_or(std::vector<SaidRefusal::Value>()))
    refusal.values.emplace_back(name, text);
  return refusal;
}

}  // namespace anlan::codec
