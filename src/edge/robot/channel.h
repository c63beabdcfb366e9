#pragma once
// What a site says of the robot of a group in WeCom or DingTalk, and who serves it.

#include <memory>
#include <optional>
#include <string>

#include "outbox/gateway.h"
#include "outbox/outbox.h"

namespace anlan::edge {

enum class RobotKind : std::uint8_t { kWecom, kDingtalk };

// One group, one channel: the addresses of its messages say nothing that the robot needs.
struct RobotChannel {
  std::string name = {};  // of the channel in the outbox
  RobotKind kind = RobotKind::kWecom;
  outbox::World world = outbox::World::kReal;
  std::string key = {};      // WeCom: key; DingTalk: access_token
  std::string secret = {};   // DingTalk with signing: "SEC…"; empty: without
  std::string service = {};  // where the robots are, "https://…" without a query; empty: at the vendor's
  std::string ca_file = {};
  bool allow_private = false;   // of the service: one that passes on to the vendor
  double rate = 1.0 / 3;        // both vendors take 20 messages a minute
  std::size_t longest = 2'048;  // octets of a text
  Milliseconds connecting{5'000}, patience{15'000};
  Milliseconds reconnect_first{3'000}, reconnect_most{60'000};
  outbox::Backoff backoff = {};
};

std::optional<outbox::Fault> fault_of(const RobotChannel&);
// Without fault. Outbox and clock outlive it; the world of the outbox is the channel's: a mistake there is an
// assertion.
std::unique_ptr<outbox::Gateway> serve(const RobotChannel&, outbox::Outbox&, const Clock&, outbox::Failed);

}  // namespace anlan::edge
