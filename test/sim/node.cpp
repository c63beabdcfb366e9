#include "node.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "federation/history.h"
#include "journal/copy.h"
#include "journal/history.h"
#include "journal/start.h"
#include "platform/machine/files.h"
#include "policy/timers.h"
#include "view/views.h"

namespace anlan::sim {
namespace {

constexpr const char* kDirectory = "/node";

// An image as files of the machine, for what works on whole stores by their paths.
class Unpacked {
 public:
  Unpacked() {
    root_ = (std::filesystem::temp_directory_path() / "anlan-sim-XXXXXX").string();
    if (!mkdtemp(root_.data())) throw std::runtime_error("no folder for a store to be resumed");
  }
  ~Unpacked() { std::filesystem::remove_all(root_); }
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;

  std::string folder(const std::string& name) const {
    const std::string path = root_ + "/" + name;
    std::filesystem::create_directory(path);
    return path;
  }
  static void write(const powercut::Disk::Image& image, const std::string& folder) {
    for (const auto& [name, contents] : image) {
      const std::string file = folder + name.substr(name.rfind('/'));
      const std::string_view bytes(reinterpret_cast<const char*>(contents.data()), contents.size());
      if (!machine::write_file(file, bytes).ok()) throw std::runtime_error("cannot write " + file);
    }
  }
  static powercut::Disk::Image read(const std::string& folder) {
    powercut::Disk::Image image;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string bytes = machine::read_file(entry.path()).value();
      const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
      image[kDirectory + ("/" + entry.path().filename().string())] = {first, first + bytes.size()};
    }
    return image;
  }

 private:
  std::string root_;
};

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
    : Node(std::move(id), std::move(parent), std::move(reference), truth, seed, crypto::generate_sm2()) {}

Node::Node(std::string id, std::string parent, command::Reference reference, const Instant& truth, std::uint64_t seed,
           crypto::Sm2KeyPair pair)
    : clock(truth),
      id_(std::move(id)),
      parent_(std::move(parent)),
      truth_(truth),
      reference_(std::move(reference)),
      chance_(seed),
      master_(crypto::random_key(chance_)),
      views_(view::all_views()),
      mount_(mount_of(id_)),
      disk_(std::make_unique<powercut::Disk>()),
      public_key_(std::move(pair.public_pem)),
      key_(pair.private_pem) {}

Node::~Node() { stop(); }

void Node::start() {
  mount_.mount(*disk_);
  const auto views = view::pointers(views_);
  try {
    sql_ = journal::start(kDirectory, views, clock.now(), {}, mount_.name());
    vault_ = std::make_unique<journal::Vault>(*sql_, master_, chance_);
    executor_ = std::make_unique<command::Executor>(*sql_, *vault_, reference_, clock, chance_, views);
    executor_->count_with(callees_);
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

void Node::lose(const powercut::Disk::Image& backup) {
  restore(backup);
  std::int64_t last = 0;
  const auto sql = sql::open(kDirectory, sql::Access::kInspect, mount_.name());
  journal::each_after(*sql, 0, [&](const journal::Fact& fact) {
    if (fact.node == id_) last = std::max(last, fact.node_sequence);
  });
  promised_.erase(promised_.upper_bound(last), promised_.end());
  lost_ = true;
}

void Node::found() {
  for (const auto& fact : std::exchange(meanwhile_, {})) promised_[fact.node_sequence] = digest(fact);
  lost_ = false;
}

std::vector<journal::Part> Node::given_back() {
  std::vector<journal::Part> parts;
  for (const auto& one : journal::returned(*sql_))
    std::ranges::move(federation::history_in(one.bytes, one.neighbour, id_, public_key_).value(),
                      std::back_inserter(parts));
  return parts;
}

command::Resumption Node::resume() {
  const auto parts = given_back();
  const auto image = disk_->cut({powercut::Cut::Unsynced::kDropped});
  stop();
  const Unpacked files;
  const std::string from = files.folder("from"), to = files.folder("to");
  Unpacked::write(image, from);
  command::Resumption done;
  std::vector<journal::Fact> since;
  const auto report = journal::build_from(from, to, clock.now(), [&](sql::Connection& source, sql::Connection& target) {
    const auto agreed = journal::agreed(source, id_);
    journal::each_after(source, 0, [&](const journal::Fact& fact) {
      if (fact.node == id_ && fact.node_sequence > agreed) since.push_back(fact);
    });
    done = command::resume(source, target, id_, parts, clock.now());
  });
  for (const auto& side : {report.source, report.target})
    if (!side.sound())
      throw std::runtime_error(
          id_ + " is not sound when resumed: " + std::string(anlan::name_of(side.problems.front().kind)) + " " +
          side.problems.front().detail);
  restore(Unpacked::read(to));
  promised_.erase(promised_.upper_bound(done.agreed), promised_.end());
  meanwhile_ = std::move(since);
  lost_ = false;
  return resumption_ = done;
}

void Node::seal() {
  sql_->begin();
  journal::seal(*sql_, id_, key_);
  sql_->commit();
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
  for (const auto& fact : facts_) {
    if (fact.node != id_) continue;
    if (lost_)
      meanwhile_.push_back(fact);
    else
      promised_[fact.node_sequence] = digest(fact);
  }
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

std::vector<command::CalledPerson> Callees::callees(const warning::Area& area, const std::vector<std::string>& roles,
                                                    const std::string&) const {
  const std::string& near = area.divisions.front();
  return {{near, roles.at(0), 1}, {near, roles.at(1), 2}, {near + "001", roles.at(0), 3}, {near + "002", "", 0}};
}

}  // namespace anlan::sim
