#pragma once
// Rounds of load and kill -9 on one directory, and what must be true afterwards.

#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "desk.h"
#include "load.h"
#include "served.h"

namespace anlan {

class Campaign {
 public:
  explicit Campaign(unsigned seed) : chance_(seed) {}

  // Starts the node, repeats what the last round sent, lets 64 clients send notes until the node is killed.
  void round();
  // Starts the node once more, repeats what the last round sent, ends it in order and compares the journal with all
  // that was ever sent.
  void finish();
  void expect_sound() const;

  std::size_t sent() const { return sent_.size(); }
  std::size_t acknowledged() const { return acknowledged_; }

 private:
  struct Sent {
    std::string request;
    std::optional<std::string> answer;  // the body; empty: the node died first
  };
  using Entry = std::pair<const std::string, Sent>;  // by text, which is the key too

  void prepare(const Served&);
  void repeat(const Served&);
  void check_repeated(Entry&, const bench::Answer&);
  std::string send(std::size_t client);
  void check_acknowledged(std::size_t client, const bench::Answer&);
  void compare_with_journal() const;

  std::mt19937 chance_;
  CityFolder folder_;
  std::optional<bench::Desk> desk_;  // signed in once: a session outlives the node that opened it
  std::vector<std::string> incidents_;
  std::map<std::string, Sent> sent_;
  std::vector<Entry*> last_;       // of the last round
  std::vector<Entry*> by_client_;  // what each client waits for
  std::size_t acknowledged_ = 0;   // before the node was killed
};

}  // namespace anlan
