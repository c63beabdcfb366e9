// What facts call for, and what may be there but once: worked out from all facts together.

#include <algorithm>

#include "codec/fact.h"
#include "domain/callout/facts.h"
#include "domain/clock/facts.h"
#include "domain/incident/facts.h"
#include "domain/instruction/facts.h"
#include "domain/node/facts.h"
#include "domain/organisation/facts.h"
#include "domain/report/facts.h"
#include "domain/warning/facts.h"
#include "owners.h"
#include "verdict.h"

namespace anlan::sim {
namespace {

struct Call {
  std::string organisation, incident, why;
};

class Promises {
 public:
  Promises(const Owners& owners, const Tree& tree, Verdict& verdict)
      : owners_(owners), tree_(tree), verdict_(verdict) {}

  void learn(const journal::Fact& fact) {
    if (fact.type == node::Resumed::kType)
      resumed_[fact.node] = std::get<node::Resumed>(codec::decode<node::HistoryFact>(node::Resumed::kType, fact.body));
  }

  void see(const journal::Fact& fact) {
    fact_ = &fact;
    const auto writer = writers_.try_emplace(fact.stream, fact.node).first->second;
    if (writer != fact.node)
      verdict_.find(&Verdict::diverged, fact.stream + " is written by " + writer + " and " + fact.node);
    // An act and a reaction leave their facts at one moment, so what was done twice has two of them.
    const std::string act = fact.actor + " " + fact.cause + " " + (fact.actor == "system" ? fact.node : "");
    const auto& first = *moments_.try_emplace(act, &fact).first->second;
    if (fact.cause != "node" && first.recorded_at != fact.recorded_at && !is_given_back(first))
      verdict_.find(&Verdict::duplicated, "done twice: " + act + " by " + fact.type + " " + fact.stream);
    read<incident::Fact>();
    read<incident::PartyFact>();
    read<report::Fact>();
    read<report::ReceiptFact>();
    read<instruction::Fact>();
    read<warning::Fact>();
    read<callout::Fact>();
    read<clock::Fact>();
  }

  void close() {
    for (const auto& call : joins_)
      if (!joined_.contains({call.incident, call.organisation}))
        verdict_.find(&Verdict::lost, call.organisation + " has not joined " + call.incident + " after " + call.why);
    for (const auto& [paper, to] : sent_)
      if (tree_.contains(to) && !received_.contains(paper))
        verdict_.find(&Verdict::lost, to + " has not received " + paper);
    for (const auto& [ended, into] : merged_)
      if (!absorbed_.contains(ended)) verdict_.find(&Verdict::lost, into + " has not absorbed " + ended);
    for (const auto& [incident, organisation] : joined_)
      if (const auto ended = merged_.find(incident);
          ended != merged_.end() && absorbed_.contains(incident) && !joined_.contains({ended->second, organisation}))
        verdict_.find(&Verdict::lost, organisation + " is in " + incident + " and not in " + ended->second);
    for (const auto& [stream, running] : running_) close_clocks(stream, running);
    for (const auto& [stream, calling] : calling_)
      if (!calling.closed) verdict_.find(&Verdict::lost, "people are called on what is over: " + stream);
    for (const auto& [incident, story] : owners_.stories()) judge_handed_over(incident, story);
    for (const auto& [started, recorded_at] : learnt_) check_learnt(started, recorded_at);
  }

 private:
  // Of what was done in one moment neighbours may have held a part only; the rest is done when its cause comes again.
  bool is_given_back(const journal::Fact& fact) const {
    const auto found = resumed_.find(fact.node);
    return found != resumed_.end() && found->second.agreed < fact.node_sequence &&
           fact.node_sequence < found->second.resumed_at;
  }
  template <class Variant>
  void read() {
    if (codec::is<Variant>(fact_->type))
      std::visit([this](const auto& f) { on(f); }, codec::decode<Variant>(fact_->type, fact_->body));
  }
  // One message of the name in the world outside.
  void on(const warning::Issued& f) { say(f.identifier); }
  void on(const warning::Cancelled& f) { say(f.identifier); }
  void say(const std::string& identifier) {
    if (!said_.insert(identifier).second) verdict_.find(&Verdict::duplicated, "said twice: " + identifier);
  }
  void on(const callout::Opened& f) {
    Calling& calling = calling_[fact_->stream];
    once(calling.version < f.warning_version, "called on version " + std::to_string(f.warning_version));
    calling = {f.warning_version, {}, {}, false};
  }
  // Whoever has answered is left in peace, and nobody gets two messages of one version.
  void on(const callout::Called& f) {
    if (f.way != callout::Way::kMessage) return;
    Calling& calling = calling_[fact_->stream];
    once(calling.called.insert({f.place, f.callee}).second, "somebody called");
    if (calling.answered.contains(f.place))
      verdict_.find(&Verdict::duplicated, "called after the answer: " + fact_->stream);
  }
  void on(const callout::Answered& f) { calling_[fact_->stream].answered.insert(f.place); }
  void on(const callout::Closed&) { calling_[fact_->stream].closed = true; }
  std::string incident() const { return incident_of(fact_->stream); }
  void once(bool first, const std::string& what) {
    if (!first) verdict_.find(&Verdict::duplicated, what + " twice, at last by " + fact_->stream);
  }
  void calls(const std::string& organisation) {
    if (tree_.contains(organisation)) joins_.push_back({organisation, incident(), fact_->type + " " + fact_->stream});
  }

