#include "edge/http/outside.h"

#include "edge/http/bulletin_input.h"
#include "edge/http/problem.h"
#include "edge/http/render_incident.h"
#include "edge/http/render_report.h"
#include "platform/crypto/sm3.h"
#include "view/audience.h"

namespace anlan::edge {
namespace {

constexpr std::string_view kDocx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

void coded(std::string& out, std::string_view code, std::string_view name) {
  json::Object object(out);
  object.member("code", code);
  object.member("name", name);
}

void organisation(std::string& out, const Page& page, const std::string& id, bool whole) {
  json::Object object(out);
  object.member("id", id);
  const auto* known = page.directory.organisations.organisation(id);
  object.member("name", known ? known->name : id);
  if (!whole || !known) return;
  object.member("level", known->level);
  object.nullable("phone", known->phone);
  coded(object.key("division"), known->division, render::division_name(page, known->division));
}

void incident(std::string& out, const Page& page, const incident::Incident& i) {
  const auto& now = i.now;
  json::Object object(out);
  object.member("id", i.id);
  object.member("number", now.number);
  object.member("title", now.title);
  coded(object.key("type"), now.type, render::event_type_name(page, now.type));
  coded(object.key("division"), now.place.division, render::division_name(page, now.place.division));
  object.nullable("address", now.place.address);
  object.nullable("point", now.place.point);
  object.nullable("occurred_at", now.occurred_at);
  object.member("learnt_at", now.learnt_at);
  object.member("grade", now.grade);
  object.member("grade_confirmed", now.grade_confirmed);
}

void report(std::string& out, const Page& page, const report::Report& r, const report::Version& v) {
  json::Object object(out);
  object.member("id", r.id);
  object.member("kind", r.kind);
  object.member("ordinal", r.ordinal);
  object.member("version", v.number);
  object.member("title", v.title);
  object.member("content", v.content);
  object.member("drafted_at", v.drafted.at);
  object.member("drafted_by", render::account_name(page, v.drafted.by));
  if (v.signed_off) {
    object.member("signed_at", v.signed_off->at);
    object.member("signed_by", render::person_name(page, v.signed_off->by));
  }
  object.member("sent_at", v.sent->at);
}

void clocks(std::string& out, const Page& page, const std::string& incident, Instant upto) {
  const auto clocks = state::replay<clock::Clocks>(page.sql, incident + "/" + page.organisation(), nullptr, upto);
  std::vector<clock::Clock> asked;
  for (const clock::Clock& c : clocks.items)
    if (!c.replaced()) asked.push_back(c);
  json::write_list(out, asked, [](std::string& o, const clock::Clock& c) {
    json::Object object(o);
    object.member("leg", c.started.leg);
    object.member("due_at", c.started.due_at);
    object.nullable("met_at", c.met ? std::optional(c.met->at) : std::nullopt);
    object.member("late_s", c.met ? c.met->late_s : std::int64_t{0});
  });
}

void bulletin(std::string& out, const std::string& name, std::string_view bytes) {
  json::Object object(out);
  object.member("name", name);
  object.member("type", kDocx);
  object.member("sm3", crypto::to_hex(crypto::sm3(bytes)));
  object.member("base64url", crypto::to_base64url(crypto::bytes_of(bytes)));
}

// Null where none was.
const report::Version* last_sent(const report::Report& r) {
  const auto found = std::ranges::find_if(r.versions.rbegin(), r.versions.rend(),
                                          [](const report::Version& v) { return v.sent.has_value(); });
  return found == r.versions.rend() ? nullptr : &*found;
}

Outcome<std::string> document_of(const Page& page, const Stationery& stationery, const NodeDescription& node,
                                 const report::Report& r, const report::Version& v) {
  const Instant upto = v.signed_off ? v.signed_off->at : v.sent->at;
  const auto history = read_incident(page, r.incident, upto);
  if (!history.ok()) return history.error();
  const auto in = read_bulletin(page, node, r.id);
  if (!in.ok()) return in.error();
  const auto docx = stationery.press.to_docx(document::bulletin(*in, stationery.words));
  if (!docx.ok()) return refuse(RefusalKind::kBusy, "document.failed");
  const std::string key = r.id + "/" + std::to_string(v.number);
  std::string out;
  {
    json::Object object(out);
    object.member("form", std::int64_t{1});
    object.member("key", key);
    object.member("exercise", node.demo);
    organisation(object.key("sender"), page, r.from, true);
    organisation(object.key("receiver"), page, r.to, false);
    incident(object.key("incident"), page, history->incident);
    report(object.key("report"), page, r, v);
    clocks(object.key("clocks"), page, r.incident, upto);
    bulletin(object.key("bulletin"), r.id + "-v" + std::to_string(v.number) + ".docx", *docx);
  }
  return out;
}

std::string delivery_text(const OutsideDelivery& d) {
  std::string out;
  json::Object object(out);
  object.member("version", d.version);
  object.member("waiting_since", d.waiting_since);
  object.member("tries", d.tries);
  object.nullable("tried_at", d.tried_at);
  object.nullable("delivered_at", d.delivered_at);
  object.nullable("last_error", d.last_error);
  return out;
}

Body delivery(const Page& page, const Deliveries& deliveries) {
  const auto r = read_report(page, page.arguments.front());
  if (!r.ok()) return r.error();
  const auto found = r->from == page.organisation() ? deliveries(r->id) : std::nullopt;
  if (!found) return refuse(RefusalKind::kNotFound, "report.not_delivered_here");
  return delivery_text(*found);
}

}  // namespace

Outcome<std::string> outside_document(Services& services, const Stationery& stationery, const std::string& id) {
  const auto directory = services.directory();
  auto& sql = services.reader();
  const std::string world(command::kReal);
  const auto r = state::replay<report::Report>(sql, id);
  if (!r.exists()) return refuse(RefusalKind::kNotFound, "report.unknown");
  const report::Version* v = last_sent(r);
  if (!v) return refuse(RefusalKind::kRule, "report.not_sent");
  http::Query query;
  query.add("version", std::to_string(v->number));
  const std::vector<std::string> arguments{id};
  const account::Actor sender{{}, {}, {}, r.from, {account::Role::kDutyOfficer}};
  const Page page{sql,   services.vault(),       services.reference(), *directory, services.texts(), sender,
                  world, services.clock().now(), view::seen(sql),      query,      arguments};
  if (const auto visible = read_report(page, id); !visible.ok()) return visible.error();
  return document_of(page, stationery, services.node(), r, *v);
}

Route delivery_route(Deliveries deliveries) {
  const auto answer = [deliveries = std::move(deliveries)](Page& asked) { return delivery(asked, deliveries); };
  return answering(page("/api/v1/reports/{id}/delivery", answer), "Delivery");
}

}  // namespace anlan::edge
