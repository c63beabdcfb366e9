#include "reference.h"

#include "platform/machine/files.h"

namespace anlan::sim {
namespace {

std::string shipped(const std::string& name) {
  return machine::read_file(std::string(ANLAN_SOURCE_DIR) + "/data/" + name).value();
}

// The rows of the city and its counties: each node has tables of its own.
const std::string& divisions_of_the_city() {
  static const std::string kept = [] {
    std::string all = shipped("divisions/china.tsv"), kept_rows;
    for (std::size_t from = 0; from < all.size();) {
      const std::size_t end = std::min(all.find('\n', from), all.size() - 1) + 1;
      const std::string row = all.substr(from, end - from);
      const bool county = row.starts_with("3707") && row.find('\t') == 6;
      if (row.starts_with("#") || row.starts_with("370000") || county) kept_rows += row;
      from = end;
    }
    return kept_rows;
  }();
  return kept;
}

std::vector<clock::Rule> clock_rules() {
  using enum clock::Leg;
  using clock::Basis;
  using clock::SatisfiedBy;
  std::vector<clock::Rule> rules;
  for (const auto level : {organisation::Level::kTown, organisation::Level::kCounty, organisation::Level::kCity}) {
    const auto add = [&](clock::Leg leg, Basis basis, std::int64_t minutes, SatisfiedBy by) {
      const std::string id = std::string(anlan::name_of(level)).append("-").append(anlan::name_of(leg));
      rules.push_back({id, "document", "1", "1", {}, {}, grade::Grade::kUngraded, level, leg, basis, minutes, by});
    };
    add(kPhone, level == organisation::Level::kTown ? Basis::kEvent : Basis::kLearnt, 20, SatisfiedBy::kPhoneReport);
    add(kWritten, Basis::kEvent, 40, SatisfiedBy::kWrittenReport);
    add(kFollowUp, Basis::kPreviousReport, 120, SatisfiedBy::kFollowUp);
    add(kVerify, Basis::kRequest, 30, SatisfiedBy::kVerifiedReport);
  }
  return rules;
}

}  // namespace

std::vector<std::string> county_codes() {
  std::vector<std::string> codes;
  const std::string& rows = divisions_of_the_city();
  for (std::size_t from = 0; from < rows.size(); from = rows.find('\n', from) + 1) {
    const std::string code = rows.substr(from, 6);
    if (code.starts_with("3707") && code != "370700" && code != "370701") codes.push_back(code);
  }
  return codes;
}

command::Reference reference_of(const std::string& node, const std::string& division) {
  command::Reference r;
  r.divisions = division::Divisions::parse({divisions_of_the_city()}, {}).value();
  r.event_types = event_type::EventTypes::parse(shipped("codes/event-type.tsv")).value();
  r.grade_rules = {{"decree-493", "decree 493", "3", {}, {"12"}, {{"dead", grade::Grade::kLarger, 3}}}};
  r.clock_rules = clock_rules();
  using enum warning::Colour;
  r.warning_rules.signings = {{{"two", "sim", "1", {}}, {kRed, kOrange}, 2},
                              {{"one", "sim", "1", {}}, {kYellow, kBlue}, 1}};
  r.warning_rules.callouts = {{{"calling", "sim", "1", {}}, {kRed, kOrange}, {}, {"first", "second"}, 15, 60}};
  r.node = node;
  r.division = division;
  return r;
}

}  // namespace anlan::sim
