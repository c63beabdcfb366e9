#pragma once
// Which addresses lie out in the internet: whoever may name a machine to call must not reach those beside this one.

#include <sys/socket.h>

#include <string>

namespace anlan::net {

// By the registries of special addresses of RFC 6890 and its successors; an IPv6 address that stands for an IPv4 one is
// judged by that. Neither family: false.
bool is_public(const sockaddr&);
// Of a numeric address; false for what is none.
bool is_public(const std::string& numeric);

}  // namespace anlan::net
