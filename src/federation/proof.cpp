#include "federation/proof.h"

#include <stdexcept>

namespace anlan::federation {
namespace {

// With a word of its own, so that no other signature of a node can be taken for one.
std::string signed_text(const std::string& dialling, const std::string& listening) {
  return "anlan.line.1\n" + dialling + "\n" + listening;
}

}  // namespace

std::string proof_of(const crypto::Sm2PrivateKey& key, const std::string& dialling, const std::string& listening) {
  const std::string text = signed_text(dialling, listening);
  return crypto::to_hex(key.sign(crypto::bytes_of(text)));
}

bool proves(const std::string& proof, const std::string& public_key, const std::string& dialling,
            const std::string& listening) try {
  const auto signature = crypto::from_hex(proof);
  const std::string text = signed_text(dialling, listening);
  return signature && crypto::Sm2PublicKey(public_key).verify(crypto::bytes_of(text), *signature);
} catch (const std::invalid_argument&) {
  return false;
}

}  // namespace anlan::federation
