#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/prefill.h"
#include "edge/http/render_report.h"

namespace anlan::edge::pages {

Body report(Page& page) {
  const auto found = read_report(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  std::string body;
  render::report(body, page, *found);
  return body;
}

// Nothing is stored: the desk sees, changes and drafts.
Body prefill(Page& page) {
  const auto history = read_incident(page, page.arguments.at(0));
  if (!history.ok()) return history.error();
  Asked asked(page);
  const auto kind = asked.word<report::Kind>("kind");
  std::string to = asked.organisation("to");
  if (asked.fault()) return *asked.fault();
  const auto receivers = receivers_of(page, page.organisation());
  if (to.empty() && !receivers.empty()) to = receivers.front()->id;
  const auto filled = edge::prefill(page, *history, kind, to);
  if (!filled.ok()) return filled.error();
  std::string body;
  {
    json::Object object(body);
    object.member("kind", filled->kind);
    object.member("ordinal", filled->ordinal);
    object.member("to", filled->to);
    object.member("title", filled->title);
    object.member("content", filled->content);
  }
  return body;
}

// The superior first; the console offers it.
Body receivers(Page& page) {
  return render::items(page, receivers_of(page, page.organisation()),
                       [](std::string& out, const organisation::Organisation* o) {
                         json::Object object(out);
                         object.member("id", o->id);
                         object.member("short", o->short_name);
                         object.member("level", o->level);
                         object.member("external", o->external);
                       });
}

}  // namespace anlan::edge::pages
