// Marks in a column of type tsvector, each a lexeme without a position, found by an index of type GIN.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>

#include "platform/sql/postgres_connection.h"
#include "platform/sql/postgres_words.h"

namespace anlan::sql::postgres {

// What is not yet in the index proper is read with every search: kept short, in kB.
void PostgresConnection::create_marks(std::string_view index) {
  execute(
      fmt::format("CREATE TABLE view.{0} (row_number INTEGER PRIMARY KEY, marks TSVECTOR NOT NULL);"
                  "CREATE INDEX {0}_marks ON view.{0} USING GIN (marks) WITH (gin_pending_list_limit = 256)",
                  index));
}

void PostgresConnection::mark(std::string_view index, std::int64_t row, std::span<const std::string>,
                              std::span<const std::string> now) {
  prepare(*texts_
               .insert(fmt::format("INSERT INTO {} (row_number, marks) VALUES (?, CAST(? AS TSVECTOR)) "
                                   "ON CONFLICT (row_number) DO UPDATE SET marks = excluded.marks",
                                   index))
               .first)
      .bind(row)
      .bind(fmt::format("{}", fmt::join(now, " ")))
      .run();
}

std::string PostgresConnection::marked(std::string_view index) const {
  return fmt::format("SELECT row_number AS marked FROM {} WHERE marks @@ CAST(? AS TSQUERY)", index);
}

std::string PostgresConnection::all_of(std::span<const std::string> marks) const {
  std::string text;
  for (const std::string& mark : marks) {
    text += text.empty() ? "" : " & ";
    text += mark.ends_with('*') ? mark.substr(0, mark.size() - 1) + ":*" : mark;
  }
  return text;
}

// Of the plan for any parameters, which is the one that is used (see the constructor): where a table is still read in
// its order, there is no index for the question.
std::vector<std::string> PostgresConnection::read_whole(std::string_view select) {
  const std::string name = fmt::format("explained{}", ++names_);
  collect();
  session_.send_prepare(name, numbered(select), {});
  std::string nulls;
  for (std::size_t i = session_.describe(name).size(); i > 0; --i) nulls += nulls.empty() ? "(NULL" : ", NULL";
  if (!nulls.empty()) nulls += ")";
  const auto plan = once(fmt::format("EXPLAIN EXECUTE {}{}", name, nulls));
  std::vector<std::string> tables;
  std::string heap, doubtful;  // a table whose rows an index names; one read by an index, perhaps from end to end
  const auto settle = [&] {
    if (!doubtful.empty()) tables.push_back(doubtful);
    doubtful.clear();
  };
  while (plan->step()) {
    const std::string line(plan->text(0));
    if (line.find("Index Cond:") != line.npos) doubtful.clear();
    const auto node = line.find(" Scan");
    if (node == line.npos || line.find("(cost") == line.npos) continue;
    settle();
    const auto on = line.find(" on ");
    std::string table;
    if (on != line.npos) std::istringstream(line.substr(on + 4)) >> table;
    if (line.find("Seq Scan") != line.npos) tables.push_back(table);
    if (line.find("Bitmap Heap Scan") != line.npos) heap = table;
    if (line.find("Index Scan") != line.npos || line.find("Index Only Scan") != line.npos)
      doubtful = line.find("Bitmap") != line.npos ? heap : table;
  }
  settle();
  plan->reset();
  session_.execute(fmt::format("DEALLOCATE {}", name));
  return tables;
}

}  // namespace anlan::sql::postgres
