// Marks in a table of FTS5 that keeps none of their text: each row is one document, each mark a word of it.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <regex>

#include "platform/sql/sqlite_connection.h"

namespace anlan::sql::sqlite {

void SqliteConnection::create_marks(std::string_view index) {
  execute(
      fmt::format("CREATE VIRTUAL TABLE view.{} USING fts5(marks, content='', detail=none, columnsize=0, "
                  "tokenize=ascii)",
                  index));
}

// What keeps no text must be told what to take away.
void SqliteConnection::mark(std::string_view index, std::int64_t row, std::span<const std::string> before,
                            std::span<const std::string> now) {
  if (!before.empty())
    prepare(*texts_.insert(fmt::format("INSERT INTO {0} ({0}, rowid, marks) VALUES ('delete', ?, ?)", index)).first)
        .bind(row)
        .bind(fmt::format("{}", fmt::join(before, " ")))
        .run();
  prepare(*texts_.insert(fmt::format("INSERT INTO {} (rowid, marks) VALUES (?, ?)", index)).first)
      .bind(row)
      .bind(fmt::format("{}", fmt::join(now, " ")))
      .run();
}

std::string SqliteConnection::marked(std::string_view index) const {
  return fmt::format("SELECT rowid AS marked FROM {0} WHERE {0} MATCH ?", index);
}

std::string SqliteConnection::all_of(std::span<const std::string> marks) const {
  return fmt::format("{}", fmt::join(marks, " AND "));
}

std::vector<std::string> SqliteConnection::read_whole(std::string_view select) {
  // "SCAN t", "SCAN t USING COVERING INDEX i"; an index of marks is asked by "0:M1", and without a word by "0:".
  static const std::regex scan(R"(SCAN (\w+)( VIRTUAL TABLE INDEX \d+:(.*))?.*)"),
      named(R"((CO-ROUTINE|MATERIALIZE) (\w+))");
  std::set<std::string> parts;  // of the statement itself, whose rows were found already
  std::vector<std::string> tables;
  const auto plan = once(fmt::format("EXPLAIN QUERY PLAN {}", select));
  while (plan->step()) {
    const std::string step(plan->text(3));
    std::smatch found;
    if (std::regex_match(step, found, named)) parts.insert(found[2]);
    if (step.find("CONSTANT ROW") != step.npos) continue;
    if (std::regex_match(step, found, scan) && found[3].length() == 0) tables.push_back(found[1]);
  }
  std::erase_if(tables, [&](const std::string& table) { return parts.contains(table); });
  return tables;
}

}  // namespace anlan::sql::sqlite
