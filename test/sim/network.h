#pragma once
// What happens when, and the lines between nodes: they lose, delay, repeat and reorder what they carry, and are cut.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "node.h"
#include "view/outgoing.h"

namespace anlan::sim {

// What is to happen at moments to come. What falls on one moment happens in the order in which it was put down.
class Agenda {
 public:
  void at(Instant when, std::function<void()> what) { coming_.emplace(std::pair(when, ++count_), std::move(what)); }
  bool empty() const { return coming_.empty(); }
  Instant next() const { return coming_.begin()->first.first; }
  std::function<void()> take() {
    auto what = std::move(coming_.begin()->second);
    coming_.erase(coming_.begin());
    return what;
  }

 private:
  std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> coming_;
  std::uint64_t count_ = 0;
};

// How a delivery becomes bytes and is read again. What a receiver refuses to read is nullopt. In process nothing is
// changed; a wire that signs takes the place of this one.
class Wire {
 public:
  virtual ~Wire() = default;
  virtual std::optional<command::Delivery> through(Node& from, Node& to, command::Delivery delivery);
};

// How bad the lines are: one in so many messages, 0 none.
struct Weather {
  std::uint64_t lost = 0, late = 0, doubled = 0, forgotten = 0, ahead = 0;
};

// How often something befell the run.
using Counts = std::map<std::string, std::int64_t>;

class Network {
 public:
  // What the nodes tell of what they took in; `problem` is empty where it is as it should be.
  struct Watch {
    std::function<void(Node&)> took;
    std::function<void(const std::string& problem)> wrong;
    std::function<void(Node&)> failed;  // the disk
  };

  Network(Agenda&, const Instant& now, Watch, Counts& counts);

  // Both directions of the line.
  void connect(Node& child, Node& parent);
  // Lines are known by the node below.
  void cut(const std::string& child);
  void heal(const std::string& child);
  bool is_cut(const std::string& child) const { return cut_.contains(child); }
  void heal_all();
  // The node may have something new for its neighbours.
  void stir(Node&);
  // What its process knew of its neighbours is gone.
  void forget(Node&);
  // For every direction what is left to send by its receiver's own mark, in words; empty where nothing is.
  std::string left_over();

  // Everything that falls out from now on follows from the seed.
  void reseed(std::uint64_t seed);

  Weather weather;
  bool forks_expected = false;  // a node was restored from a backup
  Wire* wire = &plain_;

 private:
  struct Way {
    Way(Node* sender, Node* receiver, std::string below) : from(sender), to(receiver), line(std::move(below)) {}
    Node *from, *to;
    std::string line;
    journal::Place cursor;
    bool due = false, waiting = false;
    std::uint64_t number = 0;
    Chance chance{1};  // of its own, so that what happens elsewhere changes little here
  };
  struct Answer {
    command::Receipt receipt;
    journal::Place upto;
  };
  void add_way(Node& from, Node& to, const std::string& line);
  void plan(Way&, Milliseconds wait);
  void send(Way&);
  view::Outgoing next_piece(Way&);
  void post(Way&, const command::Delivery&, std::uint64_t number);
  void arrive(Way&, command::Delivery, std::uint64_t number);
  void answered(Way&, Answer, std::uint64_t number);
  bool judge(Way&, const command::Executor::Taken&);
  static Milliseconds latency(Way&);
  bool happens(Way&, std::uint64_t one_in, const char* what);
  bool carries(const Way& way) const { return !cut_.contains(way.line) && way.from->up() && way.to->up(); }

  Agenda& agenda_;
  const Instant& now_;
  Watch watch_;
  Counts& counts_;
  Wire plain_;
  std::vector<std::unique_ptr<Way>> ways_;
  std::set<std::string> cut_;
};

// What is sent of which stream, as shipped.
const std::vector<view::ScopeRule>& shipped_scope();

}  // namespace anlan::sim
