#include "edge/http/render.h"

#include <algorithm>

#include "codec/fact.h"
#include "domain/incident/facts.h"
#include "domain/report/facts.h"
#include "journal/streams.h"
#include "view/incidents.h"

namespace anlan::edge::render {
namespace {

// An account and its node, as journal::Fact::by() joins them.
struct By {
  std::string account, node;
};

By parts_of(const std::string& by) {
  const auto at = by.rfind('@');
  return at == std::string::npos ? By{by, {}} : By{by.substr(0, at), by.substr(at + 1)};
}

bool is_here(const Page& page, const By& by) { return by.node.empty() || by.node == page.reference.node; }

const organisation::Person* person_of(const Page& page, const std::string& account) {
  const auto found = page.directory.accounts.find(account);
  return found == page.directory.accounts.end() ? nullptr : page.directory.organisations.person(found->second.person);
}

// "parties/I/O" and "clocks/I/O", "report/I.O.r1", "instruction/I.O.i1" and "instruction/I.O.i1/ANSWERING",
// "warning/W.O".
std::string writer_in(std::string_view stream) {
  const auto slash = stream.find('/'), last = stream.rfind('/');
  if (slash == std::string_view::npos) return {};
  if (last != slash) return std::string(stream.substr(last + 1));
  if (stream.starts_with("warning/")) return std::string(stream.substr(stream.rfind('.') + 1));
  const bool dotted = stream.starts_with("report/") || stream.starts_with("instruction/");
  const auto begin = stream.find('.'), end = stream.find('.', begin + 1);
  return dotted && end != std::string_view::npos ? std::string(stream.substr(begin + 1, end - begin - 1))
                                                 : std::string();
}

// Of a stream whose name does not say whose it is, its first fact does: of a segment of an incident, of a receipt.
std::string writer_by_first(const Page& page, const std::string& stream) {
  const auto first = journal::read_version(page.sql, stream, 1);
  if (!first) return {};
  const auto is = [&](std::string_view type) { return first->type == type; };
  if (is(incident::Opened::kType))
    return std::get<incident::Opened>(codec::decode<incident::Fact>(first->type, first->body)).organisation;
  if (is(incident::TakenOver::kType))
    return std::get<incident::TakenOver>(codec::decode<incident::Fact>(first->type, first->body)).organisation;
  if (is(report::Received::kType))
    return std::get<report::Received>(codec::decode<report::ReceiptFact>(first->type, first->body)).to;
  return {};
}

}  // namespace

std::optional<std::string> person_behind(const Page& page, const std::string& by) {
  const By who = parts_of(by);
  const std::string key = "actor." + who.account;
  const bool has_words = page.texts.has(Locale::kChinese, key);
  if (!is_here(page, who)) return has_words ? std::optional(page.texts.get(Locale::kChinese, key)) : std::nullopt;
  if (const auto* person = person_of(page, who.account)) return person->name;
  return has_words ? page.texts.get(Locale::kChinese, key) : who.account;
}

std::string account_name(const Page& page, const std::string& by, const std::string& organisation) {
  if (const auto known = person_behind(page, by)) return *known;
  if (!organisation.empty()) return page.directory.organisations.short_name(organisation);
  const By who = parts_of(by);
  const auto* node = page.directory.nodes.find(who.node);
  return node ? node->name : who.node;
}

std::string person_name(const Page& page, const std::string& id) {
  const auto* person = page.directory.organisations.person(id);
  return person ? person->name : id;
}

std::string organisation_of(const Page& page, const journal::Fact& fact) {
  if (fact.node != page.reference.node) {
    const std::string named = writer_in(fact.stream);
    return named.empty() ? writer_by_first(page, fact.stream) : named;
  }
  if (const auto* person = person_of(page, fact.actor)) return person->organisation;
  const auto& keys = page.directory.keys;
  const auto key = fact.actor.starts_with("key:") ? keys.find(fact.actor.substr(4)) : keys.end();
  return key == keys.end() ? std::string() : key->second.organisation;
}

std::string division_name(const Page& page, const std::string& code) {
  const auto& divisions = page.reference.divisions;
  const auto* division = divisions.find(code);
  if (!division) return code;
  std::string name(division->name);
  for (const auto* above = divisions.parent(*division); above && above->level >= division::Level::kCounty;
       above = divisions.parent(*above))
    name.insert(0, above->name);
  return name;
}

// People write the town into the address again; it is said once.
std::string place_name(const Page& page, const incident::Place& place) {
  const auto* division = page.reference.divisions.find(place.division);
  const std::string address = place.address.value_or("");
  std::string name = division_name(page, place.division);
  if (address.starts_with(name)) return address;
  if (division && address.starts_with(division->name)) name.resize(name.size() - division->name.size());
  return name + address;
}

std::string whole_place_name(const Page& page, const incident::Place& place) {
  const auto* division = page.reference.divisions.find(place.division);
  if (!division) return place_name(page, place);
  std::string above = page.reference.divisions.path(*division);
  above.resize(above.size() - division_name(page, place.division).size());
  return above + place_name(page, place);
}

std::string event_type_name(const Page& page, const std::string& code, Locale locale) {
  const auto* type = page.reference.event_types.find(code);
  if (!type) return code;
  return std::string(locale == Locale::kEnglish ? type->name_en : type->name);
}

std::string incident_title(const Page& page, const std::string& incident) {
  const auto found = view::titles(page.sql, page.organisation(), {incident});
  return found.empty() ? std::string() : found.begin()->second;
}

void Titles::read(const Page& page, const std::vector<std::string>& incidents) {
  titles_ = view::titles(page.sql, page.organisation(), incidents);
}

const std::string& Titles::of(const std::string& incident) const {
  static const std::string kNone;
  const auto found = titles_.find(incident);
  return found == titles_.end() ? kNone : found->second;
}

void organisation(std::string& out, const Page& page, const std::string& id) {
  json::Object object(out);
  object.member("id", id);
  object.member("short", page.directory.organisations.short_name(id));
}

void person(std::string& out, const Page& page, const std::string& id) {
  if (id.empty()) return void(out += "null");
  const auto* known = page.directory.organisations.person(id);
  json::Object object(out);
  object.member("id", id);
  object.member("name", person_name(page, id));
  object.member("post", known ? known->post : std::string());
  object.member("phone", known ? known->phone.value_or("") : std::string());
}

void clocks(std::string& out, const Page& page, const std::vector<view::ClockRow>& rows) {
  const Titles titles(page, rows);
  json::write_list(out, rows,
                   [&](std::string& o, const view::ClockRow& row) { clock(o, page, row, titles.of(row.incident)); });
}

void clock(std::string& out, const Page& page, const view::ClockRow& row, const std::string& incident_title) {
  json::Object object(out);
  object.member("id", row.id);
  object.member("incident", row.incident);
  object.member("incident_title", incident_title);
  organisation(object.key("organisation"), page, row.organisation);
  object.member("leg", row.leg);
  object.member("rule", row.rule);
  object.member("starts_at", row.starts_at);
  object.member("basis", row.basis);
  object.member("assumed", row.assumed);
  object.member("due_at", row.due_at);
  object.member("state", row.state);
  object.member("reminded", row.reminded);
  object.nullable("met_at", row.met_at);
  object.nullable("noted_at", row.noted_at);
  object.nullable("met_by_name",
                  row.met_by ? std::optional(account_name(page, *row.met_by, row.organisation)) : std::nullopt);
  object.nullable("met_position", row.met_position);
  object.nullable("late_s", row.late_s);
  object.nullable("released", row.released);
  object.nullable("reason", row.reason);
}

}  // namespace anlan::edge::render
