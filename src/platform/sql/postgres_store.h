#pragma once
// Opening, clearing and following a store kept in a PostgreSQL database. See sql.h for the contract; these are its
// functions of the same names, for the one engine.

#include <memory>
#include <string>

#include "platform/sql/sql.h"

namespace anlan::sql::postgres {

// postgresql://… or postgres://…
bool is_url(std::string_view where);

std::unique_ptr<Connection> open(const std::string& url, Access, const std::string& edition);
std::unique_ptr<Connection> open_beside(const std::string& url, const std::string& name, Access);
void remove_view(const std::string& url, const std::string& edition);
std::unique_ptr<Watch> watch(const std::string& url);

}  // namespace anlan::sql::postgres
