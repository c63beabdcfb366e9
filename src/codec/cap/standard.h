#pragma once
// What the standard says in words and its schema does not check (kStandard), and what is allowed but cannot be meant
// (kMeaning).

#include <vector>

#include "codec/cap/xml.h"

namespace anlan::cap {

// Adds the errors of an alert element, in the order of the document.
void check_standard(const Element& alert, std::vector<Error>& errors);

}  // namespace anlan::cap
