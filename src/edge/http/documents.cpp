#include "edge/http/documents.h"

#include <charconv>
#include <cmath>

#include "codec/json_write.h"
#include "edge/http/parameters.h"
#include "edge/http/problem.h"
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
// As they stood at that moment: what was stated later belongs to later reports.
std::vector<document::BulletinFigure> figures(const Page& page, const History& history, Instant upto) {
  auto statements = history.incident.statements;
  bool later_adopted = false;
  for (std::size_t i = statements.size(); i-- > 0;) {
    const bool known = history.statement_records[i].at <= upto;
    statements[i].adopted = known && history.proposed_headline[i] && !later_adopted;
    later_adopted = later_adopted || statements[i].adopted;
  }
  std::vector<document::BulletinFigure> out;
  for (std::size_t i = 0; i < statements.size(); ++i)
    if (history.statement_records[i].at <= upto) add_figures(page, statements[i], history.source(page, i), out);
  return out;
}

std::vector<document::BulletinClock> clocks(const Page& page, const std::string& incident) {
  std::vector<document::BulletinClock> out;
  for (const auto& row : view::clocks_of(page.sql, incident, page.organisation()))
    if (row.organisation == page.organisation())
      out.push_back({page.texts.get(kOfficial, "leg." + std::string(name_of(row.leg))), row.due_at, row.met_at,
                     row.late_s.value_or(0), row.state, row.reason});
  return out;
}

// Of all versions up to now, so that a return is seen beside what followed.
std::vector<document::BulletinReceipt> receipts(const Page& page, const report::Report& report) {
  std::vector<document::BulletinReceipt> out;
  for (const auto& v : report.versions)
    if (v.receipt)
      out.push_back({v.number, v.receipt->decision, render::account_name(page, v.receipt->stamp.by),
                     v.receipt->stamp.at, v.receipt->reason});
  return out;
}

std::vector<document::BulletinInstruction> instructions(const Page& page, const std::string& incident) {
  std::vector<document::BulletinInstruction> out;
  for (const std::string& id : view::instructions_of(page.sql, incident, page.organisation())) {
    const auto i = state::replay<instruction::Instruction>(page.sql, id);
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

// Only what was known when the version was signed: a bulletin printed later says the same.
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
  const auto* division = page.reference.divisions.find(now.place.division);
  const std::string place = division ? page.reference.divisions.path(*division) : now.place.division;
  return {now.title,
          render::event_type_name(page, now.type),
          place + now.place.address.value_or(""),
          page.texts.get(kOfficial, "source." + std::string(name_of(now.source))),
          now.grade,
          now.grade_confirmed,
          now.occurred_at,
          now.learnt_at};
}

// The version asked for, else the latest.
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

Outcome<document::BulletinInput> read_bulletin(const Page& page, const NodeDescription& node, const std::string& id) {
  const auto report = read_report(page, id);
  if (!report.ok()) return report.error();
  const auto history = read_incident(page, report->incident);
  if (!history.ok()) return history.error();
  const report::Version* v = version_of(*report, page.query);
  if (!v) return refuse(RefusalKind::kNotFound, "report.version_unknown", "version");
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
  in.clocks = clocks(page, report->incident);
  in.receipts = receipts(page, *report);
  in.instructions = instructions(page, report->incident);
  in.dated_at = v->signed_off ? v->signed_off->at : v->drafted.at;
  in.figures = figures(page, *history, in.dated_at);
  in.timeline = timeline(page, report->incident, in.dated_at);
  if (v->signed_off) in.signer = render::person_name(page, v->signed_off->by);
  in.drafter = render::account_name(page, v->drafted.by);
  if (const auto* from = page.directory.organisations.organisation(report->from))
    in.duty_phone = from->phone.value_or("");
  in.demo = node.demo;
  in.drill = page.world != command::kReal;
  return in;
}

using Print = Result<document::Bytes> (document::Press::*)(const document::OfficialDocument&) const;

void answer_document(Services& services, const Stationery& stationery, const Call& call, Print print,
                     std::string_view type, std::string_view extension) {
  const auto directory = services.directory();
  auto& sql = services.reader();
  const Page page{
      sql,        services.vault(),       services.reference(), *directory,         services.texts(), call.viewer.actor,
      call.world, services.clock().now(), view::seen(sql),      call.request.query, call.arguments};
  const auto in = read_bulletin(page, services.node(), call.arguments.front());
  if (!in.ok()) return answer_refusal(services, call, in.error());
  auto bytes = (stationery.press.*print)(document::bulletin(*in, stationery.words));
  if (!bytes.ok()) return answer_refusal(services, call, refuse(RefusalKind::kBusy, "document.failed"));
  http::Response response{200};
  response.headers.set("Content-Type", type);
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Content-Disposition", "inline; filename=\"" + in->number + "-" +
                                                  std::string(name_of(in->kind)) + "-v" + std::to_string(in->version) +
                                                  std::string(extension) + "\"");
  response.body = std::move(*bytes);
  call.reply(std::move(response));
}

Route document_route(const Stationery& stationery, std::string_view path, Print print, std::string_view type,
                     std::string_view extension) {
  return {.method = http::Method::kGet,
          .path = path,
          .rate = kDocumentRate,
          .takes_after = true,
          .parameters = {parameter::number("version", 1, std::numeric_limits<std::int64_t>::max())},
          .handle = [stationery, print, type, extension](Services& services, Call call) {
            auto shared = std::make_shared<Call>(std::move(call));
            const bool taken = services.workers().post([&services, stationery, shared, print, type, extension] {
              answer_document(services, stationery, *shared, print, type, extension);
            });
            if (!taken) answer_refusal(services, *shared, refuse(RefusalKind::kBusy, "node.busy"));
          }};
}

}  // namespace

std::vector<Route> document_routes(const Stationery& stationery) {
  return {document_route(stationery, "/api/v1/reports/{id}/document.pdf", &document::Press::to_pdf, "application/pdf",
                         ".pdf"),
          document_route(stationery, "/api/v1/reports/{id}/document.docx", &document::Press::to_docx,
                         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")};
}

}  // namespace anlan::edge
