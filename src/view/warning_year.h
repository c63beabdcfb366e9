#pragma once
// What a year's figures of warnings are made from.

#include <string>
#include <vector>

#include "base/time.h"
#include "journal/journal.h"

namespace anlan::view {

// Ids of the warnings that the organisation itself issued first between those moments, in their order.
std::vector<std::string> warnings_issued_by(sql::Connection&, const std::string& organisation, const std::string& world,
                                            Instant from, Instant to);

// Incidents that the organisation knows of and learnt of between those moments.
struct ObservedIncident {
  std::string id, type, division;
  Instant learnt_at;
};
std::vector<ObservedIncident> incidents_observed(sql::Connection&, const std::string& organisation,
                                                 const std::string& world, Instant from, Instant to);

// Streams "reach/WARNING/…" or "callout/WARNING/…" that the organisation may see, by what follows their first word.
std::vector<std::string> ids_seen_under(sql::Connection&, const std::string& organisation, const std::string& prefix);

}  // namespace anlan::view
