#include "edge/http/documents.h"

namespace anlan::edge {
std::vector<Route> document_routes(const document::Press&) { return {}; }
}  // namespace anlan::edge
