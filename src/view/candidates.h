#pragma once
// Candidates by the organisation that they were offered to.

#include <optional>
#include <string>
#include <vector>

#include "domain/candidate/types.h"
#include "journal/journal.h"

namespace anlan::view {

class Candidates final : public journal::Projection {
 public:
  std::string_view name() const override { return "candidates"; }
  int revision() const override { return 3; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Ids, the newest first; without a state: all.
// `limit` bounds the answer; the rest is found when these are decided.
std::vector<std::string> candidates_for(sql::Connection&, const std::string& organisation, const std::string& world,
                                        std::optional<candidate::State>, std::int64_t limit);

// When something last came in by each way, for the sources of the duty desk.
struct SourceRow {
  candidate::Origin origin;
  std::optional<Instant> last_at;
};
// One row for each way in, also those that never brought anything: silence is what the desk looks for.
std::vector<SourceRow> sources(sql::Connection&, const std::string& organisation, const std::string& world);

}  // namespace anlan::view
