#pragma once

#include <vector>

#include "codec/alert12379/alert.h"
#include "codec/cap/xml.h"

namespace anlan::alert12379 {

// What an alert element says, with the errors and doubts of reading.h.
Alert take_alert(const cap::Element& alert, std::vector<cap::Error>& errors);

}  // namespace anlan::alert12379
