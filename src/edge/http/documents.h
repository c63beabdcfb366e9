#pragma once
// A report as an official document, filled from the journal when it is asked for.

#include "document/bulletin.h"
#include "document/press.h"
#include "edge/http/route.h"

namespace anlan::edge {

// What documents are made with; outlives the routes.
struct Stationery {
  const document::Press& press;
  const document::BulletinWords& words;
};

// GET /api/v1/reports/{id}/document.pdf and .docx, with ?version=N an earlier version.
// Setting type takes tenths of a second, so it is done by a worker, at the rate of documents.
std::vector<Route> document_routes(const Stationery&);

}  // namespace anlan::edge
