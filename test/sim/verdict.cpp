#include "verdict.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "codec/fact.h"
#include "domain/node/facts.h"
#include "journal/start.h"
#include "journal/verify.h"
#include "owners.h"
#include "view/views.h"

namespace anlan::sim {
namespace {

constexpr const char* kDirectory = "/node";
constexpr std::size_t kMostFindings = 40;

using Key = std::pair<std::string, std::int64_t>;  // node and number

// "fact:NODE/NUMBER"; nothing of a command's key.
std::optional<Key> cause_of(const journal::Fact& fact) {
  if (!fact.cause.starts_with("fact:")) return std::nullopt;
  const auto slash = fact.cause.rfind('/');
  return Key{fact.cause.substr(5, slash - 5), std::stoll(fact.cause.substr(slash + 1))};
}

std::string name_of(const journal::Fact& f) {
  return f.type + " " + f.stream + " v" + std::to_string(f.version) + " (" + f.node + "/" +
         std::to_string(f.node_sequence) + ")";
}

// For who looks for a cause: all facts that name something, in order of their moments.
void tell(std::vector<journal::Fact> all, const std::string& about) {
  std::ranges::stable_sort(all, {}, &journal::Fact::recorded_at);
  for (const auto& fact : all)
    if (fact.stream.find(about) != std::string::npos || fact.body.find(about) != std::string::npos)
      std::fprintf(stderr, "%s %s by %s because of %s: %s\n", to_rfc3339(fact.recorded_at).c_str(),
                   name_of(fact).c_str(), fact.actor.c_str(), fact.cause.c_str(), fact.body.c_str());
}

// One store, read from end to end.
class StoreReading {
 public:
  StoreReading(const std::string& node, const command::Resumption& resumed, Verdict& verdict)
      : node_(node), resumed_(resumed), verdict_(verdict) {}

  void see(const journal::Fact& fact) {
    const Key key{fact.node, fact.node_sequence};
    if (!seen_.emplace(key, digest(fact)).second)
      verdict_.find(&Verdict::duplicated, node_ + " has twice " + name_of(fact));
    if (++versions_[fact.stream] != fact.version)
      verdict_.find(&Verdict::reordered, node_ + " has out of order " + name_of(fact));
    // What was given back to a restored node comes before what others told it meanwhile.
    const bool given_back = resumed_.agreed < fact.node_sequence && fact.node_sequence < resumed_.first_number;
    if (const auto cause = cause_of(fact); cause && fact.node == node_ && !given_back && !seen_.contains(*cause))
      verdict_.find(&Verdict::reordered, node_ + " answered before it had " + fact.cause + ": " + name_of(fact));
    if (fact.node == node_) own_.push_back(fact);
    ++verdict_.stored;
  }

  void keep(const Promised& promised) {
    for (const auto& [number, digest] : promised) {
      const auto found = seen_.find({node_, number});
      if (found == seen_.end())
        verdict_.find(&Verdict::lost, node_ + " had acknowledged its fact " + std::to_string(number));
      else if (found->second != digest)
        verdict_.find(&Verdict::diverged, node_ + " had acknowledged another fact " + std::to_string(number));
    }
    verdict_.promised += static_cast<std::int64_t>(promised.size());
  }

  // What a resumed node had recorded since its backup: said again with its own moments, or set aside.
  void keep_again(const std::vector<journal::Fact>& meanwhile) {
    std::multiset<std::string> there;
    for (const auto& fact : own_) {
      there.insert(act_of(fact.type, fact.actor, fact.recorded_at));
      if (fact.type != node::SetAside::kType) continue;
      const auto aside = json::from_text<node::SetAside>(fact.body, json::Unknown::kPassedOver).value();
      there.insert(act_of(aside.type, aside.actor, aside.recorded_at));
    }
    for (const auto& fact : meanwhile) {
      if (fact.actor == "system") continue;  // what its own lost history had answered already
      const auto found = there.find(act_of(fact.type, fact.actor, fact.recorded_at));
      if (found == there.end())
        verdict_.find(&Verdict::lost, node_ + " has not recorded again " + name_of(fact));
      else
        there.erase(found);
    }
  }

  const std::map<Key, std::uint64_t>& seen() const { return seen_; }
  std::vector<journal::Fact>& own() { return own_; }

 private:
  static std::string act_of(const std::string& type, const std::string& actor, Instant recorded_at) {
    return type + " " + actor + " " + to_rfc3339(recorded_at);
  }

