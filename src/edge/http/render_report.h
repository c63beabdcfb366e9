#pragma once
// Reports and their lines as sender and receiver see them.

#include <string>

#include "edge/http/render.h"
#include "state/stored.h"

namespace anlan::edge {

// As far as the viewer's organisation may see it: the receiver knows only of the versions that were sent. kNotFound
// where it may not see it, or it is of another world.
Outcome<report::Report> read_report(const Page&, const std::string& id);

namespace render {

void report(std::string& out, const Page&, const report::Report&);
// Without content and versions.
void report_line(std::string& out, const Page&, const report::Report&);

}  // namespace render
}  // namespace anlan::edge
