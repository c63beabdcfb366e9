// The official document of a report, from the states that the journal gives, as one text.

#include "scenario/stage.h"

namespace anlan::scenario {
namespace {

struct Text {
  std::string out;

  void add(const std::string& line) { out += line + "\n"; }
  void operator()(const document::Heading& h) { add(h.text); }
  void operator()(const document::Paragraph& p) { add(p.text); }
  void operator()(const document::NumberedList& list) {
    for (const auto& item : list.items) add(item);
  }
  void operator()(const document::FactTable& table) {
    for (const auto& fact : table.facts) add(fact.label + " " + fact.value);
  }
  void operator()(const document::Table& table) {
    for (const auto& row : table.rows) {
      std::string line;
      for (const auto& cell : row) line += (line.empty() ? "" : " ") + cell;
      add(line);
    }
  }
};

document::BulletinIncident described(command::TestNode& node, const incident::Incident& i) {
  const auto& reference = node.reference();
  return {i.now.title,
          std::string(reference.event_types.find(i.now.type)->name),
          reference.divisions.path(*reference.divisions.find(i.now.place.division)) + i.now.place.address.value_or(""),
          std::string(name_of(i.now.source)),
          i.now.grade,
          i.now.grade_confirmed,
          i.now.occurred_at,
          i.now.learnt_at};
}

void add_figures(const incident::Incident& i, document::BulletinInput& in) {
  for (const auto& statement : i.statements)
    each_field<grade::Figures>([&](const auto& f) {
      if (const auto& value = statement.figures.*f.member)
        in.figures.push_back({std::string(f.name), std::to_string(static_cast<std::int64_t>(*value)), statement.source,
                              statement.at, statement.adopted});
    });
}

void add_clocks(command::TestNode& node, const report::Report& r, document::BulletinInput& in) {
  for (const auto& c : node.state<clock::Clocks>(r.incident + "/" + r.from).items)
    in.clocks.push_back({std::string(name_of(c.started.leg)), c.started.due_at,
                         c.met ? std::optional(c.met->at) : std::nullopt, c.met ? c.met->late_s : 0, c.state,
                         c.reason});
}

}  // namespace

std::string document_text(command::TestNode& node, const std::string& id) {
  static const auto words = document::parse_bulletin_words(command::shipped("documents/bulletin.toml")).value();
  const auto r = node.state<report::Report>(id);
  if (!r.exists()) throw Wrong("there is no such report");
  const auto i = node.state<incident::Incident>(r.incident);
  const auto& organisations = node.directory().organisations;
  document::BulletinInput in;
  in.kind = r.kind;
  in.ordinal = r.ordinal;
  in.version = r.latest().number;
  in.number = i.now.number;
  in.from = organisations.short_name(r.from);
  in.to = organisations.short_name(r.to);
  in.title = r.latest().title;
  in.content = r.latest().content;
  in.incident = described(node, i);
  add_figures(i, in);
  add_clocks(node, r, in);
  for (const auto& version : r.versions)
    if (version.receipt)
      in.receipts.push_back({version.number, version.receipt->decision, version.receipt->stamp.by,
                             version.receipt->stamp.at, version.receipt->reason});
  if (r.latest().signed_off) in.signer = organisations.person(r.latest().signed_off->by)->name;
  in.dated_at = r.latest().drafted.at;

  const auto d = document::bulletin(in, words);
  Text text;
  for (const auto& part : {d.urgency, d.letterhead, d.number, d.signer, d.title, d.addressees}) text.add(part);
  for (const auto& block : d.body) std::visit(text, block);
  return text.out;
}

}  // namespace anlan::scenario
