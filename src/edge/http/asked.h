#pragma once
// What a GET asks for in its query. A value that is no such thing is the caller's fault; an empty one is absent.

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/refusal.h"
#include "base/texts.h"
#include "base/time.h"
#include "edge/http/page.h"

namespace anlan::edge {

// A whole number from 0 and nothing else, as answers carry positions and versions.
std::optional<std::int64_t> position_of(std::string_view);

// Read all values first, then look at fault(): so an answer never follows from half of a question.
class Asked {
 public:
  // The page must outlive this.
  explicit Asked(const Page& page) : page_(page) {}

  // Empty where it was not asked for.
  std::string text(std::string_view name) const;
  // To be looked for somewhere, at most kLongestSought characters: each word of it costs a condition.
  static constexpr std::int64_t kLongestSought = 100;
  std::string sought(std::string_view name);
  // RFC 3339.
  std::optional<Instant> moment(std::string_view name);
  std::optional<double> real(std::string_view name);
  // A whole number from `least` to `most`.
  std::optional<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most);
  // A code or an id that a table has; a division may have ended. A misspelt filter must not be answered as if nothing
  // were found. Empty where it was not asked for.
  std::string event_type(std::string_view name);
  std::string division(std::string_view name);
  std::string organisation(std::string_view name);

  template <Named E>
  std::optional<E> word(std::string_view name) {
    const std::string asked = text(name);
    if (asked.empty()) return std::nullopt;
    const auto value = named<E>(asked);
    if (!value) blame(name, "field.value", {{"allowed", names_listed<E>()}});
    return value;
  }

  // Of the first value at fault among those that were asked for, as for a body: kMalformed and a code of "field", or
  // kRule and the code of what no table has.
  const std::optional<Refusal>& fault() const { return fault_; }

 private:
  void blame(std::string_view name, std::string code, Texts::Values values = {},
             RefusalKind kind = RefusalKind::kMalformed);
  std::string listed(std::string_view name, bool (*has)(const Page&, const std::string&), const char* code);

  const Page& page_;
  std::optional<Refusal> fault_;
};

}  // namespace anlan::edge
