#include "edge/http/render_incident.h"

#include "codec/fact.h"
#include "edge/http/actions.h"
#include "edge/http/informant.h"
#include "edge/http/render_instruction.h"
#include "edge/http/render_report.h"
#include "view/audience.h"
#include "view/instructions.h"
#include "view/reports.h"

namespace anlan::edge {

std::string History::source(const Page& page, std::size_t statement) const {
  const std::string& said = incident.statements.at(statement).source;
  if (!said.empty()) return said;
  return page.texts.get(Locale::kChinese, "source." + std::string(name_of(incident.now.source)));
}

namespace {

// What the parties did, in the order in which it came here.
void read_parties(const Page& page, const std::string& id, Instant upto, History& h) {
  for (const auto& fact : journal::read_streams(page.sql, state::Stored<incident::Parties>::streams(id))) {
    if (fact.recorded_at > upto) continue;
    state::Stored<incident::Parties>::absorb(h.parties, id, fact);
    const Record record{fact.recorded_at, fact.by(), render::organisation_of(page, fact)};
    if (h.parties.calls.size() > h.phone_records.size()) h.phone_records.push_back(record);
    if (fact.type == incident::Noted::kType)
      h.notes.push_back(
          {record, std::get<incident::Noted>(codec::decode<incident::PartyFact>(fact.type, fact.body)).text});
  }
}

// Those of the incident itself that count.
std::vector<journal::Fact> facts_of(const Page& page, const std::string& id, Instant upto) {
  auto facts = journal::read_streams(page.sql, state::Stored<incident::Incident>::streams(id));
  std::erase_if(facts, [&](const journal::Fact& fact) { return fact.recorded_at > upto; });
  state::order_segments(facts);
  return facts;
}

}  // namespace

Outcome<History> read_incident(const Page& page, const std::string& id, Instant upto) {
  History h;
  bool here = view::is_party(page.sql, id, page.organisation());
  if (here)
    for (const auto& fact : facts_of(page, id, upto)) {
      here = here && fact.world == page.world;
      state::Stored<incident::Incident>::absorb(h.incident, id, fact);
      const Record record{fact.recorded_at, fact.by(), render::organisation_of(page, fact)};
      if (h.incident.statements.size() > h.statement_records.size()) {
        h.statement_records.push_back(record);
        h.proposed_headline.push_back(h.incident.statements.back().adopted);
      }
    }
  if (!here || !h.incident.exists()) return refuse(RefusalKind::kNotFound, "incident.unknown");
  read_parties(page, id, upto, h);
  return h;
}

namespace render {
namespace {

// The division's code with its name, which a console could only ask for anew.
void place(std::string& out, const Page& page, const incident::Place& p) {
  json::Object object(out);
  object.member("division", p.division);
  object.member("division_name", division_name(page, p.division));
  object.member("address", p.address.value_or(""));
  object.nullable("point", p.point);
}

// The informant as a mask, or null where there is none or it was erased.
void source(std::string& out, const Page& page, const incident::Opened& now) {
  json::Object object(out);
  object.member("kind", now.source);
  const auto informant = masked_informant(page, now.informant);
  if (informant) {
    json::Object masked(object.key("informant"));
    masked.member("name_masked", informant->name);
    masked.member("phone_masked", informant->phone);
  } else {
    object.raw("informant", "null");
  }
  object.nullable("candidate", now.candidate);
}

std::string name_in(const Page& page, const Record& record) {
  return account_name(page, record.actor, record.organisation);
}

// Statements without any figure are left out: a call that gave none stated none.
void statements(std::string& out, const Page& page, const History& h) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < h.incident.statements.size(); ++i)
    if (h.incident.statements[i].figures != grade::Figures{}) shown.push_back(i);
  json::write_list(out, shown, [&](std::string& o, std::size_t i) {
    const auto& statement = h.incident.statements[i];
    json::Object object(o);
    figures(object.key("figures"), statement.figures);
    object.member("source", h.source(page, i));
    object.member("at", statement.at);
    object.member("recorded_at", h.statement_records[i].at);
    object.member("actor_name", name_in(page, h.statement_records[i]));
    object.member("adopted", statement.adopted);
  });
}

// Each with the account that noted it.
void phone_reports(std::string& out, const Page& page, const History& h) {
  std::size_t i = 0;
  json::write_list(out, h.parties.calls, [&](std::string& o, const incident::Call& call) {
    json::Object object(o);
    organisation(object.key("to"), page, call.report.to);
    object.member("answered_by", call.report.answered_by);
    object.member("said", call.report.said.value_or(""));
    object.member("at", call.report.at);
    object.member("actor_name", name_in(page, h.phone_records[i++]));
  });
}

// In the order of joining, which is the order in which it became known.
void parties(std::string& out, const Page& page, const History& h) {
  json::write_list(out, h.parties.members, [&](std::string& o, const incident::Party& party) {
    const std::string& id = party.organisation;
    const auto* known = page.directory.organisations.organisation(id);
    json::Object object(o);
    object.member("id", id);
    object.member("short", page.directory.organisations.short_name(id));
    known ? object.member("level", known->level) : object.member("level", "");
  });
}

// The last offer, with what was answered to it; null where none stands.
void offer(std::string& out, const Page& page, const History& h) {
  const auto& made = h.incident.offer;
  if (!made) return void(out += "null");
  const auto* answer = incident::answer_to(*made, h.parties);
  json::Object object(out);
  organisation(object.key("to"), page, made->to);
  object.member("reason", made->reason);
  object.member("at", made->at);
  object.nullable("answer", answer ? std::optional(answer->answer) : std::nullopt);
  object.member("answer_reason", answer ? answer->reason : std::string());
}

// Those that the owner's node has not answered.
void claims(std::string& out, const Page& page, const History& h) {
  std::vector<incident::MadeClaim> standing;
  for (const auto& claim : h.parties.claims)
    if (incident::standing_claim(h.incident, h.parties, claim.organisation) == &claim) standing.push_back(claim);
  json::write_list(out, standing, [&](std::string& o, const incident::MadeClaim& claim) {
    json::Object object(o);
    organisation(object.key("organisation"), page, claim.organisation);
    object.member("reason", claim.reason);
  });
}

// Who came to this incident by another way need not know of those that ended in it.
std::vector<std::string> known_ones(const Page& page, std::vector<std::string> incidents) {
  std::erase_if(incidents, [&](const auto& id) { return !view::is_party(page.sql, id, page.organisation()); });
  return incidents;
}

}  // namespace

