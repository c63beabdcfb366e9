#include "edge/http/render_alert.h"

#include <algorithm>

#include "edge/http/actions.h"
#include "edge/http/wording.h"
#include "journal/streams.h"

namespace anlan::edge {
namespace {

// As the form of a warning fills it in for its own.
std::string worded(const Page& page, const std::string& text, const warning::Template& prepared,
                   const alert::Message& m) {
  const auto* issuer = page.directory.organisations.organisation(page.organisation());
  const Wording wording(page, Locale::kChinese);
  return fill(text, {{"issuer", issuer ? issuer->name : std::string()},
                     {"area", m.area.description},
                     {"type", render::event_type_name(page, prepared.event)},
                     {"colour", wording.word("colour", name_of(prepared.colour))},
                     {"standard", prepared.standard},
                     {"hours", std::to_string(prepared.hours)}});
}

const warning::Template* prepared_for(const Page& page, const warning::Content& c) {
  for (const auto* t : page.reference.warning_rules.prepared(page.now))
    if (t->event == c.type && t->colour == c.colour) return t;
  return nullptr;
}

// The sender's words before prepared ones: who saw it knows more than who prepared for it.
void add_texts(const Page& page, const alert::Message& m, warning::Content& c) {
  c.headline = m.headline;
  c.description = m.description;
  c.instruction = m.instruction;
  c.channels = {std::string(warning::kChannels.front())};
  const auto* prepared = prepared_for(page, c);
  if (!prepared) return;
  if (c.headline.empty()) c.headline = worded(page, prepared->headline, *prepared, m);
  if (c.description.empty()) c.description = worded(page, prepared->description, *prepared, m);
  if (c.instruction.empty()) c.instruction = worded(page, prepared->instruction, *prepared, m);
  c.channels = prepared->channels;
  c.standard = prepared->id;
}

void add_area(const Page& page, const alert::Message& m, warning::Content& c) {
  const auto* issuer = page.directory.organisations.organisation(page.organisation());
  c.area.description = m.area.description;
  c.area.rings = m.area.rings;
  for (const auto& circle : m.area.circles)
    if (circle.radius_m > 0) c.area.circles.push_back(circle);
  for (const std::string& division : m.area.divisions)
    if (issuer && page.reference.divisions.inside(division, issuer->division)) c.area.divisions.push_back(division);
}

std::vector<std::string> ids_of(const std::vector<alert::Reference>& references) {
  std::vector<std::string> ids;
  for (const auto& r : references) ids.push_back(r.alert);
  return ids;
}

void write_offences(std::string& out, const alert::Alert& a) {
  std::size_t i = 0;
  json::write_list(out, a.offences, [&](std::string& o, const alert::Refused& one) {
    json::Object object(o);
    object.member("source", one.source);
    object.member("sm3", one.sm3);
    object.member("offence", one.offence);
    object.nullable("detail", one.detail);
    object.member("sender", one.sender);
    object.member("identifier", one.identifier);
    object.member("headline", one.headline);
    object.member("at", a.offended_at[i++]);
  });
}

std::vector<std::string> sources_of(const alert::Alert& a) {
  std::vector<std::string> names;
  for (const auto& s : a.also_seen)
    if (std::ranges::find(names, s.source) == names.end()) names.push_back(s.source);
  return names;
}

}  // namespace

Outcome<alert::Alert> read_alert(const Page& page, const std::string& id) {
  std::string world;
  auto a = state::replay<alert::Alert>(page.sql, id, &world);
  if (world != page.world || a.organisation != page.organisation() || (!a.exists() && a.offences.empty()))
    return refuse(RefusalKind::kNotFound, "alert.unknown");
  return a;
}

AlertDraft draft_from(const Page& page, const alert::Alert& a) {
  const alert::Message& m = a.received->message;
  AlertDraft draft;
  auto& c = draft.content;
  c.type = m.type.value_or("");
  c.colour = m.colour.value_or(warning::Colour::kBlue);
  c.candidate = a.id;
  if (m.onset && *m.onset > page.now) c.onset = m.onset;
  c.expires = a.ends();
  add_texts(page, m, c);
  add_area(page, m, c);
  if (!m.type) draft.missing.emplace_back("type");
  if (!m.colour) draft.missing.emplace_back("colour");
  if (c.area.empty()) draft.missing.emplace_back("area");
  return draft;
}

namespace render {

void alert(std::string& out, const Page& page, const alert::Alert& a) {
  const auto* received = a.received ? &*a.received : nullptr;
  const auto type = received ? received->message.type : std::nullopt;
  json::Object object(out);
  object.member("id", a.id);
  object.member("state", a.state_at(page.now));
  object.member("handling", a.handling());
  object.member("version", journal::version_of(page.sql, "alert/" + a.id));
  object.nullable("received_at", received ? std::optional(a.received_at) : std::nullopt);
  object.nullable("ends", received ? std::optional(a.ends()) : std::nullopt);
  object.nullable("source", received ? std::optional(received->source) : std::nullopt);
  object.nullable("sm3", received ? std::optional(received->sm3) : std::nullopt);
  if (type) {
    json::Object one(object.key("type"));
    one.member("code", *type);
    one.member("name", event_type_name(page, *type));
  } else {
    object.raw("type", "null");
  }
  object.nullable("message", received ? std::optional(received->message) : std::nullopt);
  object.nullable("signature", received ? std::optional(received->signature) : std::nullopt);
  object.member("trusted", a.trusted());
  object.member("also_seen", sources_of(a));
  object.member("later", a.successors());
  object.member("earlier", received ? ids_of(received->message.references) : std::vector<std::string>{});
  write_offences(object.key("offences"), a);
  object.member("warnings", a.warnings);
  object.nullable("dismissed", a.dismissed);
  object.member("actions", actions_on(page, a));
}

void alerts(std::string& out, const Page& page, const std::vector<std::string>& ids) {
  json::write_list(out, state::replay_all<alert::Alert>(page.sql, ids),
                   [&](std::string& o, const alert::Alert& a) { alert(o, page, a); });
}

}  // namespace render
}  // namespace anlan::edge
