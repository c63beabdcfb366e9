#pragma once
// A node for tests of its lines: store, writer's executor on a thread of its own, and the gate that listens. Without
// consoles and timers.

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "edge/peer/gate.h"
#include "journal/start.h"
#include "platform/crypto/random.h"
#include "platform/http/certificate.h"
#include "platform/http/client.h"
#include "platform/http/workers.h"
#include "platform/machine/process.h"
#include "platform/sql/store_fixture.h"
#include "view/views.h"

namespace anlan::edge::peer {

// Certificate and key as files in a folder.
inline http::Pinned certificate_in(const std::string& folder, const std::string& name, std::string* fingerprint) {
  const auto made = http::make_certificate(name);
  http::Pinned files{folder + "/" + name + ".crt", folder + "/" + name + ".key", {}};
  std::ofstream(files.certificate_file) << made.certificate_pem;
  std::ofstream(files.key_file) << made.key_pem;
  *fingerprint = *http::fingerprint_of(made.certificate_pem);
  return files;
}

// Real store, executor, blocks and keys; what it does is asked of it by tests and by its gate alone. Facts of incidents
// and parties leave it, and nothing else.
class TestGround final : public Ground {
 public:
  // `above`: nodes, the topmost first, of which each stands under the one before, and this one under the last.
  explicit TestGround(const std::string& node, const std::vector<std::string>& above = {})
      : self_{node, crypto::Sm2PrivateKey(pair_.private_pem)}, master_(crypto::random_key(random_)) {
    reference_.node = node;
    std::ifstream divisions(std::string(ANLAN_SOURCE_DIR) + "/data/divisions/china.tsv", std::ios::binary);
    const std::string shipped{std::istreambuf_iterator<char>(divisions), {}};
    reference_.divisions = division::Divisions::parse({shipped}, {}).value();
    edition_ = journal::edition_of(view::pointers(views_));
    sql_ = journal::start(store_.where(), view::pointers(views_), clock_.now());
    vault_ = std::make_unique<journal::Vault>(*sql_, master_, random_);
    executor_ =
        std::make_unique<command::Executor>(*sql_, *vault_, reference_, clock_, random_, view::pointers(views_));
    directory_ = executor_->changed_directory();
    std::optional<std::string> parent;
    for (const std::string& one : above) {
      EXPECT_TRUE(execute(node::Register{one, parent, "its key"}, one).ok());
      parent = one;
    }
    EXPECT_TRUE(execute(node::Register{node, parent, pair_.public_pem}, node).ok());
  }

  void perform(Work work, std::function<void(bool)> after) override {
    const bool taken = writer_.post([this, work = std::move(work), after] {
      const auto batch = work(*executor_, *sql_);
      if (auto changed = executor_->changed_directory()) directory_ = std::move(changed);
      if (!batch.facts.empty()) reach(batch.facts.back().position);
      after(true);
    });
    if (!taken) after(false);
  }
  std::shared_ptr<const state::Directory> directory() const override { return directory_.load(); }
  journal::Position position() const override { return position_; }
  void when_reached(journal::Position position, std::function<void(bool)> called) override {
    {
      const std::lock_guard lock(mutex_);
      if (position_ < position) return void(waiting_.emplace(position, std::move(called)));
    }
    called(true);
  }
  sql::Connection& reader() override {
    const std::lock_guard lock(mutex_);
    auto& sql = readers_[std::this_thread::get_id()];
    if (!sql) sql = sql::open(store_.where(), sql::Access::kRead, {}, edition_);
    return *sql;
  }
  const Clock& clock() const override { return clock_; }
  Random& random() override { return random_; }
  const federation::Self& self() const override { return self_; }
  const std::vector<view::ScopeRule>& scope() const override { return scope_; }
  std::optional<std::string> key_of(const std::string& node) const override {
    const auto known = directory();
    const auto* found = known->nodes.find(node);
    return found ? std::optional(found->public_key) : std::nullopt;
  }
  void log(std::string_view line) const override {
    const std::lock_guard lock(mutex_);
    log_.emplace_back(line);
  }

  federation::Watch& watch() override { return watch_; }

  // By the node itself.
  command::Outcome execute(command::Command command, const std::string& target) {
    command::Envelope e;
    e.actor.account = "system";
    e.target = target;
    e.command = std::move(command);
    std::optional<command::Outcome> outcome;
    perform_and_wait(*this, [&](command::Executor& executor, sql::Connection&) {
      auto batch = executor.run(std::vector{e});
      outcome = std::move(batch.outcomes.front());
      return batch;
    });
    return std::move(*outcome);
  }
  std::vector<std::string> logged() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }

 private:
  void reach(journal::Position position) {
    std::vector<std::function<void(bool)>> called;
    {
      const std::lock_guard lock(mutex_);
      position_ = position;
      const auto end = waiting_.upper_bound(position);
      for (auto one = waiting_.begin(); one != end; ++one) called.push_back(std::move(one->second));
      waiting_.erase(waiting_.begin(), end);
    }
    for (const auto& one : called) one(true);
  }

  sql::TestStore store_;
  machine::SystemClock clock_;
  crypto::SystemRandom random_;
  command::Reference reference_;
  const crypto::Sm2KeyPair pair_ = crypto::generate_sm2();
  const federation::Self self_;
  const crypto::Key master_;
  const std::vector<view::ScopeRule> scope_{{"incident/", view::Reach::kConcerned},
                                            {"parties/", view::Reach::kConcerned}};
  federation::Watch watch_{self_.node, [] { return federation::Statement{}; }, {}};
  std::vector<std::unique_ptr<journal::Projection>> views_ = view::all_views();
  std::string edition_;
  std::unique_ptr<sql::Connection> sql_;
  std::unique_ptr<journal::Vault> vault_;
  std::unique_ptr<command::Executor> executor_;
  std::atomic<std::shared_ptr<const state::Directory>> directory_;
  std::atomic<journal::Position> position_ = 0;
  mutable std::mutex mutex_;
  std::multimap<journal::Position, std::function<void(bool)>> waiting_;
  std::map<std::thread::id, std::unique_ptr<sql::Connection>> readers_;
  mutable std::vector<std::string> log_;
  http::Workers writer_{1, 10'000};  // ends first
};

}  // namespace anlan::edge::peer
