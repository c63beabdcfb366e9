#include "journal/verify.h"

#include <algorithm>

#include "journal/chain_check.h"
#include "journal/fact_hash.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::journal {
namespace {

// Places in the journal behind which reading is taken up again; a file with more is beyond naming its facts.
constexpr int kMostRestarts = 200;
constexpr Position kTellEvery = 10'000;

void add(Report& report, ProblemKind kind, std::string detail) {
  if (report.problems.size() < kMostProblems) report.problems.push_back({kind, 0, {}, {}, std::move(detail)});
}

// Reads on behind what cannot be read.
void check_facts(sql::Connection& sql, Report& report, const Progress& progress) {
  ChainCheck chain(sql, report);
  for (int restarts = 0; restarts < kMostRestarts; ++restarts) {
    try {
      const Position total = head(sql);
      each_after(sql, chain.next() - 1, [&](const Fact& fact) {
        chain.see(fact);
        if (progress && report.facts % kTellEvery == 0) progress(report.facts, total);
      });
      return;
    } catch (const sql::Error& error) {
      if (!error.corrupt) throw;
      chain.skip(error.what());
    }
  }
}

// An answer is written with the facts that it tells of, so it can know of no later position than the last.
void check_answers(sql::Connection& sql, Report& report) {
  auto& rows = sql.prepare("SELECT actor, idempotency_key, status, body, position, digest, sm3 FROM answer");
  while (rows.step()) {
    Answer answer{static_cast<int>(rows.integer(2)), std::string(rows.text(3)), rows.integer(4), hash_in(rows.blob(5))};
    if (hash_of(rows.text(0), rows.text(1), answer) != hash_in(rows.blob(6)))
      add(report, ProblemKind::kAnswerChanged, std::string(rows.text(0)) + " " + std::string(rows.text(1)));
    if (answer.position > head(sql))
      add(report, ProblemKind::kShortened, "an answer knows position " + std::to_string(answer.position));
  }
}

// Each entry's cipher against its own hash; what facts say of it is looked at with the facts.
void check_sealed(sql::Connection& sql, Report& report) {
  auto& rows = sql.prepare("SELECT id, cipher, sm3 FROM sealed");
  while (rows.step())
    if (crypto::sm3(rows.blob(1)) != hash_in(rows.blob(2)))
      add(report, ProblemKind::kSealedChanged, std::string(rows.text(0)));
}

// The position up to which views have seen facts; nullopt where there are none, or none that can be read.
std::optional<Position> seen_by_views(sql::Connection& sql) {
  try {
    const auto row = sql.once("SELECT MAX(position) FROM view_progress");
    if (row->step() && !row->is_null(0)) return row->integer(0);
  } catch (const sql::Error&) {
  }
  return std::nullopt;
}

// Damage to the last transaction of a log looks like a commit that the power cut off. The views decide: they commit
// last, so where they know of no more than the journal holds, nothing that was acknowledged is missing.
void check_end(sql::Connection& sql, Report& report, std::optional<Position> seen,
               const std::vector<std::string>& broken_tails) {
  const Position last = head(sql);
  if (seen && *seen > last) add(report, ProblemKind::kShortened, "a view knows position " + std::to_string(*seen));
  for (const std::string& tail : broken_tails) {
    if (seen && *seen == last) {
      report.notes.push_back(tail);
    } else {
      add(report, ProblemKind::kEngine, tail);
    }
  }
}

// What one part cannot read keeps no other part from reading.
template <class Part>
void attempt(Report& report, Part&& part) {
  try {
    part();
  } catch (const sql::Error& error) {
    add(report, ProblemKind::kEngine, error.what());
  }
}

}  // namespace

// Null where no problem is of a fact.
const Problem* Report::first_bad_fact() const {
  const auto found = std::ranges::find_if(problems, [](const Problem& p) { return p.position != 0; });
  return found == problems.end() ? nullptr : &*found;
}

Report verify(const std::string& directory, const Progress& progress, const std::string& vfs) {
  Report report;
  attempt(report, [&] {
    const auto sql = sql::open(directory, sql::Access::kInspect, vfs);
    std::vector<std::string> tails;
    attempt(report, [&] {
      for (std::string& problem : sql->integrity()) add(report, ProblemKind::kEngine, std::move(problem));
    });
    for (const char* database : {"vault", "journal"})
      attempt(report, [&] {
        if (const std::string tail = sql->broken_tail(database); !tail.empty())
          tails.push_back(std::string(database) + ".db-wal: " + tail);
      });
    // Each file's snapshot is taken when it is first read. A node at work commits vault, journal, view: read the other
    // way round, what is read later is never behind.
    std::optional<Position> seen;
    attempt(report, [&] {
      sql->begin();
      seen = seen_by_views(*sql);
    });
    attempt(report, [&] { check_facts(*sql, report, progress); });
    attempt(report, [&] { check_sealed(*sql, report); });
    attempt(report, [&] { check_answers(*sql, report); });
    attempt(report, [&] { check_end(*sql, report, seen, tails); });
    attempt(report, [&] { sql->rollback(); });
  });
  return report;
}

}  // namespace anlan::journal
