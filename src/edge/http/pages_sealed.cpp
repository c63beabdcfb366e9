// Sealed entries of personal data, for whoever erases them: which there are, and nothing of what they hold.

#include "codec/fact.h"
#include "domain/personal_data/facts.h"
#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render.h"
#include "state/stored.h"
#include "view/incidents.h"

namespace anlan::edge::pages {
namespace {

// Whose data it is to the thing that it belongs to.
struct Entry {
  std::string id;
  std::string_view whose;
  Instant recorded_at;
};

std::optional<Instant> erased_at(const Page& page, const std::string& sealed) {
  for (const auto& fact : journal::read_stream(page.sql, "sealed/" + sealed))
    if (fact.type == personal_data::Erased::kType) return fact.recorded_at;
  return std::nullopt;
}

void add_reporter(const Page& page, const std::string& candidate, std::vector<Entry>& found) {
  const auto c = state::replay<candidate::Candidate>(page.sql, candidate);
  if (c.sealed) found.push_back({*c.sealed, "reporter", c.received_at});
}

// The incident that a desk calls "2026-0001", or "COUNTY 2026-0001" where it is another organisation's.
std::optional<std::string> numbered(const Page& page, const std::string& called) {
  const auto space = called.rfind(' ');
  if (space == std::string::npos) return view::incident_numbered(page.sql, page.organisation(), called);
  for (const auto& [id, o] : page.directory.organisations.organisations)
    if (o.short_name == called.substr(0, space))
      if (auto found = view::incident_numbered(page.sql, id, called.substr(space + 1))) return found;
  return std::nullopt;
}

}  // namespace

// Who asks for erasure knows what they reported, and the desk its number; `of` is that, or the id of an incident or of
// a candidate.
Body sealed(Page& page) {
  const std::string of = Asked(page).text("of");
  if (of.empty()) return refuse(RefusalKind::kMalformed, "field.missing", "of");
  std::vector<Entry> found;
  const auto row = view::incident_row(page.sql, numbered(page, of).value_or(of));
  if (row) {
    const auto i = state::replay<incident::Incident>(page.sql, row->id);
    if (i.now.informant) found.push_back({i.now.informant->sealed, "informant", row->learnt_at});
    if (i.now.candidate) add_reporter(page, *i.now.candidate, found);
  } else {
    add_reporter(page, of, found);
  }
  return render::items(page, found, [&](std::string& out, const Entry& entry) {
    json::Object object(out);
    object.member("id", entry.id);
    object.member("whose", entry.whose);
    object.member("incident_number", row ? row->number : std::string());
    object.member("recorded_at", entry.recorded_at);
    object.nullable("erased_at", erased_at(page, entry.id));
  });
}

}  // namespace anlan::edge::pages
