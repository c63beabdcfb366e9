#pragma once
// A client of an MQTT broker (OASIS MQTT 3.1.1 and 5.0), without a thread of its own.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

struct mosquitto;

namespace anlan::mqtt {

struct Settings {
  std::string address;
  std::uint16_t port = 8883;
  bool version5 = false;
  std::string client_id = {};  // another one with the same makes the broker end this one's connection
  std::string account = {}, secret = {};
  bool tls = true;
  std::string ca_file = {};                          // PEM; empty: whom the machine trusts
  std::string certificate_file = {}, key_file = {};  // PEM, of the client; only beside a ca_file
  Milliseconds keep_alive{30'000};
};

struct Heard {
  std::string topic, text;
};

// One connection, of one session: nothing of it outlives it, here or at the broker. One thread at a time.
class Client {
 public:
  // Returns when the broker has let us in, and has taken the subscription (QoS 1) where there is one. `patience` is for
  // each of the two.
  static Result<std::unique_ptr<Client>> connect(const Settings&, const std::string& subscription,
                                                 Milliseconds patience);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // QoS 1, not retained. Goes out with work(); its number is in acknowledged() once the broker has it.
  Result<int> publish(const std::string& topic, const std::string& text);
  // What is to be written and read, for at most so long. Failure: the connection is gone.
  Result<Done> work(Milliseconds longest);

  // The same until that is true. Failure: the connection is gone, or the time is over.
  Result<Done> work_until(const std::function<bool()>& true_now, Milliseconds patience);

  // Since they were last asked for.
  std::vector<int> acknowledged() { return std::exchange(acknowledged_, {}); }
  std::vector<int> refused() { return std::exchange(refused_, {}); }  // by a broker of version 5, for good
  std::vector<Heard> heard() { return std::exchange(heard_, {}); }

 private:
  explicit Client(const Settings&);
  Result<Done> begin(const Settings&);
  friend struct Callbacks;

  const std::unique_ptr<mosquitto, void (*)(mosquitto*)> client_;
  bool welcome_ = false, subscribed_ = false;
  std::string why_;  // the broker has ended it
  std::vector<int> acknowledged_, refused_;
  std::vector<Heard> heard_;
};

}  // namespace anlan::mqtt
