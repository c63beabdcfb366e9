#pragma once
// Who acts: accounts, their roles, and what a command knows of its actor.

#include <array>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::account {

// Posts as the permission table knows them (src/command/permissions.cpp). The desks of three levels are three roles,
// because what one may see follows from the organisation and what one may do from the role.
enum class Role {
  kDutyOfficer,
  kLeader,
  kLiaison,
  kCountyOfficer,
  kTownOfficer,
  kSystemAdmin,
  kSecurityAdmin,
  kAuditAdmin,
};

// The words in facts, in the interface and in data/demo; they never change their spelling.
constexpr auto names_of(Role) {
  using enum Role;
  using P = std::pair<Role, std::string_view>;
  return std::array{P{kDutyOfficer, "duty_officer"},
                    P{kLeader, "leader"},
                    P{kLiaison, "liaison"},
                    P{kCountyOfficer, "county_officer"},
                    P{kTownOfficer, "town_officer"},
                    P{kSystemAdmin, "system_admin"},
                    P{kSecurityAdmin, "security_admin"},
                    P{kAuditAdmin, "audit_admin"}};
}

// The three administrators are three people (三员分立, GB/T 22239-2019 level 3): each excludes the two others and every
// role that works on incidents.
bool compatible(const std::vector<Role>&);
// One of the three.
bool administrator(Role);

// Who a command comes from. `account` is "system" for the node's own policies and "key:ID" for an API key.
struct Actor {
  // Taken from the directory when the request was let in; a role that is withdrawn meanwhile still counts for that one
  // command.
  std::string account, person, name, organisation;
  std::vector<Role> roles;

  // The node acts for itself: first start, policies, whoever works at the machine.
  bool is_node() const { return account == "system"; }
  // Whether the role is among those at the time of the request.
  bool has(Role role) const {
    for (const Role r : roles)
      if (r == role) return true;
    return false;
  }
};

// A rule for passwords (GB/T 22239-2019 8.1.4.1): length and classes of characters.
struct PasswordPolicy {
  std::int64_t min_length = 10, min_classes = 3;  // of lower, upper, digit, other
  static constexpr auto fields =
      std::tuple{field("min_length", &PasswordPolicy::min_length), field("min_classes", &PasswordPolicy::min_classes)};
};
// Whether a password meets the policy; one that contains the account's name never does. Length counts bytes, so a
// Chinese character counts as three, and as "other".
bool acceptable(const PasswordPolicy&, std::string_view account, std::string_view password);

// Lock-out after failed attempts (ibid. 8.1.4.1 b).
inline constexpr int kFailuresBeforeLock = 5;
inline constexpr Minutes kLockTime{15};
// A session ends at the latest this long after it was opened.
inline constexpr std::chrono::hours kSessionLife{12};

}  // namespace anlan::account
