#include "edge/http/render_callout.h"

#include "edge/http/actions.h"
#include "journal/streams.h"
#include "view/audience.h"

namespace anlan::edge {
Outcome<callout::Callout> read_callout(const Page& page, const std::string& id) {
  std::string world;
  auto c = state::replay<callout::Callout>(page.sql, id, &world);
  if (!c.exists() || world != page.world || !view::sees_stream(page.sql, page.organisation(), "callout/" + id))
    return refuse(RefusalKind::kNotFound, "callout.unknown");
  return c;
}

namespace render {
namespace {

// Empty of somebody who is not on the list.
std::string role_of(const callout::Place& place, std::optional<std::int64_t> callee) {
  return callee ? place.callees.at(static_cast<std::size_t>(*callee)).role : std::string();
}

// Who noted it, where somebody else did than who answered.
void answer(std::string& out, const Page& page, const callout::Callout& c, const callout::Place& place,
            const callout::Standing& s) {
  json::Object object(out);
  object.nullable("callee", s.answered->callee);
  object.member("role", role_of(place, s.answered->callee));
  object.member("way", s.answered->way);
  object.member("action", s.answered->action);
  object.nullable("act", s.answered->act);
  object.member("at", s.answered_at);
  object.nullable("noted_by", s.answered->way == callout::Way::kMessage
                                  ? std::nullopt
                                  : std::optional(account_name(page, s.answered_by, c.opened.organisation)));
}

void call(std::string& out, const callout::Place& place, const callout::Call& one) {
  json::Object object(out);
  object.member("callee", one.callee);
  object.member("role", role_of(place, one.callee));
  object.member("way", one.way);
  object.member("at", one.at);
}

// `next_at`: when the next one is called, while the place waits.
void place(std::string& out, const Page& page, const callout::Callout& c, std::size_t number) {
  const callout::Place& p = c.opened.places[number];
  const callout::Standing& s = c.standings[number];
  json::Object object(out);
  object.member("number", static_cast<std::int64_t>(number));
  object.member("division", p.division);
  object.member("division_name", division_name(page, p.division));
  json::write_list(object.key("roles"), p.callees,
                   [](std::string& o, const callout::Callee& callee) { json::write(o, callee.role); });
  json::write_list(object.key("calls"), s.calls, [&](std::string& o, const callout::Call& one) { call(o, p, one); });
  std::string& into = object.key("answer");
  s.answered ? answer(into, page, c, p, s) : void(into += "null");
  object.member("unanswered", s.unanswered);
}

}  // namespace

void callout(std::string& out, const Page& page, const std::string& id, const callout::Callout& c) {
  std::vector<std::size_t> numbers(c.standings.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
  json::Object object(out);
  object.member("id", id);
  object.member("warning", c.opened.warning);
  organisation(object.key("organisation"), page, c.opened.organisation);
  object.member("version", journal::version_of(page.sql, "callout/" + id));
  object.member("warning_version", c.opened.warning_version);
  object.member("rule", c.opened.rule);
  object.member("limit_min", c.opened.limit_min);
  object.member("opened_at", c.opened_at);
  object.nullable("next_at", c.next_due());
  object.nullable("decide_by", c.opened.decide_by);
  object.nullable("accepted", c.decided ? std::optional(c.decided->accepted) : std::nullopt);
  object.nullable("decided_by", c.decided ? std::optional(person_name(page, c.decided->person)) : std::nullopt);
  object.nullable("decided_reason", c.decided ? std::optional(c.decided->reason) : std::nullopt);
  object.nullable("decided_at", c.decided ? std::optional(c.decided_at) : std::nullopt);
  object.member("undecided", c.undecided);
  object.member("closed", c.closed);
  json::write_list(object.key("places"), numbers,
                   [&](std::string& o, std::size_t number) { place(o, page, c, number); });
  object.member("actions", actions_on(page, c));
}

}  // namespace render
}  // namespace anlan::edge
