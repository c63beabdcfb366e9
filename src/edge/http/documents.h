#pragma once
// A report as an official document, set when it is asked for.

#include "document/press.h"
#include "edge/http/route.h"

namespace anlan::edge {

// GET /api/v1/reports/{id}/document.pdf and .docx; `press` lives as long as the routes.
std::vector<Route> document_routes(const document::Press& press);

}  // namespace anlan::edge
