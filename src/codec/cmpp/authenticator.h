#pragma once
// How the two sides of a CMPP connection prove that they know the shared secret: V3.0.0 §8.4.1.
//
// MD5, as the protocol has it: it keeps the secret from being read on the line and no more, so the line itself is to be
// a private one.

#include <string>
#include <string_view>

#include "base/time.h"
#include "codec/cmpp/pdu.h"

namespace anlan::cmpp {

// MMDDHHMMSS in China's time as a number: 1021080510 on 21 October at 08:05:10.
std::uint32_t timestamp(Instant);

// §8.4.1.1 AuthenticatorSource, 16 octets: MD5 of address, nine NULs, secret and the ten digits of the timestamp.
std::string authenticator_source(std::string_view source_addr, std::string_view secret, std::uint32_t timestamp);

// §8.4.1.2 AuthenticatorISMG, 16 octets: MD5 of the status in as many octets as the version has, AuthenticatorSource
// and secret.
std::string authenticator_ismg(std::uint32_t status, std::string_view authenticator_source, std::string_view secret,
                               std::uint8_t version);

}  // namespace anlan::cmpp
