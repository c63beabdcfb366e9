#include "command/handlers.h"
#include "command/parties.h"

namespace anlan::command {
namespace {

std::string stream_of(const std::string& report) { return "report/" + report; }

Handled made(Unit& unit, const report::Facts& facts) {
  if (!facts.ok()) return facts.error();
  unit.add(stream_of(unit.target()), *facts);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

}  // namespace

// Numbered by the sender: two drafts at once get two numbers, since there is one writer.
Handled handle(Unit& unit, const report::Draft& c) {
  const std::string incident = unit.target();
  if (auto no = check_party(unit, incident)) return *no;
  const auto& i = unit.get<incident::Incident>(incident);
  if (auto no = check_reportable(unit, i, unit.actor().organisation)) return *no;
  const auto* to = unit.directory().organisations.organisation(c.to);
  if (!to || !to->active) return refuse(RefusalKind::kRule, "organisation.unknown", "to");
  const auto facts =
      report::decide(c, unit.actor(), earlier_reports(unit, i, unit.actor().organisation, c.to), incident, i.now.title);
  if (!facts.ok()) return facts.error();
  const std::string id = unit.next_id_under("report/", incident, 'r');
  unit.add(stream_of(id), *facts);
  return Made{201, id, stream_of(id), {}};
}

Handled handle(Unit& unit, const report::Revise& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const auto& r = unit.get<report::Report>(unit.target());
  const auto facts = report::decide(r, c, unit.actor());
  if (facts.ok())
    if (auto no = check_reportable(unit, unit.get<incident::Incident>(r.incident), r.from)) return *no;
  return made(unit, facts);
}

// Who is on duty is the shift of now, not that of the drafting.
Handled handle(Unit& unit, const report::Sign& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const auto& r = unit.get<report::Report>(unit.target());
  const auto facts = report::decide(r, c, unit.actor(), unit.memory().leader_on_duty(unit.actor().organisation));
  if (facts.ok())
    if (auto no = check_reportable(unit, unit.get<incident::Incident>(r.incident), r.from)) return *no;
  return made(unit, facts);
}

// The receiver's node notes that it has it, and starts its clocks (reactions.h).
Handled handle(Unit& unit, const report::Send& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const auto& r = unit.get<report::Report>(unit.target());
  const auto& i = unit.get<incident::Incident>(r.incident);
  const auto others = r.exists() ? earlier_reports(unit, i, r.from, r.to, r.id) : report::Earlier{};
  auto handled = made(unit, report::decide(r, c, unit.actor(), others));
  if (!handled.ok()) return handled;
  if (auto no = check_reportable(unit, i, r.from)) return *no;
  meet_clocks(unit, i, r.to, r.kind, unit.now(), stream_of(unit.target()));
  return handled;
}

// Receipts lie in the receiver's stream.
Handled handle(Unit& unit, const report::Decide& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const auto& r = unit.get<report::Report>(unit.target());
  const auto* to = unit.directory().organisations.organisation(r.to);
  const auto facts = report::decide(r, c, unit.actor(), to && to->external);
  if (!facts.ok()) return facts.error();
  if (!unit.may_write("receipt/" + unit.target())) return refuse(RefusalKind::kForbidden, "report.not_receiver");
  const auto& i = unit.get<incident::Incident>(r.incident);
  if (c.decision == report::Decision::kReturned)  // on a merged one nobody could mend it any more
    if (auto no = incident::check_open(i.state, true)) return *no;
  unit.add("receipt/" + unit.target(), *facts);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

}  // namespace anlan::command