  template <class Other>
  void on(const Other&) {}
  void on(const incident::Opened& f) {
    once(numbers_.insert(f.organisation + " " + f.number).second, "number " + f.number + " of " + f.organisation);
  }
  void on(const incident::Offered& f) { calls(f.to); }
  void on(const incident::Merged& f) { merged_[incident()] = f.into; }
  void on(const incident::Absorbed& f) { once(absorbed_.insert(f.ended).second, f.ended + " absorbed"); }
  void on(const incident::Joined& f) {
    once(joined_.insert({f.incident, f.organisation}).second, f.organisation + " joins " + f.incident);
    knew(f.organisation, f.learnt_at.value_or(fact_->recorded_at));
  }
  void on(const incident::Phoned& f) {
    calls(f.report.to);
    knew(f.report.to, f.report.at);
  }
  void knew(const std::string& organisation, Instant at) {
    auto& earliest = knew_.try_emplace({incident(), organisation}, at).first->second;
    earliest = std::min(earliest, at);
  }
  void on(const report::Drafted& f) { receivers_[part_of(fact_->stream, 1)] = f.to; }
  void on(const report::Sent& f) {
    const std::string id = part_of(fact_->stream, 1);
    sent_[id + " v" + std::to_string(f.version)] = receivers_[id];
    calls(receivers_[id]);
  }
  void on(const report::Received& f) {
    once(received_.insert(f.report + " v" + std::to_string(f.version)).second, f.report + " received");
  }
  void on(const instruction::Given& f) {
    for (const auto& to : f.to) calls(to);
  }
  void on(const clock::Started& f) {
    once(clocks_.insert(f.clock).second, "clock " + f.clock + " started");
    auto& running = running_[fact_->stream];
    once(running.emplace(f.leg, f.clock).second, "a clock of one leg runs");
    started_[f.clock] = fact_->node_sequence;
    if (f.basis == clock::Basis::kLearnt) learnt_.push_back({f, fact_->recorded_at});
  }
  void on(const clock::Met& f) { stop(f.clock); }
  void on(const clock::Released& f) { stop(f.clock); }
  void stop(const std::string& clock) {
    std::erase_if(running_[fact_->stream], [&](const auto& one) { return one.second == clock; });
  }

  // Nothing is owed on what its owner has closed but by those above it, and nothing at all on what was merged.
  void close_clocks(const std::string& stream, const std::map<clock::Leg, std::string>& running) {
    const std::string incident = incident_of(stream), organisation = part_of(stream, 2);
    if (running.empty() || !owners_.has(incident)) return;
    if (merged_.contains(incident) && absorbed_.contains(incident))
      verdict_.find(&Verdict::lost, "clocks run on what was merged: " + stream);
    else if (owners_.is_closed(incident) && !stands_above(tree_, organisation, owners_.owner(incident)))
      verdict_.find(&Verdict::lost, "clocks run on what was closed: " + stream);
  }
  // What ran for an owner when it released the incident, unless it stands above the next one.
  void judge_handed_over(const std::string& incident, const Owners::Story& story) {
    for (auto segment = story.begin(); std::next(segment) != story.end(); ++segment) {
      const std::string& owner = segment->second.owner;
      if (stands_above(tree_, owner, std::next(segment)->second.owner)) continue;
      for (const auto& [leg, clock] : running_["clocks/" + incident + "/" + owner])
        if (started_[clock] < segment->second.released_at)
          verdict_.find(&Verdict::lost, "clocks run on what was handed over: " + incident + " of " + owner);
    }
  }

  // What counts from learning of the incident counts from a call, or from when the node knew of it; its clock may have
  // been set back since.
  void check_learnt(const clock::Started& f, Instant recorded_at) {
    if (f.starts_at < std::min(knew_since(f.incident, f.organisation), recorded_at))
      verdict_.find(&Verdict::reordered,
                    "a clock counts from before the incident was learnt of: " + f.incident + "/" + f.organisation);
  }

  // Of it or of what has ended in it.
  Instant knew_since(const std::string& incident, const std::string& organisation) {
    const auto knew = knew_.find({incident, organisation});
    const bool opened = owners_.has(incident) && owners_.opener(incident) == organisation;
    Instant since = opened ? Instant::min() : knew == knew_.end() ? Instant::max() : knew->second;
    for (const auto& [ended, into] : merged_)
      if (into == incident && ended != incident) since = std::min(since, knew_since(ended, organisation));
    return since;
  }

  // Of the version that people are called on.
  struct Calling {
    std::int64_t version = 0;
    std::set<std::pair<std::int64_t, std::int64_t>> called;  // place and callee
    std::set<std::int64_t> answered;                         // places
    bool closed = false;
  };

  const Owners& owners_;
  const Tree& tree_;
  Verdict& verdict_;
  const journal::Fact* fact_ = nullptr;
  std::map<std::string, std::string> writers_, receivers_, sent_, merged_;
  std::map<std::string, std::int64_t> started_;          // clocks: by the number in their node
  std::map<std::string, const journal::Fact*> moments_;  // the first fact of an act
  std::map<std::string, node::Resumed> resumed_;         // by node
  std::set<std::string> numbers_, absorbed_, received_, clocks_, said_;
  std::set<std::pair<std::string, std::string>> joined_;  // incident and organisation
  std::map<std::pair<std::string, std::string>, Instant> knew_;
  std::vector<Call> joins_;
  std::map<std::string, Calling> calling_;  // by stream
  std::map<std::string, std::map<clock::Leg, std::string>> running_;
  std::vector<std::pair<clock::Started, Instant>> learnt_;
};

}  // namespace

void judge_promises(const std::vector<journal::Fact>& all, const Owners& owners, const Tree& tree, Verdict& verdict) {
  Promises promises(owners, tree, verdict);
  for (const auto& fact : all) promises.learn(fact);
  for (const auto& fact : all) promises.see(fact);
  promises.close();
}

}  // namespace anlan::sim
