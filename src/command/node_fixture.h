#pragma once
// A whole node in process for tests: a store in a directory of its own, the real executor, a clock moved by hand and
// seeded chance. With a city, two counties and a town; rules of 20, 40 and 120 minutes, 30 for what is asked. A node of
// another name than "city" begins empty.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>

#include "command/executor.h"
#include "journal/fixture.h"
#include "journal/start.h"

namespace anlan::command {

class HandClock final : public Clock {
 public:
  Instant now() const override { return at; }
  Instant at = from_china_time(2026, 11, 23, 14, 2);
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& b : bytes) b = static_cast<std::byte>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

inline std::string shipped(const std::string& name) {
  std::ifstream in(std::string(ANLAN_SOURCE_DIR) + "/data/" + name, std::ios::binary);
  return (std::ostringstream() << in.rdbuf()).str();
}

inline std::vector<clock::Rule> demo_clock_rules() {
  using enum clock::Leg;
  using clock::Basis;
  using clock::SatisfiedBy;
  std::vector<clock::Rule> rules;
  const auto add = [&](organisation::Level level, clock::Leg leg, Basis basis, std::int64_t minutes, SatisfiedBy by) {
    const std::string id = std::string(anlan::name_of(level)).append("-").append(anlan::name_of(leg));
    rules.push_back({id, "demo", "1", "1", {}, {}, grade::Grade::kUngraded, level, leg, basis, minutes, by});
  };
  for (const auto level : {organisation::Level::kTown, organisation::Level::kCounty, organisation::Level::kCity}) {
    add(level, kPhone, Basis::kEvent, 20, SatisfiedBy::kPhoneReport);
    add(level, kWritten, Basis::kEvent, 40, SatisfiedBy::kWrittenReport);
    add(level, kFollowUp, Basis::kPreviousReport, 120, SatisfiedBy::kFollowUp);
    add(level, kVerify, Basis::kRequest, 30, SatisfiedBy::kVerifiedReport);
  }
  return rules;
}

// A few contacts, each with the organisation that calls it, wherever the area lies. One without a number is a place for
// which nobody is responsible.
class FewContacts final : public Recipients {
 public:
  struct One {
    std::string organisation;
    CalledPerson person;
  };
  std::vector<One> all;

  std::int64_t count(const warning::Content&, const std::string&) const override { return 0; }
  std::vector<CalledPerson> callees(const warning::Area&, const std::vector<std::string>& roles,
                                    const std::string& organisation) const override {
    std::vector<CalledPerson> found;
    for (const auto& [caller, person] : all)
      if (caller == organisation && (person.contact == 0 || std::ranges::find(roles, person.role) != roles.end()))
        found.push_back(person);
    std::ranges::stable_sort(found, {}, [&](const CalledPerson& p) {
      return std::pair(p.division, std::ranges::find(roles, p.role) - roles.begin());
    });
    return found;
  }
  std::optional<KnownPerson> person(std::int64_t) const override { return std::nullopt; }
};

// Shipped divisions and event types; three dead make a larger accident.
inline Reference demo_reference() {
  Reference r;
  r.divisions = division::Divisions::parse({shipped("divisions/china.tsv")}, {}).value();
  r.event_types = event_type::EventTypes::parse(shipped("codes/event-type.tsv")).value();
  r.grade_rules = {{"decree-493", "decree 493", "3", {}, {"12"}, {{"dead", grade::Grade::kLarger, 3}}}};
  r.clock_rules = demo_clock_rules();
  using enum warning::Colour;
  r.warning_rules.signings = {{{"two", "demo", "1", {}}, {kRed, kOrange}, 2},
                              {{"one", "demo", "1", {}}, {kYellow, kBlue}, 1}};
  r.warning_rules.callouts = {{{"call", "demo", "1", {}}, {kRed}, {}, {"村责任人", "网格员"}, 10, 30}};
  r.node = "city";
  r.division = "370700";
  return r;
}

class TestNode {
 public:
  // `here`: the organisations whose people have accounts on the node "city".
  explicit TestNode(std::vector<journal::Projection*> views = {}, Reference reference = demo_reference(),
                    const std::vector<std::string>& here = {"city", "shouguang", "anqiu", "yangkou"})
      : random_(std::hash<std::string>{}(reference.node)), reference_(std::move(reference)), views_(std::move(views)) {
    master_ = crypto::random_key(random_);
    open();
    if (reference_.node != "city") return;
    register_city();
    for (const std::string& organisation : here) add_people(organisation);
  }
  TestNode(const TestNode&) = delete;
  TestNode& operator=(const TestNode&) = delete;
  ~TestNode() { close(); }

