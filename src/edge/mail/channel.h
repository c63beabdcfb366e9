#pragma once
// What a site says of a mail server, and who serves it.

#include <memory>
#include <optional>
#include <string>

#include "outbox/gateway.h"
#include "outbox/outbox.h"
#include "platform/transfer/mailer.h"

namespace anlan::edge {

struct MailChannel {
  std::string name = {};  // of the channel in the outbox
  outbox::World world = outbox::World::kReal;
  std::string host = {};
  std::uint16_t port = 587;
  transfer::MailSecurity security = transfer::MailSecurity::kRequired;
  std::string account = {}, secret = {};  // empty: without AUTH
  std::string ca_file = {};               // empty: whom the machine trusts
  std::string hello = {};                 // the name that we give ourselves; empty: the machine's
  std::string from = {};                  // bare address
  std::string from_name = {};
  std::string list_id = {};      // RFC 2919, "warnings.example.gov.cn"; empty: none
  std::string unsubscribe = {};  // RFC 2369, https: or mailto:; empty: none
  double rate = 20;              // mails a second
  Milliseconds connecting{5'000}, patience{60'000};
  Milliseconds reconnect_first{1'000}, reconnect_most{60'000};
  outbox::Backoff backoff = {};
};

std::optional<outbox::Fault> fault_of(const MailChannel&);
// Without fault. Outbox and clock outlive it; the world of the outbox is the channel's: a mistake there is an
// assertion.
std::unique_ptr<outbox::Gateway> serve(const MailChannel&, outbox::Outbox&, const Clock&, outbox::Failed);

}  // namespace anlan::edge
