#pragma once
// A warning as the world outside gets it: a message for each of its issues, and one for its cancelling, in the form of
// the national system (12379) and as CAP 1.2.

#include <string>
#include <vector>

#include "codec/alert12379/alert.h"
#include "edge/http/page.h"
#include "state/stored.h"

namespace anlan::edge {

// `form` and `cap` say the same in two languages of machines. Of the CAP alert the sender is the organisation's id, and
// references name all messages before, as CAP 1.2 section 3.2.1 wants them; of the form the first one, as its rules do.
struct WarningMessage {
  std::string identifier;
  Instant sent;
  std::int64_t version;  // of the warning
  alert12379::Alert form;
  cap::Alert cap;
};

// In the order in which they were sent. An exercise is marked so in both forms. Urgency follows from the onset; the
// certainty is Likely, since a warning is not an observation; the colours are CAP's four severities, Red Extreme to
// Blue Minor.
std::vector<WarningMessage> messages_of(const Page&, const warning::Warning&);

// Of a drawn area the form leaves out where it lies by division, though its rules want that: every town has to be
// looked at for it. Adds those that the area touches, the issuer's own division where it touches none.
void name_towns(const Page&, const warning::Warning&, const warning::Area& drawn, alert12379::Area&);

}  // namespace anlan::edge
