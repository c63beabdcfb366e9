#pragma once
// Leaders' instructions by whom they concern.

#include <string>
#include <vector>

#include "journal/journal.h"

namespace anlan::view {

class Instructions final : public journal::Projection {
 public:
  std::string_view name() const override { return "instructions"; }
  int revision() const override { return 1; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Ids of those that the organisation gave or was given; `open_only` leaves out the closed ones.
// Newest first.
std::vector<std::string> instructions_for(sql::Connection&, const std::string& organisation, const std::string& world,
                                          bool open_only);
// Of one incident, as far as the organisation is concerned.
std::vector<std::string> instructions_of(sql::Connection&, const std::string& incident,
                                         const std::string& organisation);

}  // namespace anlan::view
