#pragma once
// What the processes on a shared store have with each other beside facts: who does the work of one, when sessions were
// used, how much askers have asked (docs/decisions/0015).

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "journal/lease.h"

namespace anlan {

// Used by one thread. Has a connection of its own, so that it is not behind the writer's queue; a server that is away
// costs the work for that while, never an exception.
class Siblings {
 public:
  // `process`: a name that no other process ever has.
  Siblings(std::string where, std::string work, std::string process);
  // Gives the work back, so that another process need not wait for the term.
  ~Siblings();
  Siblings(const Siblings&) = delete;
  Siblings& operator=(const Siblings&) = delete;

  // To be called at every step of the node's timer. The fence that commands of the work must bear, while this process
  // may believe that the work is its own.
  std::optional<journal::Fence> tend();
  // Sessions and when they were used here.
  void tell_used(const std::vector<std::pair<std::string, Instant>>&);
  // Askers and how much they took here since the last call; answers how much they took elsewhere since then.
  std::vector<std::pair<std::string, double>> share_spent(const std::vector<std::pair<std::string, double>>&,
                                                          Instant now);
  // What nobody needs any more. Only by who does the work.
  void forget(Instant now);

  // Steps between two looks at the lease, and looks at the same beat after which its holder is silent: with steps of
  // 200 ms the work of a process that died is taken over after 5 to 7 s.
  static constexpr int kStepsPerLook = 5, kSilentLooks = 5;

 private:
  // `work` in a transaction; false where the server is away.
  template <class Work>
  bool transact(Work work);
  void look();
  void give_back();

  const std::string where_, work_, process_;
  std::unique_ptr<sql::Connection> sql_;
  journal::Lease seen_;
  std::map<std::string, double> spent_;                              // here, by asker
  std::map<std::pair<std::string, std::string>, double> elsewhere_;  // by process and asker, as last seen
  bool knows_elsewhere_ = false;                                     // what was spent before is nobody's burden now
  int steps_ = 0;                                                    // since the last look
  int unchanged_ = 0;                                                // looks since seen_ was another
  int unanswered_ = 0;                                               // looks since a server answered
};

}  // namespace anlan
