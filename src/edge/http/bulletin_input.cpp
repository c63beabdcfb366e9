#include "edge/http/bulletin_input.h"

#include "codec/json_write.h"
#include "edge/http/render_incident.h"
#include "edge/http/render_report.h"
#include "edge/http/sentence.h"
#include "view/audience.h"
#include "view/instructions.h"

namespace anlan::edge {
namespace {

constexpr Locale kOfficial = Locale::kChinese;  // official documents are in Chinese, whatever the asker reads

std::string number_text(double value) {
  std::string text;
  json::write_number(text, value);
  return text;
}

void add_figures(const Page& page, const incident::FigureStatement& statement, const std::string& source,
                 std::vector<document::BulletinFigure>& out) {
  each_field<grade::Figures>([&](const auto& f) {
    const auto& value = statement.figures.*f.member;
    if (!value) return;
    const double n = static_cast<double>(*value);
    const Texts::Values values{{"n", number_text(n)}, {"n_10k", number_text(n / 10'000)}};
    const std::string name(f.name);
    out.push_back({page.texts.get(kOfficial, "figure_name." + name),
                   page.texts.get(kOfficial, "figure_value." + name, values), source, statement.at, statement.adopted});
  });
}

// Statements of all sources, each with its own; the document sets them side by side.
std::vector<document::BulletinFigure> figures(const Page& page, const History& history) {
  std::vector<document::BulletinFigure> out;
  for (std::size_t i = 0; i < history.incident.statements.size(); ++i)
    add_figures(page, history.incident.statements[i], history.source(page, i), out);
  return out;
}

std::vector<document::BulletinClock> clocks(const Page& page, const std::string& incident, Instant upto) {
  std::vector<document::BulletinClock> out;
  const auto clocks = state::replay<clock::Clocks>(page.sql, incident + "/" + page.organisation(), nullptr, upto);
  for (const clock::Clock& c : clocks.items)
    if (!c.replaced())
      out.push_back({page.texts.get(kOfficial, "leg." + std::string(name_of(c.started.leg))), c.started.due_at,
                     c.met ? std::optional(c.met->at) : std::nullopt, c.met ? c.met->late_s : 0, c.state, c.reason});
  return out;
}

// Of the versions before, so that a return is seen beside what followed.
std::vector<document::BulletinReceipt> receipts(const Page& page, const report::Report& report, Instant upto) {
  std::vector<document::BulletinReceipt> out;
  for (const auto& v : report.versions)
    if (v.receipt && v.receipt->stamp.at <= upto)
      out.push_back({v.number, v.receipt->decision, render::account_name(page, v.receipt->stamp.by, report.to),
                     v.receipt->stamp.at, v.receipt->reason});
  return out;
}

std::vector<document::BulletinInstruction> instructions(const Page& page, const std::string& incident, Instant upto) {
  std::vector<document::BulletinInstruction> out;
  for (const std::string& id : view::instructions_of(page.sql, incident, page.organisation())) {
    const auto i = state::replay<instruction::Instruction>(page.sql, id, nullptr, upto);
    if (!i.exists()) continue;
    const auto* giver = page.directory.organisations.person(i.given.given_by);
    document::BulletinInstruction one{render::person_name(page, i.given.given_by),
                                      giver ? giver->post : "",
                                      i.given.text,
                                      i.given.given_at,
                                      {},
                                      i.result};
    for (const auto& p : i.progress)
      one.progress.push_back({page.directory.organisations.short_name(p.organisation), p.text, p.at});
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<document::BulletinLine> timeline(const Page& page, const std::string& incident, Instant upto) {
  const Sentences sentences(page);
  std::vector<document::BulletinLine> lines;
  for (const auto& fact : view::story(page.sql, incident, page.organisation()))
    if (fact.recorded_at <= upto && !fact.stream.starts_with("clocks/") && !fact.stream.starts_with("parties/"))
      lines.push_back({fact.recorded_at, sentences.of(kOfficial, fact)});
  return lines;
}

// Without the informant, whom no document names.
document::BulletinIncident about(const Page& page, const History& history) {
  const auto& now = history.incident.now;
  return {now.title,
          render::event_type_name(page, now.type),
          render::whole_place_name(page, now.place),
          page.texts.get(kOfficial, "source." + std::string(name_of(now.source))),
          now.grade,
          now.grade_confirmed,
          now.occurred_at,
          now.learnt_at};
}

// The latest where no version is asked for; null where it is not there.
const report::Version* version_of(const report::Report& report, const http::Query& query) {
  const auto asked = query.get("version");
  if (!asked) return &report.latest();
  for (const auto& v : report.versions)
    if (std::to_string(v.number) == *asked) return &v;
  return nullptr;
}

// The full name, as papers have it; the id where it is unknown.
std::string organisation_name(const Page& page, const std::string& id) {
  const auto* known = page.directory.organisations.organisation(id);
  return known ? known->name : id;
}

}  // namespace

Outcome<document::BulletinInput> read_bulletin(const Page& asked, const NodeDescription& node, const std::string& id) {
  const auto report = read_report(asked, id);
  if (!report.ok()) return report.error();
  const report::Version* v = version_of(*report, asked.query);
  if (!v) return refuse(RefusalKind::kNotFound, "report.version_unknown", "version");
  const account::Actor sender{{}, {}, {}, report->from, {account::Role::kDutyOfficer}};
  const Instant upto = v->signed_off ? v->signed_off->at : asked.now;
  const state::Directory known = asked.directory.as_of(asked.sql, upto);
  const Page page{asked.sql,   asked.vault, asked.reference, known,       asked.texts,    sender,
                  asked.world, asked.now,   asked.position,  asked.query, asked.arguments};
  const auto history = read_incident(page, report->incident, upto);
  if (!history.ok()) return history.error();
  document::BulletinInput in;
  in.kind = report->kind;
  in.ordinal = report->ordinal;
  in.version = v->number;
  in.number = history->incident.now.number;
  in.from = organisation_name(page, report->from);
  in.to = organisation_name(page, report->to);
  in.title = v->title;
  in.content = v->content;
  in.incident = about(page, *history);
  in.clocks = clocks(page, report->incident, upto);
  in.receipts = receipts(page, *report, upto);
  in.instructions = instructions(page, report->incident, upto);
  in.dated_at = v->signed_off ? v->signed_off->at : v->drafted.at;
  in.figures = figures(page, *history);
  in.timeline = timeline(page, report->incident, upto);
  if (v->signed_off) in.signer = render::person_name(page, v->signed_off->by);
  in.drafter = render::account_name(page, v->drafted.by, report->from);
  if (const auto* from = page.directory.organisations.organisation(report->from))
    in.duty_phone = from->phone.value_or("");
  in.demo = node.demo;
  in.drill = page.world != command::kReal;
  return in;
}

}  // namespace anlan::edge
