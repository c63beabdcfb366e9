#pragma once
// What a site says of a group of loudspeakers and LED screens, and who serves it.

#include <memory>
#include <optional>
#include <string>

#include "outbox/gateway.h"
#include "outbox/outbox.h"

namespace anlan::edge {

// Devices of one group share a secret; the address of a message is the id of a device.
struct LoudspeakerChannel {
  std::string name = {};  // of the channel in the outbox
  outbox::World world = outbox::World::kReal;
  std::string address = {};  // of the broker
  std::uint16_t port = 8883;
  bool version5 = false;  // of MQTT; else 3.1.1
  std::string client_id = {};
  std::string account = {}, secret = {};  // at the broker
  bool tls = true;
  std::string ca_file = {}, certificate_file = {}, key_file = {};
  std::string prefix = "anlan";   // of the topics
  std::string group_secret = {};  // of the devices
  std::int64_t times = 3, volume = 80;
  double rate = 50;         // commands a second
  std::size_t at_once = 5;  // without the broker's answer
  Milliseconds patience{5'000}, keep_alive{30'000};
  Milliseconds reconnect_first{1'000}, reconnect_most{60'000};
  outbox::Backoff backoff = {};
};

std::optional<outbox::Fault> fault_of(const LoudspeakerChannel&);
// Without fault. Outbox and clock outlive it; the world of the outbox is the channel's: a mistake there is an
// assertion.
std::unique_ptr<outbox::Gateway> serve(const LoudspeakerChannel&, outbox::Outbox&, const Clock&, outbox::Failed);

}  // namespace anlan::edge
