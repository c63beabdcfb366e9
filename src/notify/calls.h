#pragma once
// Messages to who is called on a warning (叫应), and their being taken back.

#include <map>
#include <set>

#include "journal/journal.h"
#include "notify/ground.h"

namespace anlan::notify {

// Nothing is remembered that cannot be found again: after a start, calls are looked at from those whose links are good.
class Calls {
 public:
  explicit Calls(const Ground& ground) : ground_(ground) {}

  // Queues what is owed, and takes back what nobody needs any more: of a place that has answered, of a link that is
  // void, of a callout that is closed or was opened anew, of a warning that is over or has changed. What waits for a
  // line that is down would else call people after the end.
  void step();

 private:
  // Up to where the streams were read that say whether calls are wanted.
  struct Read {
    std::int64_t callout = 0, warning = 0;
    bool operator==(const Read&) const = default;
  };
  // Calls on their way.
  struct Open {
    std::string warning, world;
    Read read;
    std::set<std::int64_t> calls;
  };
  void call(std::int64_t sequence, const std::string& callout, const std::string& world);
  void take_back();
  Read read_of(const std::string& callout, const Open&) const;

  const Ground& ground_;
  std::map<std::string, Open> open_;  // by callout
  std::int64_t last_ = 0;             // up to which calls were looked at
  journal::Position head_ = 0;        // of the journal when it was asked last what has changed
};

}  // namespace anlan::notify
