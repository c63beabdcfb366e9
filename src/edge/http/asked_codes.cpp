#include "edge/http/asked_codes.h"

namespace anlan::edge {
namespace {

std::optional<Refusal> unless(bool known, const char* code, const char* field, const std::string& value) {
  if (value.empty() || known) return std::nullopt;
  return refuse(RefusalKind::kRule, code, field, {{"value", value}});
}

}  // namespace

std::optional<Refusal> unknown_code(const Page& page) {
  const auto asked = [&](const char* name) { return std::string(page.query.get(name).value_or("")); };
  const std::string type = asked("type"), organisation = asked("organisation");
  if (auto no = unless(page.reference.event_types.find(type), "event_type.unknown", "type", type)) return no;
  for (const char* field : {"division", "under"}) {
    const std::string code = asked(field);
    if (auto no = unless(page.reference.divisions.ever(code), "division.unknown", field, code)) return no;
  }
  return unless(page.directory.organisations.organisation(organisation), "organisation.unknown", "organisation",
                organisation);
}

}  // namespace anlan::edge
