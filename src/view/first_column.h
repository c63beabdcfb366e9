#pragma once
// Rows of which only one text is wanted.

#include <string>
#include <vector>

#include "platform/sql/sql.h"

namespace anlan::view {

// Of the first column of the rows that are left.
inline std::vector<std::string> first_column(sql::Statement& rows) {
  std::vector<std::string> found;
  while (rows.step()) found.emplace_back(rows.text(0));
  return found;
}

}  // namespace anlan::view
