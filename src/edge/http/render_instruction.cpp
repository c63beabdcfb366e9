#include "edge/http/render_instruction.h"

#include "edge/http/actions.h"

namespace anlan::edge {

// Of this world and of the viewer's own desk, else unknown.
Outcome<candidate::Candidate> read_candidate(const Page& page, const std::string& id) {
  std::string world;
  auto c = state::replay<candidate::Candidate>(page.sql, id, &world);
  if (!c.exists() || world != page.world || c.organisation != page.organisation())
    return refuse(RefusalKind::kNotFound, "candidate.unknown");
  return c;
}

namespace render {

namespace {

void instruction(std::string& out, const Page& page, const instruction::Instruction& i, const std::string& title) {
  const auto* giver = page.directory.organisations.person(i.given.given_by);
  json::Object object(out);
  object.member("id", i.id);
  object.member("incident", i.given.incident);
  object.member("incident_title", title);
  object.member("text", i.given.text);
  object.member("by_name", person_name(page, i.given.given_by));
  object.member("by_post", giver ? giver->post : std::string());
  object.member("given_at", i.given.given_at);
  organisation(object.key("from"), page, i.given.from);
  json::write_list(object.key("to"), i.given.to,
                   [&](std::string& o, const std::string& to) { organisation(o, page, to); });
  object.nullable("due_at", i.given.due_at);
  object.member("state", i.result ? instruction::State::kClosed : instruction::State::kOpen);
  json::write_list(object.key("progress"), i.progress, [&](std::string& o, const instruction::Progress& p) {
    json::Object progress(o);
    progress.member("text", p.text);
    progress.member("by_name", person_behind(page, p.by).value_or(""));
    progress.member("organisation_short", page.directory.organisations.short_name(p.organisation));
    progress.member("at", p.at);
  });
  object.nullable("closed_at", i.closed_at);
  object.nullable("result", i.result);
  object.member("actions", actions_on(page, i));
}

}  // namespace

void instructions(std::string& out, const Page& page, const std::vector<std::string>& ids) {
  const auto all = state::replay_all<instruction::Instruction>(page.sql, ids);
  std::vector<instruction::Given> given;
  for (const auto& i : all) given.push_back(i.given);
  const Titles titles(page, given);
  json::write_list(out, all, [&](std::string& o, const instruction::Instruction& i) {
    instruction(o, page, i, titles.of(i.given.incident));
  });
}

void candidates(std::string& out, const Page& page, const std::vector<std::string>& ids) {
  json::write_list(out, state::replay_all<candidate::Candidate>(page.sql, ids), candidate);
}

void candidate(std::string& out, const candidate::Candidate& c) {
  const auto& d = c.description;
  json::Object object(out);
  object.member("id", c.id);
  object.member("origin", d.origin);
  object.member("state", c.state);
  object.member("headline", d.headline);
  object.member("description", d.description);
  object.member("event_text", d.event_text.value_or(""));
  object.nullable("type", d.type);
  object.nullable("severity", d.severity);
  object.nullable("urgency", d.urgency);
  object.nullable("certainty", d.certainty);
  object.member("sender", d.sender);
  object.member("sent", d.sent);
  object.member("msg_type", d.msg_type.value_or(""));
  object.member("area_desc", d.area_desc.value_or(""));
  object.nullable("area", d.area);
  object.nullable("division", d.division);
  object.nullable("address", d.address);
  object.nullable("point", d.point);
  object.nullable("occurred_at", d.occurred_at);
  object.nullable("expires", d.expires);
  object.member("drill", d.exercise);
  object.member("received_at", c.received_at);
  object.nullable("incident", c.incident);
  object.nullable("reason", c.reason);
}

}  // namespace render
}  // namespace anlan::edge
