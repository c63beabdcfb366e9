#pragma once
// Alerts of others by state and time. What each says is read from its stream.

#include <optional>
#include <string>
#include <vector>

#include "domain/alert/types.h"
#include "journal/journal.h"

namespace anlan::view {

class Alerts final : public journal::Projection {
 public:
  std::string_view name() const override { return "alerts"; }
  int revision() const override { return 2; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Which of an organisation's; of those that are absent, all. `behind`: an alert's id, what follows it in the order
// asked for; of an id that is not there everything.
struct AlertFilter {
  std::string organisation, world;
  std::optional<alert::State> state;
  std::optional<alert::Handling> handling;
  std::string behind = {};
};

// Ids, the last received first; of those in force the gravest colour goes before, so that no number of trifles hides a
// red one. In force and expired follow from `now`.
std::vector<std::string> find_alerts(sql::Connection&, const AlertFilter&, Instant now, std::int64_t limit);

}  // namespace anlan::view
