#pragma once
// What a site says of a receiver over HTTP, and who serves it.

#include <memory>
#include <optional>
#include <string>

#include "outbox/gateway.h"
#include "outbox/outbox.h"

namespace anlan::edge {

struct WebhookChannel {
  std::string name = {};  // of the channel in the outbox
  outbox::World world = outbox::World::kReal;
  std::string url = {};  // https:, or http: where private addresses are allowed
  std::string secret = {};
  std::string ca_file = {};    // empty: whom the machine trusts
  bool allow_private = false;  // the receiver may have an address that is not of the internet
  double rate = 20;            // messages a second
  Milliseconds connecting{5'000}, patience{15'000};
  Milliseconds reconnect_first{1'000}, reconnect_most{60'000};
  outbox::Backoff backoff = {};
};

std::optional<outbox::Fault> fault_of(const WebhookChannel&);
// Without fault. Outbox and clock outlive it; the world of the outbox is the channel's: a mistake there is an
// assertion.
std::unique_ptr<outbox::Gateway> serve(const WebhookChannel&, outbox::Outbox&, const Clock&, outbox::Failed);

}  // namespace anlan::edge
