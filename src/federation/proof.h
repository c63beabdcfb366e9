#pragma once
// That who holds a certificate of TLS is the node it says: the node's SM2 key, which the register names, signs the
// certificates of both ends. Certificates can then be made anew without anybody being told.

#include <string>

#include "platform/crypto/sm2.h"

namespace anlan::federation {

// Both by their fingerprints; in hexadecimal.
std::string proof_of(const crypto::Sm2PrivateKey&, const std::string& dialling, const std::string& listening);
// False for whatever does not prove it, and for a key that is none.
bool proves(const std::string& proof, const std::string& public_key, const std::string& dialling,
            const std::string& listening);

}  // namespace anlan::federation
