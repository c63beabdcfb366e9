#pragma once
// Addresses of the internet protocol: which of them are somebody's in the world.

#include <string>
#include <vector>

#include "base/result.h"

namespace anlan::fetch {

// Whether a numeric address, IPv4 or IPv6, is one of the public internet: not of this host, of a private network, of a
// link, shared, reserved, for documents or to many (IANA's registries of special-purpose addresses, RFC 6890, RFC 5735,
// RFC 4291). One that holds another, as IPv6 does of IPv4, is none: nobody needs it here. False for what is no address.
bool is_public(const std::string& address);

// Numeric addresses of a name or of a number, in the system's order. Waits for the network.
Result<std::vector<std::string>> resolve(const std::string& host);

}  // namespace anlan::fetch
