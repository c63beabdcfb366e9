#pragma once
// Leaders' instructions by whom they concern.

#include <optional>
#include <string>
#include <vector>

#include "domain/instruction/types.h"
#include "journal/journal.h"

namespace anlan::view {

class Instructions final : public journal::Projection {
 public:
  std::string_view name() const override { return "instructions"; }
  int revision() const override { return 2; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Ids of those that the organisation gave or was given, the newest `limit`; without a state: all.
// Newest first.
std::vector<std::string> instructions_for(sql::Connection&, const std::string& organisation, const std::string& world,
                                          std::optional<instruction::State>, std::int64_t limit);
// Of one incident, as far as the organisation is concerned.
std::vector<std::string> instructions_of(sql::Connection&, const std::string& incident,
                                         const std::string& organisation);

}  // namespace anlan::view
