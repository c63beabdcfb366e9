// Who is called on warnings, and what was answered.

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render_callout.h"
#include "edge/http/render_warning.h"
#include "view/callouts.h"

namespace anlan::edge::pages {
namespace {

// The ids are one more than are shown, where there are more.
Body listed(Page& page, std::vector<std::string> ids) {
  const bool more = cut(ids);
  const auto states = state::replay_all<callout::Callout>(page.sql, ids);
  return render::items(
      page,
      [&](std::string& out) {
        std::vector<std::size_t> numbers(ids.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
        json::write_list(out, numbers,
                         [&](std::string& o, std::size_t i) { render::callout(o, page, ids[i], states[i]); });
      },
      more);
}

}  // namespace

Body callouts(Page& page) {
  return listed(page, view::open_callouts(page.sql, page.organisation(), page.world, kMostLines + 1));
}

// Of all organisations whose calling the viewer may see, the county's and its towns'.
Body callouts_on_warning(Page& page) {
  const auto found = read_warning(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  return listed(page, view::callouts_on(page.sql, found->id, page.organisation()));
}

// For who calls by voice; nobody else's.
Body callees(Page& page) {
  Asked asked(page);
  const std::string id = page.arguments.at(0) + "/" + page.arguments.at(1);
  const auto place = asked.number("place", 0, callout::kMostPlaces);
  if (asked.fault()) return *asked.fault();
  const auto found = read_callout(page, id);
  if (!found.ok()) return found.error();
  if (found->opened.organisation != page.organisation()) return refuse(RefusalKind::kNotFound, "callout.unknown");
  const auto number = static_cast<std::size_t>(place.value_or(0));
  if (number >= found->opened.places.size()) return refuse(RefusalKind::kNotFound, "callout.no_place", "place");
  return render::items(page, found->opened.places[number].callees, [&](std::string& out, const callout::Callee& c) {
    const auto known = page.recipients ? page.recipients->person(c.contact) : std::nullopt;
    json::Object object(out);
    object.member("role", c.role);
    object.nullable("name", known ? std::optional(known->name) : std::nullopt);
    object.nullable("phone", known ? std::optional(known->phone) : std::nullopt);
  });
}

}  // namespace anlan::edge::pages
