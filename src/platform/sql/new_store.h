#pragma once
// What may take a store that comes from elsewhere.

#include <string>

namespace anlan::sql {

// Whether nothing is there that could be written over: a directory that is empty or missing, or a database without any
// table, whoever's. Throws Error where that cannot be found out.
bool is_new(const std::string& where);

}  // namespace anlan::sql
