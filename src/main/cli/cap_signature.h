#pragma once
// What the signature of an alert is told as.

#include <string>

#include "codec/cap/reading.h"
#include "platform/xml/signature.h"

namespace anlan::cli {

// Behind a line of cap::line: "; signature: valid (by CN=…; the signer was not checked)". The words none, valid and
// invalid are for programs and the same in all languages; so is the name of what is wrong in Fault.
std::string signature_clause(const xml::Verdict&, const cap::Texts&);

// What stands in the brackets; empty for none.
std::string signature_words(const xml::Verdict&, const cap::Texts&);

}  // namespace anlan::cli
