#include "journal/start.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "journal/schema.h"

namespace anlan::journal {
namespace {

// Facts applied to views in one transaction: large enough that the commit costs little beside them, small enough that a
// stop in between loses a moment's work.
constexpr std::size_t kBatch = 2000;

// What a view said of itself when it was last committed.
struct Seen {
  int revision = 0;
  Position position = 0;
};

std::map<std::string, Seen, std::less<>> progress_of(sql::Connection& sql) {
  std::map<std::string, Seen, std::less<>> all;
  auto& rows = sql.prepare("SELECT name, revision, position FROM view_progress");
  while (rows.step()) all[std::string(rows.text(0))] = {static_cast<int>(rows.integer(1)), rows.integer(2)};
  return all;
}

// Another revision: its tables are made empty and follow from the first fact.
void begin_anew(sql::Connection& sql, Projection& view) {
  view.drop(sql);
  view.create(sql);
  sql.prepare("DELETE FROM view_progress WHERE name = ?").bind(view.name()).run();
  sql.prepare("INSERT INTO view_progress (name, revision, position) VALUES (?, ?, 0)")
      .bind(view.name())
      .bind(view.revision())
      .run();
}

// A view commits after the journal, so it cannot have seen more, unless the journal lost its end.
void require_whole(sql::Connection& sql, Position head) {
  for (const auto& [name, seen] : progress_of(sql)) {
    if (seen.position <= head) continue;
    FactsLost error("the journal ends at position " + std::to_string(head) + ", but view " + name + " has seen " +
                    std::to_string(seen.position) + ": acknowledged facts are gone");
    error.corrupt = true;
    throw error;
  }
}

// A view that was taken out of the program must start from nothing if it ever comes back.
void forget_unknown(sql::Connection& sql, std::span<Projection* const> views) {
  std::set<std::string_view> known;
  for (const Projection* view : views) known.insert(view->name());
  for (const auto& [name, seen] : progress_of(sql))
    if (!known.contains(name)) sql.prepare("DELETE FROM view_progress WHERE name = ?").bind(name).run();
}

// Views that are missing or have another revision start anew.
void prepare_views(sql::Connection& sql, std::span<Projection* const> views) {
  const auto before = progress_of(sql);
  for (Projection* view : views) {
    const auto found = before.find(view->name());
    if (found == before.end() || found->second.revision != view->revision()) begin_anew(sql, *view);
  }
}

// What each has seen.
std::vector<Position> seen_by(sql::Connection& sql, std::span<Projection* const> views) {
  const auto all = progress_of(sql);
  std::vector<Position> seen;
  for (const Projection* view : views) {
    const auto found = all.find(view->name());
    if (found == all.end())
      throw sql::Error("a process of another version took away view " + std::string(view->name()));
    seen.push_back(found->second.position);
  }
  return seen;
}

Position seen_by_all(sql::Connection& sql, std::span<Projection* const> views) {
  return std::ranges::min(seen_by(sql, views));
}

// In the same transaction as what was applied, so a view never says more than it has seen.
void note_seen(sql::Connection& sql, Position position) {
  sql.prepare("UPDATE view_progress SET position = ? WHERE position < ?").bind(position).bind(position).run();
}

// The next facts that some view has not seen, in a transaction; answers how far all have seen now. Asked anew for each
// batch: on a shared store another process may be at the same work.
Position apply_batch(sql::Connection& sql, std::span<Projection* const> views) {
  const auto seen = seen_by(sql, views);
  Position done = *std::ranges::min_element(seen);
  for (const Fact& fact : read_after(sql, done, kBatch)) {
    for (std::size_t i = 0; i < views.size(); ++i)
      if (seen[i] < fact.position) views[i]->apply(sql, fact);
    done = fact.position;
  }
  note_seen(sql, done);
  return done;
}

std::unique_ptr<sql::Connection> open_whole(const std::string& directory, std::span<Projection* const> views,
                                            Instant now, const Progress& progress, const std::string& vfs) {
  auto sql = open(directory, now, vfs);
  catch_up(*sql, views, progress);
  sql->checkpoint();
  return sql;
}

}  // namespace

std::unique_ptr<sql::Connection> open(const std::string& directory, Instant now, const std::string& vfs) {
  auto sql = sql::open(directory, sql::Access::kWrite, vfs);
  // Of a server its own tools make the copy, before a new version is installed (docs/how-to/cluster.md); without facts
  // there is nothing to lose.
  migrate(*sql, migrations(), now, [&](int number) {
    if (!sql::is_shared(directory) && head(*sql) > 0)
      sql::backup(directory, directory + "/before-migration-" + std::to_string(number));
  });
  return sql;
}

std::unique_ptr<sql::Connection> start(const std::string& directory, std::span<Projection* const> views, Instant now,
                                       const Progress& progress, const std::string& vfs) {
  try {
    return open_whole(directory, views, now, progress, vfs);
  } catch (const sql::Error& error) {
    if (!error.corrupt || error.database != "view") throw;
  }
  sql::remove_view(directory, vfs);
  return open_whole(directory, views, now, progress, vfs);
}

bool holds_facts(const std::string& directory, Instant now) { return head(*open(directory, now)) > 0; }

void catch_up(sql::Connection& sql, std::span<Projection* const> views, const Progress& progress) {
  sql.begin();
  sql.execute(
      "CREATE TABLE IF NOT EXISTS view.view_progress (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, "
      "position INTEGER NOT NULL)");
  const Position total = head(sql);
  require_whole(sql, total);
  forget_unknown(sql, views);
  prepare_views(sql, views);
  Position done = views.empty() ? total : seen_by_all(sql, views);
  sql.commit();
  while (done < total) {
    sql.begin();
    done = apply_batch(sql, views);
    sql.commit();
    if (progress) progress(done, total);
  }
}

std::unique_ptr<sql::Connection> rebuild(const std::string& directory, std::span<Projection* const> views, Instant now,
                                         const Progress& progress, const std::string& vfs) {
  // Opened once without views, for the check that none of them has seen more than the journal holds.
  start(directory, {}, now, {}, vfs);
  sql::remove_view(directory, vfs);
  return start(directory, views, now, progress, vfs);
}

void apply(sql::Connection& sql, std::span<Projection* const> views, std::span<const Fact> facts) {
  if (facts.empty()) return;
  for (const Fact& fact : facts)
    for (Projection* view : views) view->apply(sql, fact);
  note_seen(sql, facts.back().position);
}

}  // namespace anlan::journal
