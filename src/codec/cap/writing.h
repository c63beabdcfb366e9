#pragma once
// Writes a CAP alert as XML.
//
// Pure and thread safe. UTF-8, elements in the order of the schema, texts escaped, polygons "latitude,longitude …".

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "codec/cap/reading.h"

namespace anlan::cap {

// The alert in the namespace of CAP 1.2, of CAP 1.1 where that is its version; without a signature, which whoever sends
// it adds. What it gives read() finds valid and equal, but for white space at the ends of texts. Refused, with the
// errors that read() would find, is whatever would not be valid: an element missing, a word or a time that the standard
// does not know, an open polygon, a character that XML cannot hold, more bytes than kBytesLimit.
Result<std::string, std::vector<Error>> write(const Alert&);

// A moment as CAP 1.2 section 3.3.2 wants it, "2026-07-18T14:05:00+08:00": no fraction, an offset in digits. What is
// less than a second is left out.
std::string date_time(Instant);

}  // namespace anlan::cap