void figures(std::string& out, const grade::Figures& f) {
  json::Object object(out);
  each_field<grade::Figures>([&](const auto& field) { object.nullable(field.name, f.*field.member); });
}

void grade_proposal(std::string& out, const Page& page, const std::optional<incident::GradeProposal>& proposal) {
  if (!proposal) return void(out += "null");
  std::string clause = proposal->rule;
  for (const auto& rule : page.reference.grade_rules)
    if (rule.id == proposal->rule && !rule.clause.empty()) clause = rule.clause;
  json::Object object(out);
  object.member("grade", proposal->grade);
  object.member("indicator", proposal->indicator);
  object.member("rule", clause);
  object.member("document", proposal->document);
}

IncidentLines::IncidentLines(const Page& page, const std::vector<view::IncidentRow>& rows) : page_(page) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  for (auto& clock : view::next_clocks(page.sql, page.organisation(), ids))
    next_.try_emplace(clock.incident, std::move(clock));
}

void IncidentLines::members(json::Object& object, const view::IncidentRow& row) const {
  object.member("id", row.id);
  object.member("number", row.number);
  object.member("title", row.title);
  {
    json::Object type(object.key("type"));
    type.member("code", row.type);
    type.member("name", event_type_name(page_, row.type));
  }
  object.member("grade", row.grade);
  object.member("grade_confirmed", row.grade_confirmed);
  object.member("state", row.state);
  place(object.key("place"), page_, row.place);
  object.nullable("occurred_at", row.occurred_at);
  object.member("occurred_assumed", !row.occurred_at.has_value());
  object.member("learnt_at", row.learnt_at);
  figures(object.key("figures"), row.figures);
  organisation(object.key("organisation"), page_, row.organisation);
  organisation(object.key("opened_by"), page_, row.opened_by);
  object.member("epoch", row.epoch);
  const auto next = next_.find(row.id);
  next == next_.end() ? object.raw("next_clock", "null")
                      : clock(object.key("next_clock"), page_, next->second, row.title);
  object.member("version", row.version);
  object.member("updated_at", row.updated_at);
  object.member("world", row.world);
}

void IncidentLines::operator()(std::string& out, const view::IncidentRow& row) const {
  json::Object object(out);
  members(object, row);
}

void whole_incident(std::string& out, const Page& page, const History& h, const view::IncidentRow& row) {
  const auto& now = h.incident.now;
  json::Object object(out);
  IncidentLines(page, {row}).members(object, row);
  object.member("summary", now.summary);
  object.member("measures", now.measures.value_or(""));
  object.member("unit", now.unit.value_or(""));
  source(object.key("source"), page, now);
  statements(object.key("figure_statements"), page, h);
  grade_proposal(object.key("grade_proposal"), page, now.proposal);
  object.member("grade_reason", h.incident.grade_reason);
  json::write_list(object.key("reports"), view::reports_of(page.sql, row.id, page.organisation()),
                   [&](std::string& o, const view::ReportRow& r) { report(o, page, *read_report(page, r.id)); });
  json::write_list(object.key("clocks"), view::clocks_of(page.sql, row.id, page.organisation()),
                   [&](std::string& o, const view::ClockRow& c) { clock(o, page, c, row.title); });
  instructions(object.key("instructions"), page, view::instructions_of(page.sql, row.id, page.organisation()));
  phone_reports(object.key("phone_reports"), page, h);
  parties(object.key("parties"), page, h);
  object.nullable("merged_into", h.incident.merged_into);
  object.member("merged", known_ones(page, h.incident.absorbed));
  if (h.incident.released)
    organisation(object.key("released_to"), page, h.incident.released->to);
  else
    object.raw("released_to", "null");
  offer(object.key("offer"), page, h);
  claims(object.key("claims"), page, h);
  object.nullable("area", now.area);
  object.member("actions", actions_on(page, h.incident, h.parties));
  object.member("at", page.now);
  object.member("position", page.position);
}

}  // namespace render
}  // namespace anlan::edge
