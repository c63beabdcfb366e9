#pragma once
// Reads a CAP 1.1 or 1.2 alert from bytes and says everything that is wrong with it.
//
// Pure: bytes in, value out; no disk, no network, no clock. Thread safe. A document type declaration ends the reading
// before anything in it is looked at, so no entity is ever resolved. Encodings: what libxml2 knows (UTF-8, UTF-16,
// ISO-8859-1, GBK, GB18030 …).

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/cap/alert.h"

namespace anlan::cap {

inline constexpr std::size_t kBytesLimit = 1 << 20;
inline constexpr int kDepthLimit = 64;            // elements inside elements; CAP needs five, a signature about ten
inline constexpr std::size_t kErrorsLimit = 500;  // further errors are not listed

enum class ErrorClass {
  kForm,      // not a document that can be read: not well-formed, DOCTYPE, too large, too deep, another root
  kSchema,    // breaks the OASIS XML schema of its version
  kStandard,  // breaks a rule the standard states in words: CAP 1.2 sections 3.2.1 and 3.2.4
  kMeaning,   // allowed, but cannot be meant; the alert stays valid
};

struct Error {
  std::string code;  // key of the text in data/text/cap.*.toml under [cap]
  ErrorClass kind;
  int line;              // from 1; 0 where no line is at fault
  std::string element;   // from below the root, counted where it is not the first: "info[2]/area/polygon[3]"
  std::string value;     // what stands there, on one line and clipped
  std::string expected;  // what should, in the standard's words; empty where the code says it all
};

enum class Kind {
  kValid,    // no errors but of class kMeaning
  kInvalid,  // an alert with errors, or bytes whose root was never seen
  kForeign,  // the root is not an alert: a feed, an EDXL envelope, a schema; errors name it
};

struct Reading {
  Kind kind = Kind::kInvalid;
  bool well_formed = false;
  std::string root;            // local name of the root; empty where none was seen
  std::string root_namespace;  // clipped
  Alert alert;                 // as far as it could be read; trustworthy only when kind is kValid
  std::vector<Error> errors;   // every one, those of class kMeaning last, in the order of the document
};

Reading read(std::string_view bytes, std::size_t limit = kBytesLimit);

// "valid", "invalid" or "foreign".
std::string_view word(Kind);

// Looks up a text of data/text/cap.*.toml by its key in [cap]; an unknown key gives an empty text.
using Texts = std::function<std::string(std::string_view key)>;

// An error as a sentence: its text with {element} {value} {line} {expected} filled in.
std::string sentence(const Error&, const Texts&);

// Where it is, to stand behind the sentence: " (line 12, info/effective)"; empty where no line is at fault.
std::string where(const Error&, const Texts&);

// One line without its end: "FILE: invalid: reason (line 12, info/effective); …".
std::string line(std::string_view file, const Reading&, const Texts&);

}  // namespace anlan::cap
