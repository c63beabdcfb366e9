#pragma once
// Event codes in the form of GB/T 35561-2017 (in force 2018-07-01): five characters.

#include <array>
#include <string_view>
#include <utility>

#include "base/fields.h"
#include "base/name_match.h"
#include "base/validity.h"

namespace anlan::event_type {

// 自然灾害, 事故灾难, 公共卫生事件, 社会安全事件 (突发事件应对法 art. 3), and what is none of them.
enum class Category { kNatural, kAccident, kHealth, kSecurity, kOther };

constexpr auto names_of(Category) {
  using enum Category;
  using P = std::pair<Category, std::string_view>;
  return std::array{P{kNatural, "natural"}, P{kAccident, "accident"}, P{kHealth, "health"}, P{kSecurity, "security"},
                    P{kOther, "other"}};
}

// Stands above all kinds: no incident is of it.
inline constexpr std::string_view kRoot = "10000";

// How far the row can be trusted (data/codes/README.md).
enum class Confidence { kVerified, kSeen, kOrder, kUnsure };

constexpr auto names_of(Confidence) {
  using enum Confidence;
  using P = std::pair<Confidence, std::string_view>;
  return std::array{P{kVerified, "verified"}, P{kSeen, "seen"}, P{kOrder, "order"}, P{kUnsure, "unsure"}};
}

// Text lives as long as the EventTypes that it comes from.
struct EventType : LookupName {
  std::string_view code, name_en, symbol;
  Category category = Category::kOther;
  Confidence confidence = Confidence::kUnsure;
  Validity valid;
};

}  // namespace anlan::event_type
