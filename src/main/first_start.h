#pragma once
// A node without accounts: its own organisation and the three administrators, each with a password of one use.

#include <functional>
#include <string>
#include <vector>

#include "command/executor.h"
#include "main/configuration.h"

namespace anlan {

// Shown once, to be changed by whoever signs in with it first.
struct OneTimePassword {
  std::string account, password;
};

// Meets every policy for passwords.
std::string one_time_password(Random&);

// Takes the passwords to who will hand them over.
using KeepPasswords = std::function<Result<Done>(const std::vector<OneTimePassword>&)>;

// Registers the organisation "own" of the node's division, three persons to be renamed and their accounts (sysadmin,
// secadmin, auditadmin), in one commit. A node that has joined another one has its organisations from there, and makes
// the three for the highest of them. Empty where the node has accounts; also where another process has made
// them meanwhile, and what `keep` was given is worth nothing. The passwords are nowhere else: `keep` has them before
// the commit, so that no failure in between leaves accounts that nobody can enter.
Result<std::vector<OneTimePassword>> first_start(const Configuration&, const Texts&, Random&, command::Executor&,
                                                 const KeepPasswords& keep = nullptr);

// No password of the first start opens an account any more: each was changed, or its account was disabled.
bool first_passwords_are_spent(const state::Directory&);

// The node's own account, for commands before it serves.
command::Envelope by_node(command::Command, std::string target = {});

// The outcomes of envelopes that must all be accepted, or the first that was not.
Result<Done> run_all(command::Executor&, const std::vector<command::Envelope>&);

}  // namespace anlan
