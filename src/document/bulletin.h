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
  std::string label, value;  // with its unit: "3人"
  std::string source;
  Instant at;
  bool adopted = true;
};

struct BulletinClock {
  std::string leg;
  Instant due;
  std::optional<Instant> met;
  std::int64_t late_s = 0;
  clock::State state = clock::State::kRunning;
  std::optional<std::string> reason;
};

struct BulletinProgress {
  std::string organisation, text;
  Instant at;
};

struct BulletinInstruction {
  std::string by, post, text;
  Instant at;
  std::vector<BulletinProgress> progress;
  std::optional<std::string> result;  // closed with it
};

struct BulletinReceipt {
  std::int64_t version = 1;
  report::Decision decision = report::Decision::kAccepted;
  std::string by;
  Instant at;
  std::optional<std::string> reason;
};

struct BulletinLine {
  Instant at;
  std::string text;
};

struct BulletinIncident {
  std::string title, type, place, source;  // place: whole path with the address
  grade::Grade grade = grade::Grade::kUngraded;
  bool grade_confirmed = false;
  std::optional<Instant> occurred_at;  // absent: unknown
  Instant learnt_at;
};

// Who called in is not here: an official document never names the informant.
struct BulletinInput {
  report::Kind kind = report::Kind::kFirst;
  std::int64_t ordinal = 0, version = 1;
  std::string number;  // of the incident, "2026-0001"
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
  bool demo = false, drill = false;
};

// Pure. Sections that have nothing to say are left out, and the rest numbered through.
OfficialDocument bulletin(const BulletinInput&, const BulletinWords&);

}  // namespace anlan::document
