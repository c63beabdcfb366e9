#pragma once
// Stream "incident/ID", owned by the organisation that took it down.

#include <variant>

#include "domain/incident/types.h"

namespace anlan::incident {

// The first fact of the stream. `learnt_at` is when the desk took it down; the fact's occurred_at is the event's own
// time where that is known.
struct Opened {
  static constexpr std::string_view kType = "incident.opened";
  // `number`: 2026-0001, counted by the organisation, which owns the incident, in each year without gaps.
  std::string number, title, type, organisation, summary;
  Place place;
  std::optional<Instant> occurred_at;  // absent: unknown, the clocks assume learnt_at
  Instant learnt_at;
  // `unit`: the enterprise or body concerned (涉事单位).
  std::optional<std::string> unit, measures, candidate;
  SourceKind source = SourceKind::kPhone;
  // Who called; 个人信息保护法 art. 6 keeps it out of the fact.
  std::optional<SealedReference> informant;
  // As first stated; statements that follow are facts of their own.
  grade::Figures figures;
  grade::Grade grade = grade::Grade::kOrdinary;
  // False: proposed by the tables, moves with the figures.
  bool grade_confirmed = false;
  // What the tables said then, kept even where a person decided otherwise.
  std::optional<GradeProposal> proposal;
  std::optional<std::vector<Ring>> area;
  static constexpr auto fields = std::tuple{field("number", &Opened::number),
                                            field("title", &Opened::title),
                                            field("type", &Opened::type),
                                            field("organisation", &Opened::organisation),
                                            field("summary", &Opened::summary, 2000),
                                            field("place", &Opened::place),
                                            field("occurred_at", &Opened::occurred_at),
                                            field("learnt_at", &Opened::learnt_at),
                                            field("unit", &Opened::unit),
                                            field("measures", &Opened::measures, 1000),
                                            field("candidate", &Opened::candidate),
                                            field("source", &Opened::source),
                                            field("informant", &Opened::informant),
                                            field("figures", &Opened::figures),
                                            field("grade", &Opened::grade),
                                            field("grade_confirmed", &Opened::grade_confirmed),
                                            field("proposal", &Opened::proposal),
                                            field("area", &Opened::area)};
};

// Only what changed.
struct Corrected {
  static constexpr std::string_view kType = "incident.corrected";
  std::string reason;
  std::optional<std::string> title, type, unit, summary, measures;
  std::optional<Place> place;
  std::optional<Instant> occurred_at, learnt_at;
  // What the tables make of the figures under another kind, and the grade that follows where no person confirmed one.
  std::optional<grade::Grade> grade;
  std::optional<GradeProposal> proposal;
  static constexpr auto fields = std::tuple{field("reason", &Corrected::reason),
                                            field("title", &Corrected::title),
                                            field("type", &Corrected::type),
                                            field("unit", &Corrected::unit),
                                            field("summary", &Corrected::summary, 2000),
                                            field("measures", &Corrected::measures, 1000),
                                            field("place", &Corrected::place),
                                            field("occurred_at", &Corrected::occurred_at),
                                            field("learnt_at", &Corrected::learnt_at),
                                            field("grade", &Corrected::grade),
                                            field("proposal", &Corrected::proposal)};
};

// One statement; `proposal` is what the tables make of the headline after it, absent where it was not adopted.
struct FiguresStated {
  static constexpr std::string_view kType = "incident.figures_stated";
  FigureStatement statement;
  std::optional<GradeProposal> proposal;
  static constexpr auto fields =
      std::tuple{field("statement", &FiguresStated::statement), field("proposal", &FiguresStated::proposal)};
};

// A person's decision; the grade is confirmed from here on.
struct Graded {
  static constexpr std::string_view kType = "incident.graded";
  grade::Grade grade = grade::Grade::kOrdinary;
  std::string reason;
  static constexpr auto fields = std::tuple{field("grade", &Graded::grade), field("reason", &Graded::reason)};
};

// Ends work: every command but reopening is refused afterwards (incident.closed).
struct Closed {
  static constexpr std::string_view kType = "incident.closed";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Closed::reason)};
};

// The incident is open again under its own number.
struct Reopened {
  static constexpr std::string_view kType = "incident.reopened";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Reopened::reason)};
};

// Final: a merged incident is not reopened; what comes belongs to `into`.
struct Merged {
  static constexpr std::string_view kType = "incident.merged";
  // `owner`: the organisation that owns `into`, which comes to know of this one.
  std::string into, owner, reason;
  static constexpr auto fields =
      std::tuple{field("into", &Merged::into), field("owner", &Merged::owner), field("reason", &Merged::reason)};
};

// Another incident, `ended`, turned out to be this one: what was reported on it was reported on this one.
struct Absorbed {
  static constexpr std::string_view kType = "incident.absorbed";
  std::string ended;
  static constexpr auto fields = std::tuple{field("ended", &Absorbed::ended)};
};

// Stream "parties/INCIDENT/ORGANISATION", owned by the organisation: it knows of the incident and takes part from now
// on. `through`: taken_down | report | phone | instruction | merge.
struct Joined {
  static constexpr std::string_view kType = "incident.joined";
  // An organisation joins once and never leaves: what it knows, it knows.
  std::string incident, organisation, through;
  // Where that was before the fact was recorded: a call is noted after it was made.
  std::optional<Instant> learnt_at;
  static constexpr auto fields =
      std::tuple{field("incident", &Joined::incident), field("organisation", &Joined::organisation),
                 field("through", &Joined::through), field("learnt_at", &Joined::learnt_at)};
};

// For all that take part to read.
struct Noted {
  static constexpr std::string_view kType = "incident.noted";
  std::string text;
  static constexpr auto fields = std::tuple{field("text", &Noted::text, 2000)};
};

// `from`: the organisation that called, whose stream it is; whoever was called knows of the incident by it.
struct Phoned {
  static constexpr std::string_view kType = "incident.phoned";
  std::string from;
  PhoneReport report;
  static constexpr auto fields = std::tuple{field("from", &Phoned::from), field("report", &Phoned::report)};
};

using PartyFact = std::variant<Joined, Noted, Phoned>;
using Fact = std::variant<Opened, Corrected, FiguresStated, Graded, Closed, Reopened, Merged, Absorbed>;

}  // namespace anlan::incident
