#pragma once
// What a site says of a gateway for short messages.

#include <cstdint>
#include <string>

#include "base/time.h"
#include "outbox/outbox.h"

namespace anlan::edge {

enum class SmsProtocol : std::uint8_t { kCmpp20, kCmpp30, kSmpp34 };

struct SmsChannel {
  std::string name = {};  // of the channel in the outbox
  SmsProtocol protocol = SmsProtocol::kCmpp30;
  outbox::World world = outbox::World::kReal;  // whose messages may go there
  std::string address = {};                    // a name or numeric
  std::uint16_t port = 7890;
  std::string account = {};  // CMPP: SP_Id, 6 digits; SMPP: system_id
  std::string secret = {};   // as its file has it; never written or shown
  std::string number = {};   // that phones show
  std::string service = {};  // CMPP: service_id; SMPP: system_type

  std::size_t window = 16;  // parts without an answer; CMPP V3.0.0 §6.3 names 16
  double rate = 100;        // parts a second
  // Without news for so long the other side is asked whether it is there; three times without an answer it is not.
  Milliseconds ask_every{30'000};
  // For an answer; §6.3 names 60 s.
  Milliseconds patience{60'000};
  Milliseconds reconnect_first{1'000}, reconnect_most{60'000};
  outbox::Backoff backoff = {};
  // SMPP: reports name in decimal what answers name in hexadecimal.
  bool decimal_reports = false;
};

}  // namespace anlan::edge
