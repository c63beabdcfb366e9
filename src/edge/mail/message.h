#pragma once
// A message as a mail: RFC 5322, MIME.

#include <string>
#include <string_view>

#include "base/time.h"
#include "edge/mail/channel.h"

namespace anlan::edge {

// Whether it is an address that can stand in a command and a head: printable ASCII, no quotes (RFC 5321 §4.1.2).
bool is_mail_address(std::string_view);

// The first line of a text, as far as a head takes it.
std::string mail_subject(std::string_view text);

// One address, the subject the first line of the text. The same key has the same Message-ID, so that who gets it twice
// can tell.
std::string mail_text(const MailChannel&, const outbox::Taken&, Instant now);

}  // namespace anlan::edge
