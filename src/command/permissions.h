#pragma once
// Which role may use which command; what is not listed is denied.

#include <string_view>
#include <vector>

#include "domain/account/types.h"

namespace anlan::command {

// Whether any of the roles may. Which incident it is about is judged by the handlers, not here.
bool permitted(const std::vector<account::Role>&, std::string_view command);

// The roles that a command is open to; empty: only the node itself.
std::vector<account::Role> roles_for(std::string_view command);

// Names of all commands open to any of these roles, for the console.
std::vector<std::string_view> commands_for(const std::vector<account::Role>&);

}  // namespace anlan::command
