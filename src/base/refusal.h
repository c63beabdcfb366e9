#pragma once
// The rules say no. Shown to the person in their language with what to do next; over HTTP as RFC 9457.

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace anlan {

// The closed set of kinds; each is one HTTP status.
enum class RefusalKind {
  kMalformed,        // 400 the bytes are not what the interface describes
  kUnauthenticated,  // 401
  kForbidden,        // 403
  kNotFound,         // 404 also for what the asker may not know of
  kConflict,         // 409 stale version, repeated key with other content
  kTooLarge,         // 413
  kRule,             // 422 well-formed, but a rule of the field says no
  kTooOften,         // 429
  kBusy,             // 503 try again later
};

// A plain value; its words are found when it is shown, in the language of who reads it.
struct Refusal {
  RefusalKind kind;
  std::string code;   // key of the text in data/text/*.toml under [refusal], e.g. "incident.closed"
  std::string field;  // path of the input at fault ("figures.dead"), empty where it is none
  std::vector<std::pair<std::string, std::string>> values;  // filled into {name} of the text
};

inline Refusal refuse(RefusalKind kind, std::string code, std::string field = {},
                      std::vector<std::pair<std::string, std::string>> values = {}) {
  return {kind, std::move(code), std::move(field), std::move(values)};
}

template <class T>
using Outcome = Result<T, Refusal>;

}  // namespace anlan
