#pragma once
// A report as a document for an organisation on no node (docs/province-interface.md).

#include <string>

#include "edge/http/documents.h"
#include "edge/http/services.h"

namespace anlan::edge {

// The last version that was sent, in the real world, as JSON text; the same for the same version but for what the
// register says by now of names. report.not_sent, and refusals as read_report(). Setting type takes tenths of a second.
Outcome<std::string> outside_document(Services&, const Stationery&, const std::string& report);

// How the delivery of a report to an organisation outside of all nodes stands, as this process knows it.
struct OutsideDelivery {
  std::int64_t version = 1;
  Instant waiting_since;
  std::int64_t tries = 0;
  std::optional<Instant> tried_at, delivered_at;
  std::optional<std::string> last_error;
};
// Of a report; nothing where no interface carries it, its answer is there, or another process does it.
using Deliveries = std::function<std::optional<OutsideDelivery>(const std::string& report)>;
// GET /api/v1/reports/{id}/delivery, for the sender of the report alone.
Route delivery_route(Deliveries);

}  // namespace anlan::edge
