#pragma once
// What the processes on a shared store have with each other beside facts: who does the work of one, when sessions were
// used, how much askers have asked (docs/decisions/0015).

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "journal/lease.h"
#include "journal/presence.h"

namespace anlan {

// Used by one thread. Has a connection of its own, so that it is not behind the writer's queue; a server that is away
// costs the work for that while, never an exception.
class Siblings {
 public:
  // What this process tells the others. It is told once, with this look or the first one that a server answers.
  struct Told {
    std::vector<std::pair<std::string, double>> spent;  // askers, and how much they took here since they were told of
    std::vector<std::pair<std::string, Instant>> used;  // sessions, and when they were used here
  };
  struct Heard {
    // What commands of the work must bear, while this process may believe that the work is its own.
    std::optional<journal::Fence> fence;
    std::vector<std::pair<std::string, double>> spent;  // askers, and how much they took elsewhere since the last look
    std::string hindered;  // why keys that were erased cannot leave the store's files, once for each reason; else empty
  };

  // `process`: a name that no other process ever has.
  Siblings(std::string where, std::string work, std::string process);
  // Gives the work back, so that another process need not wait for the term.
  ~Siblings();
  Siblings(const Siblings&) = delete;
  Siblings& operator=(const Siblings&) = delete;

  // To be called once a second. One transaction, and none that writes where this process only waits and has nothing to
  // tell: the store's one lock is for those who have. Who holds the work sees now and then to what processes have left
  // behind. May wait as long as a server lets it.
  Heard look(const Told&, Instant now);

  // Looks at the same beat after which its holder is silent: the work of a process that died is taken over after 5 to
  // 7 s.
  static constexpr int kSilentLooks = 5;

 private:
  // Since this process began, or since the asker was forgotten for his silence.
  struct Burden {
    double tokens = 0;
    Instant at;  // of the last asking
  };
  // `work`, and what it began is committed; false where the server is away.
  template <class Work>
  bool attempt(Work work);
  void note(const Told&, Instant now);
  // The lease as `held` and this look leave it.
  journal::Lease tended(const journal::Lease& held) const;
  // Within a writing transaction: what is untold, and what nobody needs any more.
  void tell(sql::Connection&, Instant now);
  void forget(sql::Connection&, Instant now);
  std::vector<std::pair<std::string, double>> fresh(const std::vector<journal::Spent>&);
  // What an erasure leaves to be done. A store that will not have it now is asked again later.
  std::string scrub();
  void give_back();

  const std::string where_, work_, process_;
  std::unique_ptr<sql::Connection> sql_;
  journal::Lease seen_;
  std::map<std::string, Burden> spent_;                              // here, by asker
  std::set<std::string> untold_;                                     // askers of it
  std::map<std::string, Instant> used_;                              // sessions that are untold
  std::map<std::pair<std::string, std::string>, double> elsewhere_;  // by process and asker, as last seen
  bool knows_elsewhere_ = false;                                     // what was spent before is nobody's burden now
  std::string hindered_;                                             // why the last scrub failed
  int held_ = 0;                                                     // looks as the holder
  int unchanged_ = 0;                                                // looks since seen_ was another
  int unanswered_ = 0;                                               // looks since a server answered
};

}  // namespace anlan
