#pragma once

#include "codec/cap/alert.h"
#include "codec/cap/xml.h"

namespace anlan::cap {

// What an alert element says, by the descriptions in alert.h. Of an element that may stand once the first counts; what
// has no place in an alert is passed over.
Alert take_alert(const Element& alert);

}  // namespace anlan::cap
