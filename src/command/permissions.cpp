#include "command/permissions.h"

#include <algorithm>
#include <array>
#include <span>

namespace anlan::command {
namespace {

using enum account::Role;
using account::Role;

// The desks of the three levels do the same work; whose incidents they are follows from scope.
constexpr std::array kDesk{kDutyOfficer, kCountyOfficer, kTownOfficer};
constexpr std::array kLeaders{kLeader};
constexpr std::array kDeskAndLeaders{kDutyOfficer, kCountyOfficer, kTownOfficer, kLeader};
// Whoever may be given an instruction must be able to answer it.
constexpr std::array kAnswering{kDutyOfficer, kCountyOfficer, kTownOfficer, kLeader, kLiaison};
constexpr std::array kEverybody{kDutyOfficer, kLeader,      kLiaison,       kCountyOfficer,
                                kTownOfficer, kSystemAdmin, kSecurityAdmin, kAuditAdmin};
constexpr std::array kSending{kDutyOfficer, kCountyOfficer, kTownOfficer, kLeader, kSystemAdmin};
constexpr std::array kSystem{kSystemAdmin};
constexpr std::array kSecurity{kSecurityAdmin};

struct Row {
  std::string_view command;
  std::span<const Role> roles;
};

constexpr std::array kRows{
    // Incidents, reports and instructions: desks write, leaders grade, sign, close; no administrator among them.
    Row{"incident.take_down", kDesk},
    Row{"incident.state_figures", kDesk},
    Row{"incident.correct", kDesk},
    Row{"incident.set_grade", kDeskAndLeaders},
    Row{"incident.note", kAnswering},
    Row{"incident.report_by_phone", kDesk},
    Row{"incident.close", kDeskAndLeaders},
    Row{"incident.reopen", kDeskAndLeaders},
    Row{"incident.merge", kDesk},
    Row{"incident.offer_handover", kDeskAndLeaders},
    Row{"incident.withdraw_offer", kDeskAndLeaders},
    Row{"incident.answer_offer", kDeskAndLeaders},
    Row{"incident.claim", kDeskAndLeaders},
    Row{"incident.reveal_informant", kDesk},
    Row{"report.draft", kDesk},
    Row{"report.revise", kDesk},
    Row{"report.sign", kLeaders},
    Row{"report.send", kDesk},
    Row{"report.decide", kDesk},
    Row{"instruction.give", kDeskAndLeaders},
    Row{"instruction.report_progress", kAnswering},
    Row{"instruction.close", kDeskAndLeaders},
    Row{"clock.explain", kDeskAndLeaders},
    Row{"candidate.offer", kDesk},
    Row{"candidate.dismiss", kDesk},
    Row{"alert.receive", kDesk},
    Row{"alert.dismiss", kDeskAndLeaders},
    // Whoever may sign a warning may cancel it: nobody waits for another one to take back what is wrong.
    Row{"warning.draft", kDeskAndLeaders},
    Row{"warning.revise", kDeskAndLeaders},
    Row{"warning.sign", kDeskAndLeaders},
    Row{"warning.decline", kDeskAndLeaders},
    Row{"warning.cancel", kDeskAndLeaders},
    Row{"warning.withdraw", kDeskAndLeaders},
    Row{"warning.assess", kDeskAndLeaders},
    // Whom a liaison reaches answers to them too.
    Row{"callout.note_call", kAnswering},
    Row{"callout.note_answer", kAnswering},
    Row{"callout.revoke_link", kDeskAndLeaders},
    Row{"callout.decide", kLeaders},
    // Of the organisation whose node it is, or one's own messages: handlers and the edge see to that.
    Row{"channel.test", kSending},
    Row{"channel.resend", kSending},
    Row{"duty.take_over", kDesk},
    // The register is the system administrator's; what an account may do is the security administrator's (三员分立).
    // The audit administrator may read only.
    Row{"organisation.register", kSystem},
    Row{"organisation.change", kSystem},
    Row{"organisation.place", kSystem},
    Row{"organisation.retire", kSystem},
    Row{"person.register", kSystem},
    Row{"person.change", kSystem},
    Row{"person.retire", kSystem},
    Row{"node.register", kSystem},
    Row{"node.revoke", kSecurity},
    Row{"account.create", kSystem},
    Row{"account.change_roles", kSecurity},
    Row{"account.disable", kSecurity},
    Row{"account.enable", kSecurity},
    Row{"account.unlock", kSecurity},
    Row{"account.reset_password", kSecurity},
    Row{"account.set_password", kEverybody},
    Row{"account.sign_out", kEverybody},
    Row{"account.issue_key", kSecurity},
    Row{"account.revoke_key", kSecurity},
    Row{"sealed.erase", kSecurity},
};

const Row* row_of(std::string_view command) {
  const auto found = std::ranges::find(kRows, command, &Row::command);
  return found == kRows.end() ? nullptr : &*found;
}

// One matching role is enough.
bool any(const Row& row, const std::vector<Role>& roles) {
  return std::ranges::any_of(roles, [&](Role r) { return std::ranges::find(row.roles, r) != row.roles.end(); });
}

}  // namespace

bool permitted(const std::vector<Role>& roles, std::string_view command) {
  const Row* row = row_of(command);
  return row && any(*row, roles);
}

std::vector<Role> roles_for(std::string_view command) {
  const Row* row = row_of(command);
  return row ? std::vector<Role>(row->roles.begin(), row->roles.end()) : std::vector<Role>{};
}

std::vector<std::string_view> commands_for(const std::vector<Role>& roles) {
  std::vector<std::string_view> names;
  for (const Row& row : kRows)
    if (any(row, roles)) names.push_back(row.command);
  return names;
}

}  // namespace anlan::command
