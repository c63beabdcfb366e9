#pragma once
// Which node must have which fact, worked out anew from all facts that were ever recorded: not as the platform does it,
// fact by fact in the order in which they reach a node, but of all of them at once.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "journal/fact.h"

namespace anlan::sim {

// Node ids and their parents; organisations have the names of their nodes.
using Tree = std::map<std::string, std::string>;

class Scope {
 public:
  Scope(const Tree&, const std::vector<journal::Fact>& all);

  // The nodes that have the fact when everything has been carried.
  std::set<std::string> nodes(const journal::Fact&) const;
  // Who may know of the incident.
  const std::set<std::string>& told(const std::string& incident) const;

 private:
  struct Paper {
    std::string from;
    std::set<std::string> to;
    std::int64_t sent = 0;  // version in the stream of the last sending
  };
  struct Reading;
  void tell_merged();
  std::set<std::string> readers(const journal::Fact&) const;
  void add_way(std::set<std::string>& nodes, const std::string& from, const std::string& to) const;

  const Tree& tree_;
  std::map<std::string, std::set<std::string>> told_;
  std::map<std::string, Paper> papers_;                    // reports and instructions by id
  std::map<std::string, std::set<std::string>> owed_;      // streams of clocks: to whom
  std::map<std::string, std::set<std::string>> watching_;  // streams of callouts: who
  std::map<std::string, std::string> merged_;              // into what
};

// "INCIDENT" of "parties/INCIDENT/ORGANISATION" of "report/INCIDENT.ORGANISATION.r1" and of "incident/INCIDENT@2".
std::string incident_of(const std::string& stream);
// Part `number` between slashes, from 0; empty where there is none.
std::string part_of(const std::string& stream, int number);

}  // namespace anlan::sim
