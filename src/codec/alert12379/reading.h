#pragma once
// Reads a warning of the 12379 form from bytes and says everything that is wrong with it.
//
// Pure and thread safe; bytes, depth and number of errors are bounded and a DOCTYPE is refused as in
// codec/cap/reading.h, whose errors these are, with the texts of data/text/cap.*.toml.
//
// What is an error: XML that cannot be read; a missing identifier, sender, sendTime, status, msgType, eventType or
// severity, or headline and description both; a value of status, msgType, scope or severity that the rules have not; a
// time, division or shape that says nothing. What is a doubt only (kMeaning), since the rules were not read in full:
// any other required element that is missing, an element that is not known, an identifier or event type of another
// form, other words of urgency and certainty, a change without the alert it changes, no area at all. The order of the
// elements is not looked at.

#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/alert12379/alert.h"
#include "codec/cap/reading.h"

namespace anlan::alert12379 {

struct Reading {
  cap::Kind kind = cap::Kind::kInvalid;  // kForeign: the root is not an alert without a namespace; a CAP alert is not
  bool well_formed = false;
  Alert alert;                     // as far as it could be read; trustworthy only when kind is kValid
  std::vector<cap::Error> errors;  // those of class kMeaning last
};

Reading read(std::string_view bytes, std::size_t limit = cap::kBytesLimit);

// An XML document in UTF-8, in the order of the real message. Fails closed: an alert of which read() would have an
// error or a doubt, an alert without an area above all, is not written; then the errors. Every time is rounded down to
// seconds.
Result<std::string, std::vector<cap::Error>> write(const Alert&);

}  // namespace anlan::alert12379
