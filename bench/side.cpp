#include "side.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "journal/start.h"
#include "view/views.h"

namespace anlan::bench {
namespace {

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(1);
}

std::string shipped(const std::string& name) {
  std::ifstream in(std::string(ANLAN_SOURCE_DIR) + "/data/" + name, std::ios::binary);
  return (std::ostringstream() << in.rdbuf()).str();
}

// Two legs for everybody, as the shipped rules have them.
std::vector<clock::Rule> clock_rules() {
  std::vector<clock::Rule> rules;
  for (const auto level : {organisation::Level::kTown, organisation::Level::kCounty, organisation::Level::kCity})
    for (const auto& [leg, minutes, by] : {std::tuple{clock::Leg::kPhone, 20, clock::SatisfiedBy::kPhoneReport},
                                           std::tuple{clock::Leg::kWritten, 40, clock::SatisfiedBy::kWrittenReport}}) {
      const std::string id = std::string(name_of(level)) + "-" + std::string(name_of(leg));
      rules.push_back({id,
                       "document",
                       "clause",
                       "",
                       {},
                       {},
                       grade::Grade::kUngraded,
                       level,
                       leg,
                       clock::Basis::kEvent,
                       minutes,
                       by});
    }
  return rules;
}

command::Reference reference_for(const std::string& node) {
  command::Reference r;
  r.divisions = division::Divisions::parse({shipped("divisions/china.tsv")}, {}).value();
  r.event_types = event_type::EventTypes::parse(shipped("codes/event-type.tsv")).value();
  r.clock_rules = clock_rules();
  r.node = node;
  r.division = "370700";
  return r;
}

// As data/rules/scope.toml has it.
std::vector<view::ScopeRule> scope_rules() {
  using enum view::Reach;
  std::vector<view::ScopeRule> rules{{"node/", kEveryone}, {"organisation/", kEveryone}, {"person/", kEveryone}};
  for (const char* prefix : {"incident/", "parties/", "report/", "receipt/", "instruction/", "clocks/"})
    rules.push_back({prefix, kConcerned});
  rules.push_back({"duty/", kUp});
  return rules;
}

}  // namespace

Side::Side(const std::string& root, const std::string& node)
    : directory_(root + "/anlan-side-XXXXXX"),
      reference_(reference_for(node)),
      self_{node, crypto::Sm2PrivateKey(pair_.private_pem)},
      scope_(scope_rules()),
      views_(view::all_views()) {
  if (!mkdtemp(directory_.data())) give_up("cannot make a folder in " + root);
  sql_ = journal::start(directory_, view::pointers(views_), clock_.now());
  vault_ = std::make_unique<journal::Vault>(*sql_, crypto::random_key(random_), random_);
  executor_ = std::make_unique<command::Executor>(*sql_, *vault_, reference_, clock_, random_, view::pointers(views_));
  keys_[node] = pair_.public_pem;
}

Side::~Side() {
  executor_.reset();
  vault_.reset();
  sql_.reset();
  std::filesystem::remove_all(directory_);
}

const state::Directory& Side::known() {
  if (auto changed = executor_->changed_directory()) known_ = std::move(changed);
  return *known_;
}

command::Envelope Side::asked(const std::string& organisation, command::Command command,
                              const std::string& target) const {
  using enum account::Role;
  command::Envelope e;
  if (organisation == "system")
    e.actor.account = "system";
  else
    e.actor = {"desk-" + organisation, "p-" + organisation, "值班员", organisation, {kDutyOfficer, kCountyOfficer}};
  e.target = target;
  e.command = std::move(command);
  return e;
}

std::vector<std::string> Side::run(const std::vector<command::Envelope>& envelopes) {
  std::vector<std::string> ids;
  for (const auto& outcome : executor_->run(envelopes).outcomes) {
    if (!outcome.ok()) give_up("refused: " + outcome.error().code + " " + outcome.error().field);
    const auto body = json::parse(outcome->body).value();
    const auto* id = body.as_object().if_contains("id");
    ids.emplace_back(id ? std::string(id->as_string()) : std::string());
  }
  return ids;
}

void add_organisation(Side& side, const std::string& id, organisation::Level level, const std::string& superior) {
  organisation::RegisterOrganisation o;
  o.name = o.short_name = id;
  o.level = level;
  o.division = level == organisation::Level::kCity ? "370700" : "370783";
  if (!superior.empty()) o.superior = superior;
  side.run({side.asked("system", o, id)});
}

void Side::admit(const Side& child, const std::vector<std::string>& organisations, const std::string& superior) {
  if (!known().nodes.find(node())) run({asked("system", node::Register{node(), {}, public_key()}, node())});
  for (const auto& id : organisations) add_organisation(*this, id, organisation::Level::kCounty, superior);
  run({asked("system", node::Register{child.node(), node(), child.public_key()}, child.node())});
  for (const auto& id : organisations) run({asked("system", organisation::PlaceOrganisation{child.node()}, id)});
}

federation::Piece Side::piece_for(const std::string& neighbour, journal::Place from) {
  for (;;) {
    auto piece = federation::next_piece(*sql_, known(), scope_, node(), neighbour, from, from, {});
    if (!piece.unsealed) return piece;
    sql_->begin();
    journal::seal(*sql_, node(), self_.key);
    sql_->commit();
  }
}

void Side::take(const std::string& bytes, const std::string& neighbour) {
  const auto key_of = [&](const std::string& node) {
    const auto* registered = known().nodes.find(node);
    if (registered) return std::optional(registered->public_key);
    const auto told = keys_.find(node);
    return told == keys_.end() ? std::nullopt : std::optional(told->second);
  };
  auto delivery = federation::opened(bytes, neighbour, key_of);
  if (!delivery.ok()) give_up(delivery.error().what);
  const auto taken = federation::take(*executor_, *sql_, std::move(*delivery), bytes, clock_.now());
  if (taken.receipt != command::Receipt::kTaken) give_up(taken.what);
}

void Side::level_with(Side& from) {
  keys_[from.node()] = from.public_key();
  for (;;) {
    const auto piece = from.piece_for(node(), journal::received(*sql_, from.node()));
    if (piece.facts == 0 && !piece.more) return;
    take(piece.bytes, from.node());
  }
}

}  // namespace anlan::bench
