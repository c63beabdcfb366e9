// Alerts of others, and what a warning made of one would say.

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render_alert.h"
#include "view/alerts.h"

namespace anlan::edge::pages {

Body alerts(Page& page) {
  Asked asked(page);
  view::AlertFilter filter{page.organisation(), page.world, asked.word<anlan::alert::State>("state"),
                           asked.word<anlan::alert::Handling>("handling"), asked.text("behind")};
  if (asked.fault()) return *asked.fault();
  if (!filter.behind.empty() && !read_alert(page, filter.behind).ok())
    return refuse(RefusalKind::kNotFound, "alert.unknown", "behind");
  auto ids = view::find_alerts(page.sql, filter, page.now, kMostLines + 1);
  const bool more = cut(ids);
  return render::items(
      page, [&](std::string& out) { render::alerts(out, page, ids); }, more);
}

Body alert(Page& page) {
  const auto found = read_alert(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  std::string body;
  render::alert(body, page, *found);
  body.pop_back();
  body += ",\"at\":";
  json::write(body, page.now);
  body += ",\"position\":" + std::to_string(page.position) + "}";
  return body;
}

Body alert_draft(Page& page) {
  const auto found = read_alert(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  if (!found->exists()) return refuse(RefusalKind::kNotFound, "alert.unknown");
  const auto draft = draft_from(page, *found);
  std::string body;
  {
    json::Object object(body);
    object.member("content", draft.content);
    object.member("missing", draft.missing);
  }
  return body;
}

}  // namespace anlan::edge::pages
