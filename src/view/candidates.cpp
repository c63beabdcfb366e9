#include "view/candidates.h"

#include "codec/fact.h"
#include "domain/candidate/facts.h"

namespace anlan::view {

// Found by desk and state, and by the moment of coming in.
void Candidates::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.candidate (
  id TEXT PRIMARY KEY, organisation TEXT NOT NULL, world TEXT NOT NULL, state TEXT NOT NULL, origin TEXT NOT NULL,
  received_at INTEGER NOT NULL, UNIQUE (organisation, world, state, received_at, id),
  UNIQUE (organisation, world, received_at, id),
  UNIQUE (organisation, world, origin, received_at, id));
)");
}

void Candidates::drop(sql::Connection& sql) { sql.execute("DROP TABLE IF EXISTS view.candidate"); }

void Candidates::apply(sql::Connection& sql, const journal::Fact& fact) {
  const std::string id = fact.stream.substr(fact.stream.find('/') + 1);
  if (fact.type == candidate::Offered::kType) {
    const auto offered = std::get<candidate::Offered>(codec::decode<candidate::Fact>(fact.type, fact.body));
    sql.prepare(
           "INSERT INTO candidate (id, organisation, world, state, origin, received_at) "
           "VALUES (?, ?, ?, 'waiting', ?, ?)")
        .bind(id)
        .bind(offered.organisation)
        .bind(fact.world)
        .bind(name_of(offered.description.origin))
        .bind(to_ms(fact.recorded_at))
        .run();
  } else if (fact.type == candidate::Adopted::kType || fact.type == candidate::Dismissed::kType) {
    sql.prepare("UPDATE candidate SET state = ? WHERE id = ?")
        .bind(fact.type == candidate::Adopted::kType ? "adopted" : "dismissed")
        .bind(id)
        .run();
  }
}

std::vector<std::string> candidates_for(sql::Connection& sql, const std::string& organisation, const std::string& world,
                                        std::optional<candidate::State> state, std::int64_t limit) {
  auto& rows = sql.prepare(state ? "SELECT id FROM candidate WHERE organisation = ? AND world = ? AND state = ? "
                                   "ORDER BY received_at DESC, id DESC LIMIT ?"
                                 : "SELECT id FROM candidate WHERE organisation = ? AND world = ? "
                                   "ORDER BY received_at DESC, id DESC LIMIT ?");
  rows.bind(organisation).bind(world);
  if (state) rows.bind(name_of(*state));
  rows.bind(limit);
  std::vector<std::string> ids;
  while (rows.step()) ids.emplace_back(rows.text(0));
  return ids;
}

// The newest of each way in, decided or not.
std::vector<SourceRow> sources(sql::Connection& sql, const std::string& organisation, const std::string& world) {
  std::vector<SourceRow> result;
  for (const auto& [origin, name] : names_of(candidate::Origin{})) {
    auto& row =
        sql.prepare("SELECT MAX(received_at) FROM candidate WHERE organisation = ? AND world = ? AND origin = ?");
    row.bind(organisation).bind(world).bind(name);
    const bool any = row.step() && !row.is_null(0);
    result.push_back({origin, any ? std::optional(from_ms(row.integer(0))) : std::nullopt});
    row.reset();
  }
  return result;
}

}  // namespace anlan::view
