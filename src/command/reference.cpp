#include "command/reference.h"

namespace anlan::command {

std::optional<incident::GradeProposal> Reference::propose(std::string_view type, const grade::Figures& figures,
                                                          Instant at) const {
  const auto proposal = grade::propose(grade_rules, type, figures, at);
  if (!proposal) return std::nullopt;
  return incident::GradeProposal{proposal->grade, proposal->indicator, proposal->rule, proposal->document};
}

}  // namespace anlan::command
