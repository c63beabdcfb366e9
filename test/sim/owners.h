#pragma once
// Who owned which incident when, worked out from all facts together: the segments by their numbers, whatever their
// nodes and moments.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "domain/incident/facts.h"
#include "verdict.h"

namespace anlan::sim {

class Owners {
 public:
  explicit Owners(const std::vector<journal::Fact>& all);

  // Every segment but the last ends with a release to whom the next one begins with, of what was asked for.
  void judge(const Tree&, Verdict&) const;
  // What the nodes' lists say against it.
  void judge_lists(const std::vector<std::unique_ptr<Node>>&, Verdict&) const;

  bool has(const std::string& incident) const { return stories_.contains(incident); }
  const std::string& opener(const std::string& incident) const { return stories_.at(incident).begin()->second.owner; }
  const std::string& owner(const std::string& incident) const { return stories_.at(incident).rbegin()->second.owner; }
  // By the last fact that says so.
  bool is_closed(const std::string& incident) const;

  struct Segment {
    std::string owner;
    std::int64_t from = 0, length = 0;
    std::vector<incident::Fact> facts;
    std::int64_t released_at = 0;  // the number of the release in its node
  };
  using Story = std::map<std::int64_t, Segment>;  // by epoch
  const std::map<std::string, Story>& stories() const { return stories_; }

 private:
  void judge(const std::string& incident, const Story&, const Tree&, Verdict&) const;
  // Whether the release was asked for: by an acceptance of an offer that stood, or by a claim from above.
  bool was_asked(const std::string& incident, const Segment&, const incident::Released&, const Tree&) const;

  std::map<std::string, Story> stories_;
  // "INCIDENT/ORGANISATION/EPOCH/OFFER" and "INCIDENT/ORGANISATION/EPOCH".
  std::set<std::string> accepted_, claimed_;
};

bool stands_above(const Tree&, const std::string& upper, const std::string& organisation);

}  // namespace anlan::sim
