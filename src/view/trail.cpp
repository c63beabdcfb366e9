#include "view/trail.h"

#include <algorithm>
#include <limits>

#include "journal/start.h"

namespace anlan::view {
namespace {

using journal::Position;

constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();
// Blocks that one question reads.
constexpr std::int64_t kMostBlocks = 8;

// Of the block that a position lies in: the positions are (number * kTrailBlock, (number + 1) * kTrailBlock].
std::int64_t block_of(Position position) { return (position - 1) / kTrailBlock; }

// `word` itself, or what begins with it and a point.
struct Kind {
  std::string word, first, beyond;
  Kind(const std::string& prefix, const std::string& asked)
      : word(prefix + asked), first(word + "."), beyond(word + "/") {}
  void bind_to(sql::Statement& s) const { s.bind(word).bind(first).bind(beyond); }
};

// Blocks up to `newest` that may have what is sought, the newest first, one more than are read.
std::vector<std::int64_t> blocks(sql::Connection& sql, const TrailSearch& search, std::int64_t newest) {
  std::string text = "SELECT s.block FROM trail_span s WHERE s.block <= ? AND s.latest >= ? AND s.earliest < ?";
  if (!search.actor.empty()) text += " AND EXISTS (SELECT 1 FROM trail a WHERE a.block = s.block AND a.mark = ?)";
  if (!search.type.empty())
    text +=
        " AND EXISTS (SELECT 1 FROM trail t WHERE t.block = s.block AND (t.mark = ? OR (t.mark >= ? AND t.mark < ?)))";
  auto rows = sql.once(text + " ORDER BY s.block DESC LIMIT ?");
  rows->bind(newest).bind(search.from ? to_ms(*search.from) : -kEnd).bind(search.to ? to_ms(*search.to) : kEnd);
  if (!search.actor.empty()) rows->bind("a" + search.actor);
  if (!search.type.empty()) Kind("t", search.type).bind_to(*rows);
  rows->bind(kMostBlocks + 1);
  std::vector<std::int64_t> found;
  while (rows->step()) found.push_back(rows->integer(0));
  return found;
}

// Positions in (after, upto] that fit, added at the end, the last first.
void add(sql::Connection& sql, const TrailSearch& search, Position after, Position upto, std::int64_t limit,
         std::vector<Position>& positions) {
  std::string text =
      "SELECT position FROM fact WHERE position > ? AND position <= ? AND recorded_at >= ? AND recorded_at < ?";
  if (!search.actor.empty()) text += " AND actor = ?";
  if (!search.type.empty()) text += " AND (type = ? OR (type >= ? AND type < ?))";
  auto rows = sql.once(text + " ORDER BY position DESC LIMIT ?");
  rows->bind(after).bind(upto);
  rows->bind(search.from ? to_ms(*search.from) : -kEnd).bind(search.to ? to_ms(*search.to) : kEnd);
  if (!search.actor.empty()) rows->bind(search.actor);
  if (!search.type.empty()) Kind("", search.type).bind_to(*rows);
  rows->bind(limit);
  while (rows->step()) positions.push_back(rows->integer(0));
}

}  // namespace

void Trail::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.trail_span (block INTEGER PRIMARY KEY, earliest INTEGER NOT NULL, latest INTEGER NOT NULL);
CREATE TABLE view.trail (block INTEGER NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (block, mark));
)");
}

void Trail::drop(sql::Connection& sql) {
  for (const char* table : {"trail_span", "trail"}) sql.execute(std::string("DROP TABLE IF EXISTS view.") + table);
}

// At the last fact of a block, which stands in the journal before any view sees it.
void Trail::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (fact.position % kTrailBlock != 0) return;
  const Position before = fact.position - kTrailBlock;
  sql.prepare(
         "INSERT INTO trail_span (block, earliest, latest) SELECT ?, MIN(recorded_at), MAX(recorded_at) FROM fact "
         "WHERE position > ? AND position <= ?")
      .bind(block_of(fact.position))
      .bind(before)
      .bind(fact.position)
      .run();
  for (const char* marks : {"INSERT INTO trail (block, mark) SELECT DISTINCT ?, 'a' || actor FROM fact "
                            "WHERE position > ? AND position <= ?",
                            "INSERT INTO trail (block, mark) SELECT DISTINCT ?, 't' || type FROM fact "
                            "WHERE position > ? AND position <= ?"})
    sql.prepare(marks).bind(block_of(fact.position)).bind(before).bind(fact.position).run();
}

TrailPage look_back(sql::Connection& sql, const TrailSearch& search, std::int64_t limit) {
  const Position last = std::min(search.before.value_or(kEnd), journal::head(sql) + 1) - 1;
  // The end of the last block that is noted: views may be behind the journal for a moment.
  const Position whole = journal::seen(sql) / kTrailBlock * kTrailBlock;
  std::vector<Position> positions;
  TrailPage page;
  if (last > whole) add(sql, search, whole, last, limit, positions);
  const auto left = [&] { return limit - std::ssize(positions); };
  std::int64_t read = 0;
  for (const std::int64_t block : blocks(sql, search, block_of(std::min(last, whole)))) {
    if (left() == 0 || read == kMostBlocks) {
      page.before = left() == 0 ? positions.back() : (block + 1) * kTrailBlock + 1;
      break;
    }
    add(sql, search, block * kTrailBlock, std::min((block + 1) * kTrailBlock, last), left(), positions);
    ++read;
  }
  if (left() == 0) page.before = positions.back();
  page.facts = journal::read_at(sql, positions);
  return page;
}

}  // namespace anlan::view
