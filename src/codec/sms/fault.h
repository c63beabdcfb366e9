#pragma once
// What is wrong with the bytes of a short message protocol, or with what shall become such bytes.

#include <string>

#include "base/result.h"

namespace anlan::sms {

// As finely as the protocols answer: CMPP 3.0 §8.4.3.2 Result 4, 2, 1; SMPP 3.4 §5.1.3 ESME_RINVCMDLEN, ESME_RINVCMDID.
enum class FaultKind {
  kLength,     // the length of a whole PDU is out of its limits; the stream cannot be followed any further
  kCommand,    // a command that is not spoken here
  kStructure,  // cut short, longer than its fields, or text without its end
  kValue,      // a field that holds, or shall hold, what it may not
};

struct Fault {
  FaultKind kind;
  std::string field;     // by its name in the protocol's document
  std::string found;     // what stands there
  std::string expected;  // what should
  bool operator==(const Fault&) const = default;
};

// For the operator's log: "Total_Length is 11, expected 12 to 4096".
inline std::string sentence(const Fault& fault) {
  return fault.field + " is " + fault.found + ", expected " + fault.expected;
}

template <class T>
using Coded = Result<T, Fault>;

}  // namespace anlan::sms
