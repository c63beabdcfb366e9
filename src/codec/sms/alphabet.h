#pragma once
// The alphabets in which short messages carry text.

#include <optional>
#include <string>
#include <string_view>

namespace anlan::sms {

enum class Alphabet {
  kAscii,   // one octet a character
  kGsm,     // 3GPP TS 23.038 §6.2.1 default alphabet and its extension, one septet an octet (not packed)
  kLatin1,  // ISO 8859-1
  kUcs2,    // UTF-16BE: beyond U+FFFF by surrogate pairs, as phones take it
  kGbk,     // GBK, read as its superset GB 18030
  kBinary,  // no text
};

// None where the text is not UTF-8 or has a character outside the alphabet. Thread safe.
std::optional<std::string> encoded(std::string_view utf8, Alphabet);

// As UTF-8. What stands for no character becomes U+FFFD, and all of kBinary does; never fails.
std::string decoded(std::string_view octets, Alphabet);

}  // namespace anlan::sms
