#pragma once
// Reports as they stand between sender and receiver: one row each, for inboxes and lists.

#include <optional>
#include <string>
#include <vector>

#include "domain/report/types.h"
#include "journal/journal.h"

namespace anlan::view {

class Reports final : public journal::Projection {
 public:
  std::string_view name() const override { return "reports"; }
  int revision() const override { return 1; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Enough to sort and to find; content and versions are replayed from the streams. A row is there from the first draft
// on, so whoever lists must name sender or receiver.
struct ReportRow {
  std::string id, incident, sender, receiver, world;
  report::State state = report::State::kDraft;
};

// Sent to the organisation and not yet accepted or returned, oldest first.
std::vector<ReportRow> awaiting_receipt(sql::Connection&, const std::string& receiver, const std::string& world);
// Sent to an organisation outside of all nodes, of which nobody says that it received them, and not yet answered.
std::vector<ReportRow> awaiting_answer_outside(sql::Connection&, const std::string& receiver, const std::string& world);
// The organisation's own that are drafts, signed or returned: those that wait for it.
// Until they are accepted somebody must act on them. Not those on an incident that was merged: the other is reported
// on.
std::vector<ReportRow> unfinished_reports(sql::Connection&, const std::string& sender, const std::string& world);
// Of an incident, as far as the organisation may see them, in the order of their making.
std::vector<ReportRow> reports_of(sql::Connection&, const std::string& incident, const std::string& organisation);

}  // namespace anlan::view
