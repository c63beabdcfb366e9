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

// What goes over a line: in process, or as the bytes of a batch that its receiver proves.
struct Message {
  command::Delivery delivery;
  std::string bytes;  // empty where it goes in process
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
  // Facts leave in signed blocks, and neighbours say what they have seen of them: without it nothing that a node has
  // lost can be given back. Costs two signatures a message.
  bool signs = false;

  // The store of the node is one of yesterday. Its lines stay whole until it is resumed, what was under way from it is
  // gone with the process, and it says nothing before it has heard from all of its neighbours.
  void lost_store(Node&);
  // All that its neighbours hold of its history is gathered beside its journal; false where one of them cannot be
  // asked.
  bool give_back(Node&);
  void resumed(Node&);

 private:
  struct Way {
    Way(Node* sender, Node* receiver, std::string below) : from(sender), to(receiver), line(std::move(below)) {}
    Node *from, *to;
    std::string line;
    journal::Place cursor;
    bool due = false, waiting = false;
    bool compared = true;  // what the receiver has seen of the sender with what this one has
    std::uint64_t number = 0, process = 0;
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
  Message packed(Way&, view::Outgoing);
  std::optional<command::Delivery> unpacked(Way&, Message);
  void post(Way&, const Message&, std::uint64_t number);
  void arrive(Way&, Message, std::uint64_t number);
  bool compare(Way&);  // false where nothing may leave the sender
  void countersign(Way&);
  void answered(Way&, Answer, std::uint64_t number);
  bool judge(Way&, const command::Executor::Taken&);
  static Milliseconds latency(Way&);
  bool happens(Way&, std::uint64_t one_in, const char* what);
  bool carries(const Way& way) const { return !cut_.contains(way.line) && way.from->up() && way.to->up(); }

  Agenda& agenda_;
  const Instant& now_;
  Watch watch_;
  Counts& counts_;
  std::vector<std::unique_ptr<Way>> ways_;
  std::set<std::string> cut_;
  std::set<Node*> lost_;  // whose stores are of yesterday
};

// What is sent of which stream, as shipped.
const std::vector<view::ScopeRule>& shipped_scope();

}  // namespace anlan::sim
