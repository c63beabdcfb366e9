#pragma once
// Whether a Signature has the one form that counts (platform/xml/signature.h), and where its parts are.

#include <libxml/tree.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "platform/xml/signature.h"

namespace anlan::xml {

enum class KeyKind { kRsa, kEc };

struct Form {
  KeyKind key_kind;  // what the method of the signature wants
  std::string digest_value, signature_value;
  std::vector<std::string> certificates;  // as written
};

Result<Form, Flaw> form_of(xmlNode& signature, bool sha1);

// The bytes of base64 in its canonical form, white space aside; nullopt for everything else.
std::optional<std::string> from_base64(std::string_view);
// In lines of 64 characters.
std::string to_base64(std::string_view bytes);

}  // namespace anlan::xml
