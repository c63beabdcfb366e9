#pragma once
// Callouts as JSON.

#include "edge/http/render.h"
#include "state/stored.h"

namespace anlan::edge {

// kNotFound where there is none, in another world, or the viewer's organisation may not see it.
Outcome<callout::Callout> read_callout(const Page&, const std::string& id);

namespace render {

// Without names and telephones: those stay with who calls.
void callout(std::string& out, const Page&, const std::string& id, const callout::Callout&);

}  // namespace render
}  // namespace anlan::edge
