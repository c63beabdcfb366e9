#include <algorithm>
#include <ranges>

#include "base/tsv.h"
#include "domain/alert/rules.h"

namespace anlan::alert {
namespace {

std::string small(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

Result<Events> Events::parse(std::string_view text) {
  Events events;
  const auto wrong = read_tsv(text, [&](const TsvRow& row) -> std::optional<Failure> {
    if (row[0].empty() || row[1].empty() || row[2].empty()) return row.fault("a cell is missing");
    const bool is_new = events.types_.emplace(std::pair{small(row[0]), small(row[1])}, row[2]).second;
    return is_new ? std::nullopt : std::optional(row.fault("stands here twice"));
  });
  if (wrong) return *wrong;
  return events;
}

std::string Events::type_of(const Message& m) const {
  for (const Code& code : m.event_codes)
    if (const auto found = types_.find(std::pair{small(code.name), small(code.value)}); found != types_.end())
      return found->second;
  const auto found = types_.find(std::pair{std::string("event"), small(m.event)});
  return found == types_.end() ? std::string() : found->second;
}

std::vector<std::string> Events::types() const {
  std::vector<std::string> found;
  for (const auto& [key, type] : types_) found.push_back(type);
  return found;
}

}  // namespace anlan::alert
