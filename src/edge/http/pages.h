#pragma once
// Every GET that answers JSON out of the views (shapes: docs/api.md and the generated OpenAPI).

#include "edge/http/page.h"

namespace anlan::edge::pages {

Body board(Page&);
Body shift(Page&);

Body incidents(Page&);
Body incident(Page&);
Body timeline(Page&);
Body similar(Page&);
Body grade_proposal(Page&);

Body report(Page&);
Body prefill(Page&);
Body receivers(Page&);

Body instructions(Page&);
Body clocks(Page&);
Body candidates(Page&);
Body candidate(Page&);

Body division_search(Page&);
Body division(Page&);
Body division_children(Page&);
Body event_types(Page&);

Body organisations(Page&);
Body people(Page&);
Body accounts(Page&);
Body keys(Page&);
Body audit(Page&);
Body own_sessions(Page&);

}  // namespace anlan::edge::pages
