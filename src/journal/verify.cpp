#include "journal/verify.h"

#include <algorithm>

#include "journal/block_check.h"
#include "journal/chain_check.h"
#include "journal/end_check.h"
#include "journal/fact_hash.h"
#include "journal/schema.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::journal {
namespace {

// Places in the journal behind which reading is taken up again; a file with more is beyond naming its facts.
constexpr int kMostRestarts = 200;
constexpr Position kTellEvery = 10'000;

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
      report.add(ProblemKind::kAnswerChanged, std::string(rows.text(0)) + " " + std::string(rows.text(1)));
    if (answer.position > head(sql))
      report.add(ProblemKind::kShortened, "an answer knows position " + std::to_string(answer.position));
  }
}

// Each entry's cipher against its own hash; what facts say of it is looked at with the facts.
void check_sealed(sql::Connection& sql, Report& report) {
  auto& rows = sql.prepare("SELECT id, cipher, sm3 FROM sealed");
  while (rows.step())
    if (crypto::sm3(rows.blob(1)) != hash_in(rows.blob(2)))
      report.add(ProblemKind::kSealedChanged, std::string(rows.text(0)));
}

// Half a copy may be sound as far as it goes.
void check_form(sql::Connection& sql, Report& report) {
  if (form_of(sql) == kUnfinished) report.add(ProblemKind::kUnfinished, "a copy into this store was broken off");
}

}  // namespace

// Null where no problem is of a fact.
const Problem* Report::first_bad_fact() const {
  const auto found = std::ranges::find_if(problems, [](const Problem& p) { return p.position != 0; });
  return found == problems.end() ? nullptr : &*found;
}

void Report::add(ProblemKind kind, std::string detail) {
  if (problems.size() < kMostProblems) problems.push_back({kind, 0, {}, {}, std::move(detail)});
}

Report verify(const std::string& directory, const Progress& progress, const std::string& vfs) {
  Report report;
  attempt(report, [&] {
    const auto sql = sql::open(directory, sql::Access::kInspect, vfs);
    EndCheck end(*sql, report);
    attempt(report, [&] { sql->begin(); });
    attempt(report, [&] { check_facts(*sql, report, progress); });
    attempt(report, [&] { check_blocks(*sql, report); });
    attempt(report, [&] { check_sealed(*sql, report); });
    attempt(report, [&] { check_answers(*sql, report); });
    attempt(report, [&] { end.see_end(); });
    attempt(report, [&] { check_form(*sql, report); });
    attempt(report, [&] { sql->rollback(); });
  });
  return report;
}

}  // namespace anlan::journal
