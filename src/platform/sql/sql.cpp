#include "platform/sql/sql.h"

#include "platform/sql/postgres_store.h"
#include "platform/sql/sqlite_store.h"

namespace anlan::sql {

std::unique_ptr<Connection> open(const std::string& where, Access access, const std::string& vfs,
                                 const std::string& edition) {
  return postgres::is_url(where) ? postgres::open(where, access, edition) : sqlite::open(where, access, vfs);
}

std::unique_ptr<Connection> open_beside(const std::string& where, const std::string& name, Access access) {
  return postgres::is_url(where) ? postgres::open_beside(where, name, access)
                                 : sqlite::open_beside(where, name, access);
}

void remove_view(const std::string& where, const std::string& vfs, const std::string& edition) {
  postgres::is_url(where) ? postgres::remove_view(where, edition) : sqlite::remove_view(where, vfs);
}

void backup(const std::string& directory, const std::string& target) { sqlite::backup(directory, target); }

bool is_shared(const std::string& where) { return postgres::is_url(where); }

std::unique_ptr<Watch> watch(const std::string& where) { return is_shared(where) ? postgres::watch(where) : nullptr; }

}  // namespace anlan::sql
