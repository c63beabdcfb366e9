#pragma once
// A city, its counties and their towns, each with a node of its own, under simulated time. Everything runs in one
// thread and follows from the seed and the steps.

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "network.h"
#include "steps.h"
#include "verdict.h"

namespace anlan::sim {

struct Size {
  std::size_t counties = 10, towns = 10;  // towns of each county
};

struct Outcome {
  Verdict verdict;
  Counts counts;  // what was done and what befell
};

class World {
 public:
  // Registers everybody, over lines that lose nothing yet. Throws where that fails.
  explicit World(Size);

  // Plays the steps with all that chance adds, mends everything, waits until nothing moves, and judges. Once for each
  // world: to play again, a process makes a copy of itself before (trial.h).
  Outcome play(std::uint64_t seed, const std::vector<Step>&);

  Instant now() const { return now_; }
  std::vector<std::string> names() const;
  Network& network() { return network_; }

 private:
  void add_node(const std::string& id, const std::string& parent, const std::string& division);
  void register_everybody();
  void add_people(Node&);
  void must(Node&, command::Command, const std::string& target);

  void run_until(Instant);
  void quiet();  // lets everything come to rest
  void act(const Step&);
  void befall(const Step&);
  void crash(Node&, std::uint64_t chance);
  void start_again(Node&);
  void rot(Node&, std::uint64_t chance);
  void back_up(Node&);
  void lose(Node&);
  void resume(Node&);
  void wake_again(Node&);
  std::optional<command::Outcome> submit(Node&, const command::Envelope&);
  void failed(Node&);
  void recorded(Node&);
  void wake(Node&);
  void tick(Node&);
  void call_out(Node&);
  void mend();

  Instant now_ = from_china_time(2026, 1, 5, 8);
  Counts counts_;
  Verdict verdict_;
  Agenda agenda_;
  std::vector<std::unique_ptr<Node>> nodes_;  // parents first
  std::map<std::string, std::string> divisions_;
  Network network_;
  Chance chance_{1};
  std::map<Node*, Instant> wakes_;
  std::map<Node*, std::vector<command::Envelope>> unanswered_;  // asked again when the node is back
  std::map<Node*, powercut::Disk::Image> backups_;
  std::map<Node*, Instant> restored_;
};

}  // namespace anlan::sim
