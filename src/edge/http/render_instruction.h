#pragma once
// Instructions, and candidates beside them: what waits at a desk.

#include <string>

#include "edge/http/render.h"
#include "state/stored.h"

namespace anlan::edge {

// kNotFound where it was not offered to the viewer's organisation, or is of another world.
Outcome<candidate::Candidate> read_candidate(const Page&, const std::string& id);

namespace render {

// A list of those by id of which the viewer's organisation is known to be concerned.
void instructions(std::string& out, const Page&, const std::vector<std::string>& ids);
// A list of those by id that were offered to the viewer's organisation.
void candidates(std::string& out, const Page&, const std::vector<std::string>& ids);
void candidate(std::string& out, const candidate::Candidate&);

}  // namespace render
}  // namespace anlan::edge
