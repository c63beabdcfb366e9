// What befalls nodes and their disks.

#include "journal/history.h"
#include "journal/start.h"
#include "journal/verify.h"
#include "world.h"

namespace anlan::sim {
namespace {

using namespace std::chrono_literals;

constexpr const char* kDirectory = "/node";

// All that can be read of the facts; what cannot is told by the reader.
std::vector<std::uint64_t> facts_in(const std::string& vfs) {
  std::vector<std::uint64_t> all;
  const auto sql = sql::open(kDirectory, sql::Access::kInspect, vfs);
  journal::each_after(*sql, 0, [&](const journal::Fact& fact) { all.push_back(digest(fact)); });
  return all;
}

}  // namespace

void World::befall(const Step& step) {
  using enum Kind;
  Node& node = *nodes_[step.node];
  const auto chance = step.chance;
  switch (step.kind) {
    case kCut:
      return network_.cut(node.id());
    case kHeal:
      return network_.heal(node.id());
    case kCrash:
      if (node.up()) ++counts_["power cut"];
      return crash(node, chance);
    case kTornCommit:
      if (node.up()) node.disk().fault = {node.disk().calls() + 1 + static_cast<std::int64_t>(chance % 40), false};
      return;
    case kDiskFull:
      node.disk().full = true;
      ++counts_["full disk"];
      agenda_.at(now_ + Milliseconds(static_cast<std::int64_t>(chance % 7'200'000)),
                 [&node] { node.disk().full = false; });
      return;
    case kRot:
      return rot(node, chance);
    case kJump:
      ++counts_["clock set wrong"];
      node.clock.offset = Milliseconds(static_cast<std::int64_t>(chance % 14'400'000) - 7'200'000);
      node.clock.drift_ppm = static_cast<std::int64_t>(chance % 401) - 200;
      return wake_again(node);
    case kRestore:
      return back_up(node);
    default:
      return;
  }
}

// A byte of a file that nobody uses at that moment. What can be read must be as it was, or verifying must tell.
void World::rot(Node& node, std::uint64_t chance) {
  auto image = node.disk().cut({powercut::Cut::Unsynced::kDropped});
  const std::string file = chance % 3 == 0 ? "/node/vault.db" : "/node/journal.db";
  auto& contents = image[file];
  if (contents.empty()) return;
  powercut::Disk whole(image);
  contents[(chance / 8) % contents.size()] ^= std::byte{1} << (chance % 8);
  powercut::Disk rotten(image);
  auto& mount = mount_of("rotten");
  ++counts_["rotten byte"];
  mount.mount(rotten);
  if (!journal::verify(kDirectory, {}, mount.name()).sound()) {
    ++counts_["rotten byte told"];
    return;
  }
  const auto found = facts_in(mount.name());
  mount.mount(whole);
  if (found != facts_in(mount.name())) verdict_.find(&Verdict::diverged, node.id() + ": a rotten byte was not told");
}

// A day later the store is lost, and the node goes on from this.
void World::back_up(Node& node) {
  backups_[&node] = node.disk().cut({powercut::Cut::Unsynced::kDropped});
  agenda_.at(now_ + 24h, [this, &node] { lose(node); });
}

// Who asked for something meanwhile asks the people there, and not the machine again.
void World::lose(Node& node) {
  ++counts_["restored backup"];
  unanswered_[&node].clear();
  node.lose(backups_[&node]);
  restored_[&node] = now_;
  network_.lost_store(node);
  start_again(node);
  agenda_.at(now_ + 1h, [this, &node] { resume(node); });
}

// As soon as all neighbours have given back what they hold.
void World::resume(Node& node) {
  bool whole = false;
  try {
    whole = node.up() && network_.give_back(node);
  } catch (const sql::Error&) {
    failed(node);
  }
  const bool patient = now_ < restored_[&node] + 72h;
  if (!whole || (patient && !command::awaited(node.sql(), node.id(), node.given_back()).empty()))
    return agenda_.at(now_ + 10min, [this, &node] { resume(node); });
  if (journal::is_behind(node.sql())) {
    const auto done = node.resume();
    ++counts_["resumed"];
    counts_["given back"] += done.given_back;
    counts_["recorded again"] += done.recorded_again;
    counts_["set aside"] += static_cast<std::int64_t>(done.set_aside.size());
  } else {
    node.found();
  }
  network_.resumed(node);
  start_again(node);
  network_.stir(node);
}

void World::wake_again(Node& node) {
  wakes_.erase(&node);
  if (node.up()) wake(node);
}

}  // namespace anlan::sim
