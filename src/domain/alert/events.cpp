#include <algorithm>
#include <ranges>

#include "base/text.h"
#include "base/tsv.h"
#include "domain/alert/rules.h"

namespace anlan::alert {
Result<Events> Events::parse(std::string_view text) {
  Events events;
  const auto wrong = read_tsv(text, [&](const TsvRow& row) -> std::optional<Failure> {
    if (row[0].empty() || row[1].empty() || row[2].empty()) return row.fault("a cell is missing");
    const bool is_new = events.types_.emplace(std::pair{lower(row[0]), lower(row[1])}, row[2]).second;
    return is_new ? std::nullopt : std::optional(row.fault("stands here twice"));
  });
  if (wrong) return *wrong;
  return events;
}

// A code is what the sender chose from a list; the words of the event are free and told last.
std::string Events::type_of(const Message& m) const {
  for (const Code& code : m.event_codes)
    if (const auto found = types_.find(std::pair{lower(code.name), lower(code.value)}); found != types_.end())
      return found->second;
  const auto found = types_.find(std::pair{std::string("event"), lower(m.event)});
  return found == types_.end() ? std::string() : found->second;
}

std::vector<std::string> Events::types() const {
  std::vector<std::string> found;
  for (const auto& [key, type] : types_) found.push_back(type);
  return found;
}

}  // namespace anlan::alert
