// The tables of divisions and of event types.

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render.h"

namespace anlan::edge::pages {
namespace {

// As many as a list under an input shows.
constexpr std::int64_t kUsualHits = 10, kMostHits = 50;

void write_division(std::string& out, const Page& page, const division::Division& d) {
  json::Object object(out);
  object.member("code", d.code);
  object.member("name", d.name);
  object.member("path", page.reference.divisions.path(d));
  object.member("level", d.level);
  object.nullable("point", d.point);
  object.member("schematic", d.schematic);
}

Body write_divisions(const Page& page, const std::vector<const division::Division*>& divisions) {
  return render::items(page, divisions,
                       [&](std::string& out, const division::Division* d) { write_division(out, page, *d); });
}

}  // namespace

// The node's own city comes first.
Body division_search(Page& page) {
  Asked asked(page);
  const std::string text = asked.sought("q"), under = asked.division("under");
  const auto limit = asked.number("limit", 1, kMostHits).value_or(kUsualHits);
  if (asked.fault()) return *asked.fault();
  return write_divisions(
      page,
      page.reference.divisions.search(
          {.text = text, .under = under, .home = page.reference.division, .limit = static_cast<std::size_t>(limit)}));
}

Body division(Page& page) {
  const auto* found = page.reference.divisions.find(page.arguments.at(0));
  if (!found) return refuse(RefusalKind::kNotFound, "division.unknown", {}, {{"value", page.arguments.at(0)}});
  std::string body;
  write_division(body, page, *found);
  return body;
}

Body division_children(Page& page) {
  const std::string& code = page.arguments.at(0);
  if (!page.reference.divisions.find(code))
    return refuse(RefusalKind::kNotFound, "division.unknown", {}, {{"value", code}});
  return write_divisions(page, page.reference.divisions.children(code));
}

// Those valid today; a code that has ended is still shown where a fact names it.
Body event_types(Page& page) {
  std::vector<const event_type::EventType*> valid;
  for (const auto& type : page.reference.event_types.all())
    if (type.valid.covers(page.now)) valid.push_back(&type);
  return render::items(page, valid, [](std::string& out, const event_type::EventType* type) {
    const std::string parent = event_type::parent_code(type->code);
    json::Object object(out);
    object.member("code", type->code);
    object.member("name", type->name);
    object.member("name_en", type->name_en);
    object.nullable("parent", parent.empty() ? std::nullopt : std::optional(parent));
    object.member("category", type->category);
    object.member("initials", type->initials);
  });
}

}  // namespace anlan::edge::pages
