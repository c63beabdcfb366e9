#include "domain/grade/grade.h"

#include <algorithm>

namespace anlan::grade {
namespace {

constexpr std::string_view kDeadAndMissing = "dead_and_missing";

// Length of the longest of the table's prefixes that the code has; nothing where it has none.
std::optional<std::size_t> fit(const Rule& rule, std::string_view code) {
  std::optional<std::size_t> best;
  for (const auto& prefix : rule.events)
    if (code.starts_with(prefix)) best = std::max(best.value_or(0), prefix.size());
  return best;
}

// Makes `proposal` worse where a bound of this table is reached.
void apply(const Rule& rule, const Figures& figures, std::optional<Proposal>& proposal) {
  if (!proposal) proposal = Proposal{Grade::kOrdinary, {}, rule.id, rule.document};
  for (const auto& bound : rule.bounds) {
    const auto value = value_of(figures, bound.indicator);
    if (!value || *value < bound.at_least) continue;
    if (bound.grade < proposal->grade || (bound.grade == proposal->grade && proposal->indicator.empty()))
      proposal = Proposal{bound.grade, bound.indicator, rule.id, rule.document};
  }
}

}  // namespace

bool is_indicator(std::string_view name) {
  bool found = name == kDeadAndMissing;
  each_field<Figures>([&](const auto& f) { found = found || f.name == name; });
  return found;
}

std::optional<double> value_of(const Figures& figures, std::string_view indicator) {
  if (indicator == kDeadAndMissing) {
    if (!figures.dead && !figures.missing) return std::nullopt;
    return static_cast<double>(figures.dead.value_or(0) + figures.missing.value_or(0));
  }
  std::optional<double> value;
  each_field<Figures>([&](const auto& f) {
    if (f.name == indicator && figures.*f.member) value = static_cast<double>(*(figures.*f.member));
  });
  return value;
}

std::optional<Proposal> propose(const std::vector<Rule>& rules, std::string_view code, const Figures& figures,
                                Instant at) {
  std::optional<Proposal> proposal;
  std::size_t longest = 0;
  for (const auto& rule : rules) {
    const auto length = fit(rule, code);
    if (!length || *length < longest || !rule.valid.covers(at)) continue;
    if (*length > longest) proposal.reset();
    longest = *length;
    apply(rule, figures, proposal);
  }
  return proposal;
}

}  // namespace anlan::grade
