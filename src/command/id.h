#pragma once
// Ids of what is made: 26 characters that sort by the moment of their making.

#include <string>

#include "base/random.h"
#include "base/time.h"

namespace anlan::command {

// The first ten: Crockford base 32 of 48 bits, milliseconds since 1970.
std::string time_in_id(Instant);

// These and 80 bits of chance.
std::string new_id(Instant, Random&);

}  // namespace anlan::command
