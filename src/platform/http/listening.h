#pragma once
// Whether a server could listen as it is told to, asked before anything depends on it.

#include <cstdint>
#include <string>

#include "base/result.h"

namespace anlan::http {

// Numeric, v4 or v6.
bool is_address(const std::string&);
// This machine has it now. False for what is no address.
bool is_own_address(const std::string&);
// Binds and lets go again. The failure is that of Server::listen.
Result<Done> try_to_listen(const std::string& address, std::uint16_t port);

// A PEM file of a certificate, with those that vouch for it.
bool is_certificate(const std::string& file);
// A PEM file of the private key that belongs to the certificate.
bool is_key_of(const std::string& certificate_file, const std::string& key_file);

}  // namespace anlan::http
