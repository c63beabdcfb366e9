#pragma once
// How much a node has for its neighbours that they have not read.

#include <map>
#include <mutex>
#include <string>

#include "federation/health.h"
#include "view/outgoing.h"

namespace anlan::federation {

// Goes on counting where it stopped, so that what was looked at once is not looked at again. Thread safe.
class Backlogs {
 public:
  // Behind `read`, as far as the neighbour has come. Of what takes long to look through a part is counted, and more the
  // next time.
  Waiting of(sql::Connection&, const state::Directory&, const std::vector<view::ScopeRule>&, const std::string& self,
             const std::string& neighbour, journal::Place read);

 private:
  struct Counted {
    journal::Place read, upto;
    Waiting waiting;
  };

  std::mutex mutex_;
  std::map<std::string, Counted> counted_;
};

}  // namespace anlan::federation
