#include "world.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "desk.h"
#include "journal/start.h"
#include "journal/verify.h"
#include "platform/machine/files.h"
#include "policy/timers.h"
#include "reference.h"
#include "signatures.h"

namespace anlan::sim {
namespace {

using namespace std::chrono_literals;

constexpr Weather kBadWeather{25, 30, 20, 40, 8};

}  // namespace

World::World(Size size)
    : network_(agenda_, now_,
               {[this](Node& node) { recorded(node); },
                [this](const std::string& problem) { verdict_.find(&Verdict::diverged, problem); },
                [this](Node& node) { failed(node); }},
               counts_) {
  seed_signatures(0);
  network_.signs = true;  // what they begin with may be sent again
  const auto counties = county_codes();
  add_node("city", "", "370700");
  for (std::size_t c = 0; c < size.counties; ++c) {
    const std::string county = "c" + std::to_string(c + 1), code = counties[c % counties.size()];
    add_node(county, "city", code);
    for (std::size_t t = 0; t < size.towns; ++t) add_node(county + "t" + std::to_string(t + 1), county, code);
  }
  register_everybody();
}

void World::add_node(const std::string& id, const std::string& parent, const std::string& division) {
  divisions_[id] = division;
  nodes_.push_back(std::make_unique<Node>(id, parent, reference_of(id, division), now_, nodes_.size() + 1));
  nodes_.back()->start();
  for (const auto& node : nodes_)
    if (node->id() == parent) network_.connect(*nodes_.back(), *node);
}

void World::must(Node& node, command::Command command, const std::string& target) {
  const auto outcome = node.run(node.asked("system", std::move(command), target));
  if (!outcome.ok()) throw std::runtime_error(target + " cannot be set up: " + outcome.error().code);
  now_ += 1ms;
}

void World::register_everybody() {
  using organisation::Level;
  Node& top = *nodes_.front();
  const auto add = [&](const std::string& id, Level level, const std::string& division,
                       std::optional<std::string> superior) {
    organisation::RegisterOrganisation c;
    c.name = c.short_name = id;
    c.level = level;
    c.division = division;
    c.superior = std::move(superior);
    c.external = level == Level::kProvince;
    must(top, c, id);
  };
  add("province", Level::kProvince, "370000", {});
  for (const auto& node : nodes_) {
    const bool county = node->parent() == top.id();
    const Level level = node->parent().empty() ? Level::kCity : county ? Level::kCounty : Level::kTown;
    add(node->id(), level, divisions_[node->id()], node->parent().empty() ? "province" : node->parent());
    node::Register self;
    self.name = node->id();
    self.public_key = node->public_key();
    if (!node->parent().empty()) self.parent = node->parent();
    must(top, self, node->id());
    must(top, organisation::PlaceOrganisation{node->id()}, node->id());
  }
  network_.stir(top);
  quiet();
  for (const auto& node : nodes_) add_people(*node);
  quiet();
}

// An officer and a leader.
void World::add_people(Node& node) {
  const auto level = node.directory().organisations.organisation(node.id())->level;
  const auto role = level == organisation::Level::kCity     ? account::Role::kDutyOfficer
                    : level == organisation::Level::kCounty ? account::Role::kCountyOfficer
                                                            : account::Role::kTownOfficer;
  for (const auto& [name, as] :
       {std::pair(node.id(), role), std::pair(node.id() + "-leader", account::Role::kLeader)}) {
    organisation::RegisterPerson person;
    person.name = name;
    person.organisation = node.id();
    person.post = "post";
    must(node, person, "p-" + name);
    must(node, command::CreateAccount{{name, "p-" + name, {as}}, "hash"}, {});
  }
  network_.stir(node);
}

std::vector<std::string> World::names() const {
  std::vector<std::string> names;
  for (const auto& node : nodes_) names.push_back(node->id());
  return names;
}

Outcome World::play(std::uint64_t seed, const std::vector<Step>& steps) {
  chance_ = Chance(seed * 7919 + 1);
  network_.reseed(seed * 104729 + 2);
  seed_signatures(seed);
  network_.weather = kBadWeather;
  network_.signs = std::ranges::any_of(steps, [](const Step& step) { return step.kind == Kind::kRestore; });
  counts_.clear();
  try {
    for (const Step& step : steps) {
      run_until(step.at);
      act(step);
    }
    mend();
    quiet();
    judge(nodes_, network_, verdict_);
  } catch (const std::exception& error) {
    verdict_.find(&Verdict::diverged, std::string("the run broke off: ") + error.what());
  }
  return {verdict_, counts_};
}

void World::run_until(Instant moment) {
  while (!agenda_.empty() && agenda_.next() <= moment) {
    now_ = std::max(now_, agenda_.next());
    agenda_.take()();
  }
  now_ = std::max(now_, moment);
}

// Clocks end sooner or later, so this does.
void World::quiet() {
  const Instant latest = now_ + std::chrono::hours{24 * 400};
  while (!agenda_.empty()) {
    if (agenda_.next() > latest) throw std::runtime_error("no rest is found");
    run_until(agenda_.next());
  }
}

void World::act(const Step& step) {
  Node& node = *nodes_[step.node];
  if (is_fault(step.kind)) return befall(step);
  if (!node.up()) return;
  const auto everybody = names();
  const Desk::Submit submitted = [this](Node& at, const command::Envelope& e) { return submit(at, e); };
  try {
    Desk(node, step, everybody, submitted).work();
  } catch (const sql::Error&) {  // while it looked something up
    failed(node);
  }
}

// What fails is asked again when the node is back, under the same key; now and then what did not fail, too.
std::optional<command::Outcome> World::submit(Node& node, const command::Envelope& envelope) {
  try {
    auto outcome = node.run(envelope);
    ++counts_[outcome.ok() ? "command" : "refusal"];
    if (outcome.ok() && outcome->replayed) ++counts_["repeated command"];
    if (!outcome.ok()) ++counts_["refusal " + outcome.error().code];
    recorded(node);
    if (outcome.ok() && chance_.one_in(20)) unanswered_[&node].push_back(envelope);
    return outcome;
  } catch (const sql::Error&) {
    unanswered_[&node].push_back(envelope);
    failed(node);
    return std::nullopt;
  }
}

void World::recorded(Node& node) {
  network_.stir(node);
  wake(node);
  const auto of_warning = [](const journal::Fact& fact) { return fact.stream.starts_with("warning/"); };
  if (node.up() && std::ranges::any_of(node.facts(), of_warning))
    agenda_.at(now_ + 1s, [this, &node] { call_out(node); });
}

// As a node asks all the time. What is to begin and does not would be asked for ever.
void World::call_out(Node& node) {
  if (!node.up()) return;
  const auto wanted = [&] {
    return policy::callouts_to_begin(node.sql(), node.directory(), node.reference().warning_rules, node.id(),
                                     node.clock.now());
  };
  try {
    const auto commands = wanted();
    for (const auto& begin : commands) {
      ++counts_["callout"];
      if (!node.run(begin).ok()) verdict_.find(&Verdict::lost, node.id() + ": a callout cannot begin");
      recorded(node);
      if (!node.up()) return;
    }
    if (!commands.empty() && !wanted().empty())
      verdict_.find(&Verdict::lost, node.id() + ": a callout is to begin and does not");
  } catch (const sql::Error&) {
    failed(node);
  }
}

void World::wake(Node& node) {
  std::optional<Instant> due;
  try {
    due = node.next_due();
  } catch (const sql::Error&) {
    return failed(node);
  }
  if (!due) return;
  const auto planned = wakes_.find(&node);
  if (planned != wakes_.end() && planned->second <= *due && planned->second > now_) return;
  wakes_[&node] = *due;
  agenda_.at(*due, [this, &node, when = *due] {
    if (node.up() && wakes_[&node] == when) tick(node);
  });
}

// A view that calls a clock due which has nothing to say would call for ever.
void World::tick(Node& node) {
  bool spoken = true;
  try {
    const auto commands = policy::due_commands(node.sql(), node.clock.now());
    spoken = commands.empty();
    for (const auto& due : commands) {
      ++counts_["tick"];
      if (!node.run(due).ok()) verdict_.find(&Verdict::lost, node.id() + ": a clock cannot speak");
      spoken = spoken || !node.facts().empty();
    }
  } catch (const sql::Error&) {
    return failed(node);
  }
  if (!spoken) return verdict_.find(&Verdict::diverged, node.id() + ": a clock was to speak and said nothing");
  recorded(node);
}

// The process ends of it, and is started again after a while.
void World::failed(Node& node) {
  ++counts_["failed commit"];
  crash(node, chance_.next());
}

void World::crash(Node& node, std::uint64_t chance) {
  if (!node.up()) return;
  using Unsynced = powercut::Cut::Unsynced;
  const bool full = node.disk().full;
  node.crash({chance % 4 == 0 ? Unsynced::kDropped : Unsynced::kTorn, chance});
  node.disk().full = full;
  agenda_.at(now_ + Milliseconds(static_cast<std::int64_t>(1000 + chance % 3'600'000)),
             [this, &node] { start_again(node); });
}

void World::start_again(Node& node) {
  if (node.up()) return;
  try {
    node.start();
  } catch (const sql::Error& error) {
    if (!node.disk().full) throw std::runtime_error(node.id() + " does not start: " + error.what());
    agenda_.at(now_ + 10min, [this, &node] { start_again(node); });
    return;
  }
  ++counts_["restart"];
  network_.forget(node);
  wakes_.erase(&node);
  wake(node);
  call_out(node);
  for (const auto& envelope : std::exchange(unanswered_[&node], {}))
    if (node.up())
      submit(node, envelope);
    else
      unanswered_[&node].push_back(envelope);
}

void World::mend() {
  network_.weather = {};
  for (const auto& node : nodes_) {
    node->disk().fault = {};
    node->disk().full = false;
    node->clock.offset = Milliseconds{0};
  }
  for (const auto& node : nodes_) start_again(*node);
  network_.heal_all();
  for (const auto& node : nodes_) network_.forget(*node);
  for (const auto& node : nodes_) call_out(*node);
}

}  // namespace anlan::sim
