#include "journal/start.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/mutation.h"
#include "journal/schema.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::journal {
namespace {

// Facts applied to views in one transaction: enough that the commit costs little beside them, so few that others wait
// no longer for the lock than for a batch of commands.
constexpr std::size_t kBatch = 250;

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
void require_whole(sql::Connection& sql) {
  const auto most = most_seen(sql);
  const Position last = head(sql);
  if (!most || *most <= last) return;
  FactsLost error("the journal ends at position " + std::to_string(last) + ", but its views have seen " +
                  std::to_string(*most) + ": acknowledged facts are gone");
  error.corrupt = true;
  throw error;
}

// A view that was taken out of the program must start from nothing if it ever comes back.
void forget_unknown(sql::Connection& sql, std::span<Projection* const> views) {
  std::set<std::string_view> known;
  for (const Projection* view : views) known.insert(view->name());
  for (const auto& [name, seen] : progress_of(sql))
    if (!known.contains(name)) sql.prepare("DELETE FROM view_progress WHERE name = ?").bind(name).run();
}

// Views of another revision start anew.
void prepare_views(sql::Connection& sql, std::span<Projection* const> views) {
  sql.execute(
      "CREATE TABLE IF NOT EXISTS view.view_progress (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, "
      "position INTEGER NOT NULL)");
  forget_unknown(sql, views);
  const auto before = progress_of(sql);
  for (Projection* view : views) {
    const auto found = before.find(view->name());
    if (found == before.end() || found->second.revision != view->revision()) begin_anew(sql, *view);
  }
}

// In the same transaction as what was applied, so a view never says more than it has seen.
void note_seen(sql::Connection& sql, Position position) {
  sql.prepare("UPDATE view_progress SET position = ? WHERE position < ?").bind(position).bind(position).run();
}

// The next facts for those views that have not seen them, more where more than a batch has `grown` since the last ones.
// Asked in each transaction anew: another process may have applied some meanwhile.
void advance(sql::Connection& sql, std::span<Projection* const> views, std::size_t grown) {
  const auto progress = progress_of(sql);
  std::vector<Position> from;
  for (const Projection* view : views) from.push_back(progress.at(std::string(view->name())).position);
  Position done = *std::ranges::min_element(from);
  for (const Fact& fact : read_after(sql, done, std::max(kBatch, 2 * grown))) {
    for (std::size_t i = 0; i < views.size(); ++i)
      if (from[i] < fact.position) views[i]->apply(sql, fact);
    done = fact.position;
  }
  note_seen(sql, done);
}

// What is derived may be made anew: `work` once more without the views, where it found them damaged.
template <class Work>
std::unique_ptr<sql::Connection> healing(const std::string& directory, const std::string& vfs,
                                         const std::string& edition, Work work) {
  try {
    return work();
  } catch (const sql::Error& error) {
    if (!error.corrupt || error.database != "view") throw;
  }
  sql::remove_view(directory, vfs, edition);
  return work();
}

std::unique_ptr<sql::Connection> open_whole(const std::string& directory, std::span<Projection* const> views,
                                            Instant now, const Progress& progress, const std::string& vfs) {
  auto sql = open(directory, now, vfs, edition_of(views));
  catch_up(*sql, views, progress);
  sql->checkpoint();
  return sql;
}

}  // namespace

std::string edition_of(std::span<Projection* const> views) {
  constexpr std::size_t kLength = 16;  // hexadecimal digits; editions of one store are a handful
  if (views.empty()) return {};
  std::string all;
  for (const Projection* view : views)
    all.append(view->name()).append(" ").append(std::to_string(view->revision())).append("\n");
  return crypto::to_hex(crypto::sm3(all)).substr(0, kLength);
}

std::unique_ptr<sql::Connection> open(const std::string& directory, Instant now, const std::string& vfs,
                                      const std::string& edition) {
  auto sql = healing(directory, vfs, edition, [&] { return sql::open(directory, sql::Access::kWrite, vfs, edition); });
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
  return healing(directory, vfs, edition_of(views), [&] { return open_whole(directory, views, now, progress, vfs); });
}

bool holds_facts(const std::string& directory, Instant now) { return head(*open(directory, now)) > 0; }

void catch_up(sql::Connection& sql, std::span<Projection* const> views, const Progress& progress) {
  require_whole(sql);
  sql.begin();
  prepare_views(sql, views);
  Position total = head(sql), done = views.empty() ? total : seen(sql);
  sql.commit();
  while (done < total) {
    sql.begin();
    const Position before = std::exchange(total, head(sql));
    advance(sql, views, static_cast<std::size_t>(total - before));
    done = seen(sql);
    sql.commit();
    if (progress) progress(done, total);
  }
}

Position seen(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT MIN(position) FROM view_progress");
  const Position position = row.step() ? row.integer(0) : 0;
  row.reset();
  return position;
}

// Each by its name: a connection sees the tables of its own edition alone. Where another process has only begun with an
// edition there is nothing to ask yet.
std::optional<Position> most_seen(sql::Connection& sql) {
  std::optional<Position> most;
  for (const std::string& database : sql.view_databases()) try {
      const auto row = sql.once("SELECT MAX(position) FROM " + database + ".view_progress");
      if (row->step() && !row->is_null(0)) most = std::max(most.value_or(0), row->integer(0));
    } catch (const sql::ConnectionLost&) {
      throw;
    } catch (const sql::Error& error) {
      if (error.corrupt) throw;
    }
  return most;
}

std::unique_ptr<sql::Connection> rebuild(const std::string& directory, std::span<Projection* const> views, Instant now,
                                         const Progress& progress, const std::string& vfs) {
  try {
    require_whole(*open(directory, now, vfs));
  } catch (const sql::Error& error) {
    if (!error.corrupt || error.database != "view") throw;
  }
  sql::remove_view(directory, vfs, edition_of(views));
  return start(directory, views, now, progress, vfs);
}

bool level(sql::Connection& sql, std::span<Projection* const> views, Position head, std::size_t grown) {
  if (views.empty() || seen(sql) >= head) return true;
  advance(sql, views, grown);
  return seen(sql) >= head;
}

void apply(sql::Connection& sql, std::span<Projection* const> views, std::span<const Fact> facts) {
  if (facts.empty()) return;
  for (const Fact& fact : facts)
    for (Projection* view : views)
      if (!(ANLAN_PLANTED("a view passes one over") && fact.position % 50 == 0)) view->apply(sql, fact);
  note_seen(sql, facts.back().position);
}

}  // namespace anlan::journal
