#include "edge/http/render_warning.h"

#include "edge/http/actions.h"
#include "edge/http/wording.h"
#include "journal/streams.h"
#include "view/audience.h"

namespace anlan::edge {

Outcome<warning::Warning> read_warning(const Page& page, const std::string& id) {
  std::string world;
  auto w = state::replay<warning::Warning>(page.sql, id, &world);
  if (!w.exists() || world != page.world || !view::sees_stream(page.sql, page.organisation(), "warning/" + id))
    return refuse(RefusalKind::kNotFound, "warning.unknown");
  return w;
}

namespace render {
namespace {

void signature(std::string& out, const Page& page, const warning::Signature& s) {
  json::Object object(out);
  person(object.key("person"), page, s.person);
  object.member("people", s.people);
  object.member("leader", s.leader);
  object.member("at", s.at);
}

// `needed`: signatures that its rule asks for today; null where no rule does.
void version(std::string& out, const Page& page, const warning::Warning& w, const warning::Version& v) {
  const auto* rule = page.reference.warning_rules.signing(v.content.colour, page.now);
  json::Object object(out);
  object.member("number", v.number);
  event_type(object.key("type"), page, v.content.type);
  object.member("content", v.content);
  object.member("by_name", account_name(page, v.by, w.organisation));
  object.member("drafted_at", v.drafted_at);
  json::write_list(object.key("signatures"), v.signatures,
                   [&](std::string& o, const warning::Signature& s) { signature(o, page, s); });
  object.nullable("needed", rule ? std::optional(rule->signatures) : std::nullopt);
  object.nullable("declined_by", v.declined ? std::optional(person_name(page, v.declined->person)) : std::nullopt);
  object.nullable("declined_reason", v.declined ? std::optional(v.declined->reason) : std::nullopt);
  object.nullable("issued_at", v.issued ? std::optional(v.issued_at) : std::nullopt);
  object.nullable("identifier", v.issued ? std::optional(v.issued->identifier) : std::nullopt);
  object.nullable("people", v.issued ? std::optional(v.issued->people) : std::nullopt);
}

// How many would be reached now, for who is asked to sign; null where nothing waits here.
std::optional<std::int64_t> people_now(const Page& page, const warning::Warning& w) {
  if (!w.pending() || w.organisation != page.organisation()) return std::nullopt;
  return page.recipients ? page.recipients->count(w.pending()->content, w.organisation) : 0;
}

}  // namespace

void event_type(std::string& out, const Page& page, const std::string& code) {
  json::Object object(out);
  object.member("code", code);
  object.member("name", event_type_name(page, code));
}

warning::State state_of(const Page& page, const warning::Warning& w) {
  const bool late = w.state == warning::State::kIssued && w.in_force()->content.expires <= page.now;
  return late ? warning::State::kExpired : w.state;
}

void warning(std::string& out, const Page& page, const warning::Warning& w) {
  const auto one = [&](std::string& o, const warning::Version* v) { version(o, page, w, *v); };
  const auto maybe = [&](std::string& o, const warning::Version* v) { v ? one(o, v) : void(o += "null"); };
  json::Object object(out);
  object.member("id", w.id);
  organisation(object.key("organisation"), page, w.organisation);
  object.member("state", state_of(page, w));
  object.member("version", journal::version_of(page.sql, "warning/" + w.id));
  maybe(object.key("in_force"), w.in_force());
  maybe(object.key("pending"), w.organisation == page.organisation() ? w.pending() : nullptr);
  json::write_list(object.key("issued"), w.issued(), one);
  object.nullable("people_now", people_now(page, w));
  object.nullable("ending", w.cancelled ? std::optional(w.cancelled->ending) : std::nullopt);
  object.nullable("ended_by", w.cancelled ? std::optional(person_name(page, w.cancelled->person)) : std::nullopt);
  object.nullable("ended_reason", w.cancelled ? std::optional(w.cancelled->reason) : w.withdrawn);
  object.nullable("ended_at", w.over() ? std::optional(w.ended_at) : std::nullopt);
  object.member("actions", actions_on(page, w));
}

void warnings(std::string& out, const Page& page, const std::vector<std::string>& ids) {
  json::write_list(out, state::replay_all<warning::Warning>(page.sql, ids),
                   [&](std::string& o, const warning::Warning& w) { warning(o, page, w); });
}

void public_warning(std::string& out, const Page& page, const warning::Warning& w) {
  const auto& v = *w.in_force();
  json::Object object(out);
  object.member("identifier", v.issued->identifier);
  object.member("issuer", page.directory.organisations.short_name(w.organisation));
  event_type(object.key("type"), page, v.content.type);
  object.member("colour", v.content.colour);
  object.member("headline", v.content.headline);
  object.member("description", v.content.description);
  object.member("instruction", v.content.instruction);
  object.member("area_desc", v.content.area.description);
  object.member("divisions", v.content.area.divisions);
  object.member("rings", v.content.area.rings);
  object.member("circles", v.content.area.circles);
  object.member("issued_at", v.issued_at);
  object.nullable("onset", v.content.onset);
  object.member("expires", v.content.expires);
}

void prepared(std::string& out, const Page& page, const warning::Template& t) {
  const auto* issuer = page.directory.organisations.organisation(page.organisation());
  const Wording wording(page, Locale::kChinese);
  const Texts::Values values{{"issuer", issuer ? issuer->name : std::string()},
                             {"area", "{area}"},
                             {"type", event_type_name(page, t.event)},
                             {"colour", wording.word("colour", name_of(t.colour))},
                             {"standard", t.standard},
                             {"hours", std::to_string(t.hours)}};
  json::Object object(out);
  object.member("id", t.id);
  object.member("document", t.document);
  object.member("clause", t.clause);
  event_type(object.key("type"), page, t.event);
  object.member("colour", t.colour);
  object.member("standard", t.standard);
  object.member("headline", fill(t.headline, values));
  object.member("description", fill(t.description, values));
  object.member("instruction", fill(t.instruction, values));
  object.member("hours", t.hours);
  object.member("channels", t.channels);
}

}  // namespace render
}  // namespace anlan::edge