  // The process ends and another one starts on the same files.
  void restart() {
    close();
    open();
  }

  Outcome submit(Envelope envelope) {
    std::vector<Envelope> one{std::move(envelope)};
    auto batch = executor_->run(one);
    facts = std::move(batch.facts);
    return std::move(batch.outcomes.front());
  }
  Executor::Taken take_in(Delivery delivery) {
    auto taken = executor_->take_in(std::move(delivery));
    facts = taken.batch.facts;
    return taken;
  }
  // As an account of the node, "city", "city-leader", "shouguang" …; "system" for the node itself.
  Envelope asked(const std::string& account, Command command, const std::string& target = {}) {
    Envelope e;
    if (const auto changed = executor_->changed_directory()) directory_now_ = changed;
    e.actor = account == "system" ? account::Actor{"system", {}, {}, {}, {}} : directory_now_->actor(account);
    e.key = "key-" + std::to_string(++keys_);
    e.target = target;
    e.command = std::move(command);
    return e;
  }
  Outcome ask(const std::string& account, Command command, const std::string& target = {}) {
    return submit(asked(account, std::move(command), target));
  }

  Executor& executor() { return *executor_; }
  sql::Connection& sql() { return *sql_; }
  journal::Vault& vault() { return *vault_; }
  const crypto::Key& master() const { return master_; }
  Reference& reference() { return reference_; }
  const Directory& directory() {
    if (const auto changed = executor_->changed_directory()) directory_now_ = changed;
    return *directory_now_;
  }
  // A directory, or the URL of a database.
  std::string where() const { return store_.where(); }
  template <class State>
  State state(const std::string& id) {
    return state::replay<State>(*sql_, id);
  }

  // Its duty officer, leader and deputy.
  void add_people(const std::string& organisation) {
    const auto level = directory().organisations.organisation(organisation)->level;
    const auto role = level == organisation::Level::kCity     ? account::Role::kDutyOfficer
                      : level == organisation::Level::kCounty ? account::Role::kCountyOfficer
                                                              : account::Role::kTownOfficer;
    add_account(organisation, organisation, "值班员", role);
    add_account(organisation + "-leader", organisation, "局长", account::Role::kLeader);
    add_account(organisation + "-deputy", organisation, "副局长", account::Role::kLeader);
    if (level == organisation::Level::kCity)
      add_account("security", organisation, "安全管理员", account::Role::kSecurityAdmin);
  }

  HandClock clock;
  FewContacts contacts;
  std::vector<journal::Fact> facts;  // of the last command

 private:
  void open() {
    sql_ = journal::start(store_.where(), views_, clock.now());
    vault_ = std::make_unique<journal::Vault>(*sql_, master_, random_);
    executor_ = std::make_unique<Executor>(*sql_, *vault_, reference_, clock, random_, views_);
    executor_->count_with(contacts);
  }
  void close() {
    executor_.reset();
    vault_.reset();
    sql_.reset();
  }

  void add_organisation(const std::string& id, const std::string& name, organisation::Level level,
                        const std::string& division, std::optional<std::string> superior) {
    organisation::RegisterOrganisation c;
    c.name = c.short_name = name;
    c.level = level;
    c.division = division;
    c.superior = std::move(superior);
    c.external = level == organisation::Level::kProvince;
    ASSERT_TRUE(ask("system", c, id).ok());
  }
  void add_account(const std::string& name, const std::string& organisation, const std::string& post,
                   account::Role role) {
    organisation::RegisterPerson person;
    person.name = name;
    person.organisation = organisation;
    person.post = post;
    ASSERT_TRUE(ask("system", person, "p-" + name).ok());
    ASSERT_TRUE(ask("system", CreateAccount{{name, "p-" + name, {role}}, "hash"}).ok());
  }
  void register_city() {
    using enum organisation::Level;
    add_organisation("province", "省厅", kProvince, "370000", {});
    add_organisation("city", "市局", kCity, "370700", "province");
    add_organisation("shouguang", "寿光市", kCounty, "370783", "city");
    add_organisation("anqiu", "安丘市", kCounty, "370784", "city");
    add_organisation("yangkou", "羊口镇", kTown, "370783115", "shouguang");
  }

  sql::TestStore store_;
  SeededRandom random_;
  crypto::Key master_;
  Reference reference_;
  std::vector<journal::Projection*> views_;
  std::unique_ptr<sql::Connection> sql_;
  std::unique_ptr<journal::Vault> vault_;
  std::unique_ptr<Executor> executor_;
  std::shared_ptr<const Directory> directory_now_;
  int keys_ = 0;
};

}  // namespace anlan::command
