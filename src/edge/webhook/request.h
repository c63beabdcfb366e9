#pragma once
// What a receiver is told, how it knows from whom, and what its answer means.

#include <string>
#include <string_view>

#include "outbox/outbox.h"

namespace anlan::edge {

// {"key", "to", "text", "expires", "drill"}; the same for the same key.
std::string webhook_body(const outbox::Taken&, outbox::World);

// "t=SECONDS,v1=HEX": HMAC-SHA256 over SECONDS, a dot and the body. A receiver that refuses what is older than some
// minutes is not told twice by who has overheard it.
std::string webhook_signature(std::string_view secret, std::string_view body, Instant now);

// The answer to a message. Its receiver takes a key once, so an answer that says "later" costs nothing.
outbox::Outcome webhook_outcome(const outbox::Taken&, int status, std::string_view retry_after, Instant now);

}  // namespace anlan::edge
