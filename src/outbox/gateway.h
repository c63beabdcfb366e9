#pragma once
// Whoever carries a channel's messages out, as those who look after channels see it.

#include <functional>
#include <string>

#include "base/time.h"

namespace anlan::outbox {

// How the line to the other side stands. Holds no secret and no text of a message.
struct Health {
  bool connected = false;  // the last exchange went well; of a channel without standing lines too
  Instant since = {};      // of that; 0: nothing was tried yet
  std::string why = {};    // where it is not
};

// Which of a channel's settings cannot be. Words for it are found by the code: "missing", "range", "form" of a value
// that the protocol cannot say, "insecure". Never holds a secret.
struct Fault {
  std::string setting, code, value = {};
  bool operator==(const Fault&) const = default;
};

// The store of the outbox failed as no other attempt can mend; nothing more is done. From the gateway's thread.
using Failed = std::function<void(const std::string& what)>;

// Serves its channel for as long as it lives, on a thread of its own. Ending it takes nothing more and waits a few
// seconds for answers that are due.
class Gateway {
 public:
  Gateway() = default;
  virtual ~Gateway() = default;
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;
  virtual Health health() const = 0;
};

}  // namespace anlan::outbox
