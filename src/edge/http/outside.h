#pragma once
// A report as a document for an organisation on no node (docs/province-interface.md).

#include <string>

#include "edge/http/documents.h"
#include "edge/http/services.h"

namespace anlan::edge {

// The last version that was sent, in the real world, as JSON text; the same for the same version but for what the
// register says by now of names. report.not_sent, and refusals as read_report(). Setting type takes tenths of a second.
Outcome<std::string> outside_document(Services&, const Stationery&, const std::string& report);

// GET /api/v1/reports/{id}/delivery: how its delivery by the interface stands.
std::vector<Route> outside_routes();

}  // namespace anlan::edge
