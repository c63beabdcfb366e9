#pragma once
// A gateway for short messages, served for as long as this lives.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "edge/sms/channel.h"
#include "platform/net/tcp.h"

namespace anlan::edge {

// How its line stands, for whoever looks after it. Holds no secret.
struct SmsHealth {
  bool connected = false;
  Instant since = {};    // of that
  std::string why = {};  // where it is not
};

// One thread: connects, speaks, and connects again with growing pauses. Nobody else serves the channel meanwhile.
class SmsGateway {
 public:
  // Clock and outbox outlive it. `failed`: the store of the outbox failed as no other attempt can mend; nothing more is
  // done.
  SmsGateway(SmsChannel, outbox::Outbox&, const Clock&, std::function<void(const std::string& what)> failed);
  // Takes nothing more, waits a few seconds for answers that are due, and parts.
  ~SmsGateway();
  SmsGateway(const SmsGateway&) = delete;
  SmsGateway& operator=(const SmsGateway&) = delete;

  SmsHealth health() const;

 private:
  void run();
  void serve();
  void converse(net::Tcp&);
  bool stopping() const;
  void rest(Milliseconds);
  void note(bool connected, const std::string& why);

  const SmsChannel channel_;
  outbox::Outbox& outbox_;
  const Clock& clock_;
  const std::function<void(const std::string&)> failed_;
  bool resumed_ = false;
  Milliseconds pause_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  SmsHealth health_;
  std::thread thread_;
};

}  // namespace anlan::edge