  const std::string node_;
  const command::Resumption resumed_;
  Verdict& verdict_;
  std::map<Key, std::uint64_t> seen_;
  std::map<std::string, std::int64_t> versions_;
  std::vector<journal::Fact> own_;
};

// The views as they are against those that the journal alone gives.
void judge_views(Node& node, const powercut::Disk::Image& image, Verdict& verdict) {
  powercut::Disk::Image bare;
  for (const auto& [name, contents] : image)
    if (name.find("/view") == std::string::npos) bare[name] = contents;
  powercut::Disk disk(bare);
  auto& mount = mount_of("rebuilt");
  mount.mount(disk);
  const auto views = view::all_views();
  const auto rebuilt = journal::start(kDirectory, view::pointers(views), node.clock.now(), {}, mount.name());
  const auto ours = rows_of_views(node.sql()), theirs = rows_of_views(*rebuilt);
  if (ours == theirs) return;
  const auto [one, other] = std::ranges::mismatch(ours, theirs);
  verdict.find(&Verdict::diverged, node.id() + ": a view has " + (one == ours.end() ? "nothing" : *one) +
                                       " where its journal gives " + (other == theirs.end() ? "nothing" : *other));
}

// Sound as it lies there; and whole when the power is cut.
void judge_store(Node& node, StoreReading& reading, Verdict& verdict) {
  auto& mount = mount_of("judged");
  powercut::Disk present(node.disk().present());
  mount.mount(present);
  for (const auto& problem : journal::verify(kDirectory, {}, mount.name()).problems)
    verdict.find(&Verdict::diverged, node.id() + " is not sound at " + std::to_string(problem.position) + ": " +
                                         std::string(anlan::name_of(problem.kind)) + " " + problem.detail);
  const auto image = node.disk().cut({powercut::Cut::Unsynced::kDropped});
  powercut::Disk left(image);
  mount.mount(left);
  {
    const auto sql = sql::open(kDirectory, sql::Access::kInspect, mount.name());
    journal::each_after(*sql, 0, [&](const journal::Fact& fact) { reading.see(fact); });
  }
  reading.keep(node.promised());
  reading.keep_again(node.meanwhile());
  judge_views(node, image, verdict);
}

void judge_scope(const std::vector<journal::Fact>& all, const Scope& scope,
                 std::map<std::string, StoreReading>& readings, Verdict& verdict) {
  std::map<std::string, std::size_t> expected;
  for (const auto& fact : all) {
    const auto nodes = scope.nodes(fact);
    for (const auto& [node, reading] : readings) {
      const auto found = reading.seen().find({fact.node, fact.node_sequence});
      const bool there = found != reading.seen().end();
      if (nodes.contains(node) && !there) verdict.find(&Verdict::lost, node + " lacks " + name_of(fact));
      if (!nodes.contains(node) && there) verdict.find(&Verdict::diverged, node + " may not know of " + name_of(fact));
      if (there && found->second != digest(fact))
        verdict.find(&Verdict::diverged, node + " has another form of " + name_of(fact));
      expected[node] += there ? 1 : 0;
    }
  }
  for (const auto& [node, reading] : readings)
    if (reading.seen().size() != expected[node])
      verdict.find(&Verdict::diverged, node + " has facts that their own nodes do not have");
}

}  // namespace

void Verdict::find(std::int64_t Verdict::*kind, std::string words) {
  ++(this->*kind);
  if (findings.size() < kMostFindings) findings.push_back(std::move(words));
}

std::vector<std::string> rows_of_views(sql::Connection& sql) {
  std::vector<std::string> tables, rows;
  const auto names =
      sql.once("SELECT name FROM view.sqlite_master WHERE type = 'table' AND name NOT LIKE '%marks%' ORDER BY name");
  while (names->step()) tables.emplace_back(names->text(0));
  for (const auto& table : tables) {
    std::string row = "'" + table + "'";
    const auto columns = sql.once("SELECT name FROM pragma_table_info(?, 'view')");
    columns->bind(table);
    while (columns->step()) row += " || ' ' || quote(\"" + std::string(columns->text(0)) + "\")";
    const auto all = sql.once("SELECT " + row + " FROM view.\"" + table + "\" ORDER BY 1");
    while (all->step()) rows.emplace_back(all->text(0));
  }
  return rows;
}

void judge(const std::vector<std::unique_ptr<Node>>& nodes, Network& network, Verdict& verdict) {
  if (const auto left = network.left_over(); !left.empty()) verdict.find(&Verdict::lost, left);
  Tree tree;
  std::map<std::string, StoreReading> readings;
  std::vector<journal::Fact> all;
  for (const auto& node : nodes) {
    tree[node->id()] = node->parent();
    auto& reading = readings.try_emplace(node->id(), node->id(), node->resumption(), verdict).first->second;
    judge_store(*node, reading, verdict);
    std::ranges::move(reading.own(), std::back_inserter(all));
  }
  verdict.facts = static_cast<std::int64_t>(all.size());
  if (const char* about = std::getenv("SIM_ABOUT")) tell(all, about);
  const Scope scope(tree, all);
  judge_scope(all, scope, readings, verdict);
  const Owners owners(all);
  owners.judge(tree, verdict);
  owners.judge_lists(nodes, verdict);
  judge_promises(all, owners, tree, verdict);
}

}  // namespace anlan::sim
