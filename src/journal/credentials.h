#pragma once
// Secrets that prove who someone is: password hashes, hashes of session tokens and API keys. They lie in the vault and
// never in facts or logs. Written inside the writer's transaction.

#include <optional>
#include <string>
#include <string_view>

#include "platform/sql/sql.h"

namespace anlan::journal {

// `subject`: "password/ACCOUNT", "session/ID", "key/ID".
void keep_credential(sql::Connection&, std::string_view subject, std::string_view secret);
void drop_credential(sql::Connection&, std::string_view subject);
std::optional<std::string> credential(sql::Connection&, std::string_view subject);

}  // namespace anlan::journal
