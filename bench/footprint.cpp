#include "footprint.h"

#include <cmath>

#include "journal/journal.h"

namespace anlan::bench {
namespace {

// Of views, sealed data and its keys. An index of marks is no table to read; what it is made of is.
std::int64_t other_rows(const std::string& store, sql::Connection& sql) {
  std::vector<std::string> tables{"sealed", "seal_key"};
  for (const std::string& database : sql.view_databases()) {
    auto views = sql.once(sql::is_shared(store)
                              ? "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = '" + database + "'"
                              : "SELECT name FROM " + database +
                                    ".sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'");
    while (views->step()) tables.emplace_back(database + "." + std::string(views->text(0)));
  }
  std::int64_t rows = 0;
  for (const std::string& table : tables) {
    auto count = sql.once("SELECT COUNT(*) FROM " + table);
    count->step();
    rows += count->integer(0);
  }
  return rows;
}

std::string of_size(std::size_t bytes, std::int64_t texts) {
  return std::string(texts == 0 ? 0 : bytes / static_cast<std::size_t>(texts), 'x');
}

}  // namespace

Row footprint(const std::string& store, const std::function<std::size_t()>& run) {
  const auto sql = sql::open(store, sql::Access::kRead);
  const journal::Position before = journal::head(*sql);
  const std::int64_t others = other_rows(store, *sql);
  const auto commands = static_cast<double>(run());
  const auto of_one = [&](std::int64_t rows) {
    return static_cast<int>(std::lround(static_cast<double>(rows) / commands));
  };
  Row row;
  std::size_t bytes = 0;
  std::int64_t facts = 0, answers = 0;
  journal::each_after(*sql, before, [&](const journal::Fact& fact) {
    row.type = fact.type, row.actor = fact.actor, row.world = fact.world;
    bytes += fact.body.size(), ++facts;
  });
  row.body = of_size(bytes, facts);
  row.facts = of_one(facts);
  bytes = 0;
  auto kept = sql->once("SELECT body FROM answer WHERE position > ?");
  for (kept->bind(before); kept->step(); ++answers) bytes += kept->text(0).size();
  row.answer = of_size(bytes, answers);
  row.others = of_one(other_rows(store, *sql) - others);
  return row;
}

}  // namespace anlan::bench
