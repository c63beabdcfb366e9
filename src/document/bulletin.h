#pragma once
// A report as the official document that goes upward: 值班快报 for a first report, 续报 n, 核报 and 终报. Everything
// but what the desk wrote into the report is filled from the journal; the caller resolves names and labels. Elements:
// 突发事件应对法 (2024) art. 61, 国家突发事件总体应急预案 on what a report says; layout: official.h.

#include <optional>
#include <string>
#include <vector>

#include "document/bulletin_words.h"
#include "document/official.h"
#include "domain/clock/types.h"
#include "domain/grade/types.h"
#include "domain/report/types.h"

namespace anlan::document {

// One item of one statement; several sources of one item stand side by side.
struct BulletinFigure {
  // Worded by the caller: a document looks nothing up.
  std::string label, value;  // with its unit: "3人"
  // Who states it; the desk itself where nobody else is named.
  std::string source;
  Instant at;
  // False stands beside the headline (口径不一).
  bool adopted = true;
};

// A clock of the sender toward the receiver, with how it ended.
struct BulletinClock {
  // Its name in words.
  std::string leg;
  Instant due;
  std::optional<Instant> met;
  // 0 in time; only where it was met.
  std::int64_t late_s = 0;
  clock::State state = clock::State::kRunning;
  std::optional<std::string> reason;
};

// What a receiver of an instruction reported, in its own words.
struct BulletinProgress {
  std::string organisation, text;
  Instant at;
};

// A leader's instruction as far as it had come when the version was signed.
struct BulletinInstruction {
  std::string by, post, text;
  Instant at;
  std::vector<BulletinProgress> progress;
  std::optional<std::string> result;  // closed with it
};

// How the receiver answered one version.
struct BulletinReceipt {
  std::int64_t version = 1;
  report::Decision decision = report::Decision::kAccepted;
  std::string by;
  Instant at;
  std::optional<std::string> reason;
};

// One line of the timeline, a finished sentence.
struct BulletinLine {
  Instant at;
  std::string text;
};

// The incident as it was known when the version was signed.
struct BulletinIncident {
  std::string title, type, place, source;  // place: whole path with the address
  grade::Grade grade = grade::Grade::kUngraded;
  // A grade that is merely proposed says so on paper.
  bool grade_confirmed = false;
  std::optional<Instant> occurred_at;  // absent: unknown
  Instant learnt_at;
};

// Who called in is not here: an official document never names the informant.
struct BulletinInput {
  report::Kind kind = report::Kind::kFirst;
  // `ordinal`: of a follow-up. From version 2 on the document names the version.
  std::int64_t ordinal = 0, version = 1;
  std::string number;  // of the incident, "2026-0001"
  // Full names; `copy_to` may be empty.
  std::string from, to, copy_to;
  std::string title;  // of the report; the incident's where it is empty
  report::Content content;
  BulletinIncident incident;
  std::vector<BulletinFigure> figures;
  std::vector<BulletinClock> clocks;
  std::vector<BulletinReceipt> receipts;
  std::vector<BulletinInstruction> instructions;
  std::vector<BulletinLine> timeline;  // becomes an attachment
  std::string signer;                  // empty: not signed yet
  std::string drafter, duty_phone;     // where the content names no contact of its own
  Instant dated_at;                    // signed at, or drafted at while it is not signed
  // Marked on every page, so that no sheet of paper is taken for real.
  bool demo = false, drill = false;
};

// Pure. Sections that have nothing to say are left out, and the rest numbered through.
OfficialDocument bulletin(const BulletinInput&, const BulletinWords&);

}  // namespace anlan::document
