#include "view/instructions.h"

#include "codec/fact.h"
#include "domain/instruction/facts.h"

namespace anlan::view {
namespace {

// Of the rows that are left.
std::vector<std::string> ids(sql::Statement& rows) {
  std::vector<std::string> result;
  while (rows.step()) result.emplace_back(rows.text(0));
  return result;
}

}  // namespace

void Instructions::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.instruction (
  id TEXT NOT NULL, organisation TEXT NOT NULL, incident TEXT NOT NULL, world TEXT NOT NULL, is_open INTEGER NOT NULL,
  began INTEGER NOT NULL, PRIMARY KEY (id, organisation), UNIQUE (organisation, world, is_open, began, id),
  UNIQUE (organisation, world, began, id),
  UNIQUE (incident, organisation, began, id));
)");
}

void Instructions::drop(sql::Connection& sql) { sql.execute("DROP TABLE IF EXISTS view.instruction"); }

// A row for the giver and each receiver, so that a desk asks by its own name.
void Instructions::apply(sql::Connection& sql, const journal::Fact& fact) {
  const std::string id = fact.stream.substr(fact.stream.find('/') + 1);
  if (fact.type == instruction::Closed::kType)
    sql.prepare("UPDATE instruction SET is_open = 0 WHERE id = ?").bind(id).run();
  if (fact.type != instruction::Given::kType) return;
  const auto given = std::get<instruction::Given>(codec::decode<instruction::Fact>(fact.type, fact.body));
  auto concerned = given.to;
  concerned.push_back(given.from);
  for (const std::string& organisation : concerned)
    sql.prepare(
           "INSERT INTO instruction (id, organisation, incident, world, is_open, began) VALUES (?, ?, ?, ?, 1, ?) "
           "ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(organisation)
        .bind(given.incident)
        .bind(fact.world)
        .bind(fact.position)
        .run();
}

std::vector<std::string> instructions_for(sql::Connection& sql, const std::string& organisation,
                                          const std::string& world, std::optional<instruction::State> state,
                                          std::int64_t limit) {
  auto& rows = sql.prepare(state ? "SELECT id FROM instruction WHERE organisation = ? AND world = ? AND is_open = ? "
                                   "ORDER BY began DESC LIMIT ?"
                                 : "SELECT id FROM instruction WHERE organisation = ? AND world = ? "
                                   "ORDER BY began DESC LIMIT ?");
  rows.bind(organisation).bind(world);
  if (state) rows.bind(*state == instruction::State::kOpen ? 1 : 0);
  rows.bind(limit);
  return ids(rows);
}

std::vector<std::string> instructions_of(sql::Connection& sql, const std::string& incident,
                                         const std::string& organisation) {
  auto& rows = sql.prepare("SELECT id FROM instruction WHERE incident = ? AND organisation = ? ORDER BY began");
  rows.bind(incident).bind(organisation);
  return ids(rows);
}

}  // namespace anlan::view
