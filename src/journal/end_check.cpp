#include "journal/end_check.h"

namespace anlan::journal {
namespace {

// nullopt too where they cannot be read: the engine's own look at the files tells of that.
std::optional<Position> seen_by_views(sql::Connection& sql) {
  try {
    return most_seen(sql);
  } catch (const sql::Error&) {
    return std::nullopt;
  }
}

}  // namespace

EndCheck::EndCheck(sql::Connection& sql, Report& report) : sql_(sql), report_(report) {
  attempt(report, [&] {
    for (std::string& problem : sql.integrity()) report.add(ProblemKind::kEngine, std::move(problem));
  });
  for (const char* database : {"vault", "journal"})
    attempt(report, [&] {
      if (const std::string tail = sql.broken_tail(database); !tail.empty())
        broken_tails_.push_back(std::string(database) + ".db-wal: " + tail);
    });
  seen_ = seen_by_views(sql);
}

// Damage to the last transaction of a log looks like a commit that the power cut off. The views decide: they commit
// last, so where they know of no more than the journal holds, nothing that was acknowledged is missing.
void EndCheck::see_end() {
  const Position last = head(sql_);
  if (seen_ && *seen_ > last) report_.add(ProblemKind::kShortened, "a view knows position " + std::to_string(*seen_));
  for (const std::string& tail : broken_tails_) {
    if (seen_ && *seen_ == last) {
      report_.notes.push_back(tail);
    } else {
      report_.add(ProblemKind::kEngine, tail);
    }
  }
}

}  // namespace anlan::journal
