#include "platform/sql/sql.h"

#include "platform/sql/sqlite_store.h"

namespace anlan::sql {

std::unique_ptr<Connection> open(const std::string& directory, Access access, const std::string& vfs) {
  return sqlite::open(directory, access, vfs);
}

void remove_view(const std::string& directory, const std::string& vfs) { sqlite::remove_view(directory, vfs); }

void backup(const std::string& directory, const std::string& target) { sqlite::backup(directory, target); }

}  // namespace anlan::sql
