// The official document of a report as one text, as its sender prints it.

#include "edge/http/bulletin_input.h"
#include "main/load.h"
#include "scenario/stage.h"
#include "view/audience.h"

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

}  // namespace

std::string document_text(command::TestNode& node, const std::string& id) {
  static const auto words = document::parse_bulletin_words(command::shipped("documents/bulletin.toml")).value();
  static const Texts texts = load_texts(ANLAN_SOURCE_DIR "/data/text").value();
  const account::Actor sender{{}, {}, {}, node.state<report::Report>(id).from, {account::Role::kDutyOfficer}};
  const std::string world(command::kReal);
  const http::Query query;
  const std::vector<std::string> arguments{id};
  const edge::Page page{node.sql(), node.vault(), node.reference(), node.directory(),       texts,
                        sender,     world,        node.clock.now(), view::seen(node.sql()), query,
                        arguments};
  const auto in = edge::read_bulletin(page, {}, id);
  if (!in.ok()) throw Wrong("there is no such report");
  const auto d = document::bulletin(*in, words);
  Text text;
  for (const auto& part : {d.urgency, d.letterhead, d.number, d.signer, d.title, d.addressees}) text.add(part);
  for (const auto& block : d.body) std::visit(text, block);
  return text.out;
}

}  // namespace anlan::scenario
