#pragma once
// Warnings as the desk sees them: what is in force, what waits for signatures, and all that was issued before.

#include <string>
#include <vector>

#include "edge/http/render.h"
#include "state/stored.h"

namespace anlan::edge {

// kNotFound where the viewer's organisation may not know of it, or it is of another world.
Outcome<warning::Warning> read_warning(const Page&, const std::string& id);

namespace render {

// {code, name}
void event_type(std::string& out, const Page&, const std::string& code);
// One whose time is over is shown so, also before its issuer's word of it has come.
warning::State state_of(const Page&, const warning::Warning&);

// Whole: what is in force, what waits (to its own organisation alone, with how many people it would reach now), all
// that was issued, who signed, how it ended, and what the viewer may do.
void warning(std::string& out, const Page&, const warning::Warning&);
// A list of those by id of which the viewer's organisation may know.
void warnings(std::string& out, const Page&, const std::vector<std::string>& ids);
// What anybody may know of one that is in force.
void public_warning(std::string& out, const Page&, const warning::Warning&);
// A prepared text with everything filled in but the area, for which {area} stays.
void prepared(std::string& out, const Page&, const warning::Template&);

}  // namespace render
}  // namespace anlan::edge
