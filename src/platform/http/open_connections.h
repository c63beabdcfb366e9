#pragma once
// Which connections are open, by address and by who has proved to be at the other end. Inside the server only.

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "platform/http/server.h"

namespace anlan::http {

class IoThread;

// Decides who is let in and who has to leave for it, as Options::strangers and those beside it say. Thread safe.
//
// A stranger makes room for whoever comes: the oldest of an address that has more than its share of the strangers, else
// the oldest of all. Who has proved something leaves only where the same one has opened too many others.
class OpenConnections {
 public:
  // Of one connection, never used again; later ones are higher.
  using Number = std::uint64_t;
  static constexpr Number kNone = 0;

  explicit OpenConnections(const Options& options) : options_(options) {}

  struct Evicted {
    IoThread* thread;  // that has the connection, or will have it
    Number number;
  };
  struct Entered {
    Number number;  // kNone: there is no room
    std::optional<Evicted> evicted;
  };
  Entered enter(const std::string& address, IoThread&);
  // It is no stranger's any more. The first word counts; of no effect on one that has left.
  std::optional<Evicted> recognise(Number, const std::string& who);
  // Of no effect the second time.
  void leave(Number);

 private:
  struct Entry {
    IoThread* thread;
    std::string address, who;  // who: empty for a stranger
  };
  struct Address {
    std::size_t all = 0;
    std::set<Number> strangers = {};
  };
  using Entries = std::map<Number, Entry>;

  // With the lock held. nullopt: all is well without.
  std::optional<Number> surplus(const Address&) const;
  bool is_full(const Address&) const;
  Evicted evict(Number);
  void erase(Entries::iterator);

  const Options& options_;
  std::mutex mutex_;
  Number last_ = kNone;
  Entries entries_;
  std::map<std::string, Address> addresses_;       // none is empty
  std::map<std::string, std::set<Number>> known_;  // by who; none is empty
  std::set<Number> strangers_;
};

}  // namespace anlan::http
