#include "edge/http/render_report.h"

#include "edge/http/actions.h"

namespace anlan::edge {

// A report that the viewer may not see does not exist for it.
Outcome<report::Report> read_report(const Page& page, const std::string& id) {
  std::string world;
  auto r = state::replay<report::Report>(page.sql, id, &world);
  if (!r.exists() || world != page.world || !report::visible(r, page.organisation()))
    return refuse(RefusalKind::kNotFound, "report.unknown");
  if (r.from != page.organisation())
    std::erase_if(r.versions, [](const report::Version& v) { return !v.sent.has_value(); });
  return r;
}

namespace render {
namespace {

std::optional<Instant> at(const std::optional<report::Stamp>& stamp) {
  return stamp ? std::optional(stamp->at) : std::nullopt;
}

void receipt(std::string& out, const Page& page, const std::optional<report::Receipt>& r, const std::string& by) {
  if (!r) return void(out += "null");
  json::Object object(out);
  object.member("decision", r->decision);
  object.member("by", account_name(page, r->stamp.by, by));
  object.member("at", r->stamp.at);
  object.nullable("reason", r->reason);
  object.nullable("outside", r->outside);
}

// Null for each step that the version has not reached.
void stamps(json::Object& object, const Page& page, const report::Report& r, const report::Version& v) {
  object.member("drafted_at", v.drafted.at);
  object.member("drafted_by", account_name(page, v.drafted.by, r.from));
  object.nullable("signed_at", at(v.signed_off));
  object.nullable("signed_by", v.signed_off ? std::optional(person_name(page, v.signed_off->by)) : std::nullopt);
  object.nullable("sent_at", at(v.sent));
  object.nullable("received_at", v.received);
  receipt(object.key("receipt"), page, v.receipt, r.to);
}

void receiver(std::string& out, const Page& page, const std::string& id) {
  const auto* known = page.directory.organisations.organisation(id);
  json::Object object(out);
  object.member("id", id);
  object.member("short", page.directory.organisations.short_name(id));
  object.member("external", known && known->external);
}

void line(json::Object& object, const Page& page, const report::Report& r) {
  object.member("id", r.id);
  object.member("incident", r.incident);
  object.member("incident_title", incident_title(page, r.incident));
  object.member("kind", r.kind);
  object.member("ordinal", r.ordinal);
  object.member("version", r.latest().number);
  object.member("state", r.state());
  organisation(object.key("from"), page, r.from);
  receiver(object.key("to"), page, r.to);
  object.member("title", r.latest().title);
  stamps(object, page, r, r.latest());
  object.member("actions", actions_on(page, r));
  json::Object documents(object.key("documents"));
  const std::string url = "/api/v1/reports/" + r.id + "/document.";
  const std::string version = "?version=" + std::to_string(r.latest().number);
  documents.member("pdf", url + "pdf" + version);
  documents.member("docx", url + "docx" + version);
}

}  // namespace

void report(std::string& out, const Page& page, const report::Report& r) {
  json::Object object(out);
  line(object, page, r);
  object.member("stream_version", journal::version_of(page.sql, "report/" + r.id));
  object.member("content", r.latest().content);
  json::write_list(object.key("versions"), r.versions, [&](std::string& o, const report::Version& v) {
    json::Object version(o);
    version.member("version", v.number);
    stamps(version, page, r, v);
    version.member("content", v.content);
  });
}

void report_line(std::string& out, const Page& page, const report::Report& r) {
  json::Object object(out);
  line(object, page, r);
}

}  // namespace render
}  // namespace anlan::edge
