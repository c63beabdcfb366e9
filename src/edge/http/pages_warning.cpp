// Warnings, and what a new one is composed of.

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render_warning.h"
#include "view/warnings.h"

namespace anlan::edge::pages {

Body warnings(Page& page) {
  Asked asked(page);
  const auto state = asked.word<warning::State>("state");
  if (asked.fault()) return *asked.fault();
  auto ids = view::warnings_for(page.sql, page.organisation(), page.world, state, kMostLines + 1);
  const bool more = cut(ids);
  return render::items(
      page, [&](std::string& out) { render::warnings(out, page, ids); }, more);
}

Body warning(Page& page) {
  const auto found = read_warning(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  std::string body;
  render::warning(body, page, *found);
  body.pop_back();
  body += ",\"at\":";
  json::write(body, page.now);
  body += ",\"position\":" + std::to_string(page.position) + "}";
  return body;
}

Body warning_templates(Page& page) {
  return render::items(page, page.reference.warning_rules.prepared(page.now),
                       [&](std::string& out, const warning::Template* t) { render::prepared(out, page, *t); });
}

Body reaches(Page& page) {
  return render::items(page, page.reference.warning_rules.reaches, [](std::string& out, const warning::Reach& reach) {
    json::Object object(out);
    object.member("id", reach.id);
    object.member("name", reach.name);
    object.member("rings", reach.rings);
  });
}

}  // namespace anlan::edge::pages
