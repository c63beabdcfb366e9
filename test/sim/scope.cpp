#include "scope.h"

#include <algorithm>

#include "codec/fact.h"
#include "domain/callout/facts.h"
#include "domain/clock/facts.h"
#include "domain/incident/facts.h"
#include "domain/instruction/facts.h"
#include "domain/report/facts.h"
#include "domain/warning/facts.h"

namespace anlan::sim {

std::string part_of(const std::string& stream, int number) {
  std::size_t from = 0;
  for (; number > 0; --number) {
    from = stream.find('/', from);
    if (from == std::string::npos) return {};
    ++from;
  }
  return stream.substr(from, stream.find('/', from) - from);
}

std::string incident_of(const std::string& stream) {
  const std::string id = part_of(stream, 1);
  return id.substr(0, id.find_first_of(".@"));
}

// What one fact says of who may know what.
struct Scope::Reading {
  Scope& scope;
  const journal::Fact& fact;

  template <class Variant>
  void read() {
    if (codec::is<Variant>(fact.type))
      std::visit([this](const auto& f) { on(f); }, codec::decode<Variant>(fact.type, fact.body));
  }
  std::set<std::string>& told() { return scope.told_[incident_of(fact.stream)]; }
  Paper& paper() { return scope.papers_[part_of(fact.stream, 1)]; }

  template <class Other>
  void on(const Other&) {}
  void on(const incident::Opened& f) { told().insert(f.organisation); }
  void on(const incident::Joined& f) { told().insert(f.organisation); }
  void on(const incident::Phoned& f) { told().insert(f.report.to); }
  void on(const incident::Offered& f) { told().insert(f.to); }
  void on(const incident::Referred& f) { scope.told_[f.ended].insert(f.to); }
  void on(const incident::Merged& f) {
    scope.merged_[incident_of(fact.stream)] = f.into;
    told().insert(f.owner);
  }
  void on(const report::Drafted& f) {
    paper().from = f.from;
    paper().to = {f.to};
  }
  void on(const report::Sent&) {
    paper().sent = std::max(paper().sent, fact.version);
    told().insert(paper().to.begin(), paper().to.end());
  }
  void on(const instruction::Given& f) {
    paper().from = f.from;
    paper().to = {f.to.begin(), f.to.end()};
    told().insert(f.to.begin(), f.to.end());
  }
  void on(const warning::Drafted& f) { paper().from = f.organisation; }
  void on(const warning::Issued& f) { paper().to.insert(f.to.begin(), f.to.end()); }
  void on(const callout::Opened& f) {
    auto& watching = scope.watching_[fact.stream];
    watching.insert(f.organisation);
    watching.insert(f.to.begin(), f.to.end());
  }
  void on(const clock::Started& f) {
    if (f.to) scope.owed_[fact.stream].insert(*f.to);
  }
};

// Facts of a node come in its order, so a draft before its sending.
Scope::Scope(const Tree& tree, const std::vector<journal::Fact>& all) : tree_(tree) {
  for (const auto& fact : all) {
    Reading reading{*this, fact};
    reading.read<incident::Fact>();
    reading.read<incident::PartyFact>();
    reading.read<report::Fact>();
    reading.read<instruction::Fact>();
    reading.read<warning::Fact>();
    reading.read<callout::Fact>();
    reading.read<clock::Fact>();
  }
  tell_merged();
}

// Who knew of an incident that ended in another one knows of that one too.
void Scope::tell_merged() {
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& [ended, into] : merged_) {
      auto& more = told_[into];
      const std::size_t before = more.size();
      more.insert(told_[ended].begin(), told_[ended].end());
      grown = grown || more.size() > before;
    }
  }
}

const std::set<std::string>& Scope::told(const std::string& incident) const {
  static const std::set<std::string> kNobody;
  const auto found = told_.find(incident);
  return found == told_.end() ? kNobody : found->second;
}

std::set<std::string> Scope::readers(const journal::Fact& fact) const {
  const std::string prefix = part_of(fact.stream, 0), incident = incident_of(fact.stream);
  if (prefix == "incident" || prefix == "parties") return told(incident);
  if (prefix == "callout") return watching_.at(fact.stream);
  if (prefix == "clocks") {
    std::set<std::string> readers{part_of(fact.stream, 2)};
    if (const auto owed = owed_.find(fact.stream); owed != owed_.end())
      for (const auto& to : owed->second)
        if (told(incident).contains(to)) readers.insert(to);
    return readers;
  }
  const auto found = papers_.find(part_of(fact.stream, 1));
  if (found == papers_.end()) return {};
  const Paper& paper = found->second;
  std::set<std::string> readers{paper.from};
  if (prefix != "report" || fact.version <= paper.sent) readers.insert(paper.to.begin(), paper.to.end());
  return readers;
}

std::set<std::string> Scope::nodes(const journal::Fact& fact) const {
  const std::string prefix = part_of(fact.stream, 0);
  std::set<std::string> nodes{fact.node};
  if (prefix == "node" || prefix == "history" || prefix == "organisation" || prefix == "person") {
    for (const auto& [node, parent] : tree_) nodes.insert(node);
  } else if (prefix == "duty") {
    for (std::string at = fact.node; !at.empty(); at = tree_.at(at)) nodes.insert(at);
  } else if (prefix == "incident" || prefix == "parties" || prefix == "clocks" || prefix == "report" ||
             prefix == "receipt" || prefix == "instruction" || prefix == "warning" || prefix == "callout") {
    for (const auto& reader : readers(fact))
      if (tree_.contains(reader)) add_way(nodes, fact.node, reader);
  }
  return nodes;
}

// Up from both ends as far as they have nothing in common.
void Scope::add_way(std::set<std::string>& nodes, const std::string& from, const std::string& to) const {
  std::vector<std::string> above;
  for (std::string at = from; !at.empty(); at = tree_.at(at)) above.push_back(at);
  std::string meeting = to;
  while (std::ranges::find(above, meeting) == above.end()) {
    nodes.insert(meeting);
    meeting = tree_.at(meeting);
  }
  for (const auto& at : above) {
    nodes.insert(at);
    if (at == meeting) break;
  }
}

}  // namespace anlan::sim
