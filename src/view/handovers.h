#pragma once
// The last offer of each incident that was ever offered to somebody, so that desks see what waits for their answer.

#include <optional>
#include <string>
#include <vector>

#include "journal/journal.h"

namespace anlan::view {

// Follows the incidents' own streams and the answers of those who were asked; must come after Incidents.
class Handovers final : public journal::Projection {
 public:
  std::string_view name() const override { return "handovers"; }
  int revision() const override { return 1; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// An offer that was not answered yet, as far as is known here.
struct OfferRow {
  std::string incident, from, to, reason;
  Instant offered_at;
};
// In the order in which they were made.
std::vector<OfferRow> awaiting_answer(sql::Connection&, const std::string& receiver, const std::string& world);

}  // namespace anlan::view
