#include "node.h"

#include <algorithm>

#include "journal/start.h"
#include "policy/timers.h"
#include "view/views.h"

namespace anlan::sim {
namespace {

constexpr const char* kDirectory = "/node";

}  // namespace

powercut::Mount& mount_of(const std::string& name) {
  static std::map<std::string, std::unique_ptr<powercut::Mount>> all;
  auto& slot = all[name];
  if (!slot) slot = std::make_unique<powercut::Mount>("sim-" + name);
  return *slot;
}

// FNV-1a over all that facts are compared by.
std::uint64_t digest(const journal::Fact& f) {
  std::uint64_t hash = 14695981039346656037u;
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    hash = (hash ^ 0xffu) * 1099511628211u;
  };
  for (const std::int64_t number : {f.node_sequence, f.version, to_ms(f.occurred_at), to_ms(f.recorded_at)})
    add(std::to_string(number));
  for (const std::string* text : {&f.node, &f.stream, &f.type, &f.actor, &f.cause, &f.world, &f.body}) add(*text);
  return hash;
}

Node::Node(std::string id, std::string parent, command::Reference reference, const Instant& truth, std::uint64_t seed)
    : clock(truth),
      id_(std::move(id)),
      parent_(std::move(parent)),
      truth_(truth),
      reference_(std::move(reference)),
      chance_(seed),
      master_(crypto::random_key(chance_)),
      views_(view::all_views()),
      mount_(mount_of(id_)),
      disk_(std::make_unique<powercut::Disk>()) {}

Node::~Node() { stop(); }

void Node::start() {
  mount_.mount(*disk_);
  const auto views = view::pointers(views_);
  try {
    sql_ = journal::start(kDirectory, views, clock.now(), {}, mount_.name());
    vault_ = std::make_unique<journal::Vault>(*sql_, master_, chance_);
    executor_ = std::make_unique<command::Executor>(*sql_, *vault_, reference_, clock, chance_, views);
  } catch (...) {
    stop();
    throw;
  }
}

void Node::stop() {
  executor_.reset();
  vault_.reset();
  sql_.reset();
}

// The image is taken first: closing writes.
void Node::crash(powercut::Cut cut) { restore(disk_->cut(cut)); }

void Node::restore(const powercut::Disk::Image& image) {
  auto next = std::make_unique<powercut::Disk>(image);
  stop();
  disk_ = std::move(next);
  mount_.mount(*disk_);
}

command::Outcome Node::run(const command::Envelope& envelope) {
  auto batch = executor_->run({&envelope, 1});
  promise(std::move(batch.facts));
  return std::move(batch.outcomes.front());
}

command::Executor::Taken Node::take_in(command::Delivery delivery) {
  auto taken = executor_->take_in(std::move(delivery));
  promise(taken.batch.facts);
  return taken;
}

void Node::promise(std::vector<journal::Fact> facts) {
  facts_ = std::move(facts);
  for (const auto& fact : facts_)
    if (fact.node == id_) promised_[fact.node_sequence] = digest(fact);
}

const command::Directory& Node::directory() {
  if (const auto changed = executor_->changed_directory()) directory_ = changed;
  return *directory_;
}

command::Envelope Node::asked(const std::string& account, command::Command command, const std::string& target) {
  command::Envelope e;
  e.actor = account == "system" ? account::Actor{"system", {}, {}, {}, {}} : directory().actor(account);
  e.key = id_ + "-" + std::to_string(++keys_);
  e.target = target;
  e.command = std::move(command);
  return e;
}

// A clock that is behind is looked at again when it was expected to be there.
std::optional<Instant> Node::next_due() {
  const auto due = policy::next_due(*sql_);
  if (!due) return std::nullopt;
  return truth_ + std::max<Milliseconds>(Milliseconds{1}, *due - clock.now());
}

}  // namespace anlan::sim
