#pragma once
// Opening, copying and clearing a store kept in SQLite files. See sql.h for the contract; these are its
// functions of the same names, for the one engine.

#include <memory>
#include <string>

#include "platform/sql/sql.h"

namespace anlan::sql::sqlite {

std::unique_ptr<Connection> open(const std::string& directory, Access, const std::string& vfs);
std::unique_ptr<Connection> open_beside(const std::string& directory, const std::string& name, Access);
void remove_view(const std::string& directory, const std::string& vfs);
void backup(const std::string& directory, const std::string& target);

}  // namespace anlan::sql::sqlite
