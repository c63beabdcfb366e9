#include "view/views.h"

#include "view/alerts.h"
#include "view/audience.h"
#include "view/callouts.h"
#include "view/candidates.h"
#include "view/clocks.h"
#include "view/handovers.h"
#include "view/incidents.h"
#include "view/instructions.h"
#include "view/reports.h"
#include "view/trail.h"
#include "view/warnings.h"

namespace anlan::view {

std::vector<std::unique_ptr<journal::Projection>> all_views() {
  std::vector<std::unique_ptr<journal::Projection>> views;
  views.push_back(std::make_unique<Audience>());
  views.push_back(std::make_unique<Incidents>());
  views.push_back(std::make_unique<Handovers>());
  views.push_back(std::make_unique<Reports>());
  views.push_back(std::make_unique<Clocks>());
  views.push_back(std::make_unique<Instructions>());
  views.push_back(std::make_unique<Candidates>());
  views.push_back(std::make_unique<Warnings>());
  views.push_back(std::make_unique<Callouts>());
  views.push_back(std::make_unique<Alerts>());
  views.push_back(std::make_unique<Trail>());
  return views;
}

std::vector<journal::Projection*> pointers(const std::vector<std::unique_ptr<journal::Projection>>& views) {
  std::vector<journal::Projection*> result;
  for (const auto& view : views) result.push_back(view.get());
  return result;
}

}  // namespace anlan::view
