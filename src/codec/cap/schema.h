#pragma once
// The OASIS XML schemas of CAP 1.1 (2005) and 1.2 (2010) as a table, with the verdict of the schema and every error
// instead of the first.
//
// Stricter than the schema in one thing: xsi:type and xsi:nil are refused, which no alert needs.

#include <span>
#include <string_view>
#include <vector>

#include "codec/cap/xml.h"

namespace anlan::cap {

enum class Occurs { kOne, kOptional, kSome, kAny };  // 1, 0..1, 1.., 0..

enum class ValueType { kText, kDateTime, kLanguage, kUri, kInteger, kDecimal, kWord, kGroup };

enum class Only { kBoth, k11, k12 };

// One element of a group, whose elements stand in the order of their rules.
struct Rule {
  std::string_view name;
  Occurs occurs;
  ValueType type = ValueType::kText;
  std::span<const std::string_view> words = {};  // of kWord
  std::span<const Rule> group = {};              // of kGroup
  Only only = Only::kBoth;
};

// The elements of an alert.
std::span<const Rule> alert_rules();

// Adds the errors of an alert element in the namespace of CAP 1.1 or 1.2.
void check_schema(const Element& alert, std::vector<Error>& errors);

}  // namespace anlan::cap
