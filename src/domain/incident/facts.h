#pragma once
// Streams "incident/ID" and, each time that another organisation has taken it over, "incident/ID@2", "incident/ID@3" …:
// segments, each written by its owner's node (docs/decisions/0023-the-owner-releases.md).

#include <variant>

#include "domain/incident/types.h"

namespace anlan::incident {

// `epoch`: who owns it for the first, second … time.
struct Segment {
  std::string incident;
  std::int64_t epoch = 1;
};
std::string stream_of(const Segment&);
// nullopt for any other name, and for one that no node would give it ("incident/ID@1").
std::optional<Segment> segment_of(std::string_view stream);

// The first fact of the stream. `learnt_at` is when the desk took it down; the fact's occurred_at is the event's own
// time where that is known.
struct Opened {
  static constexpr std::string_view kType = "incident.opened";
  // `number`: 2026-0001, counted by the organisation in each year without gaps; it owns the incident at first.
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
                                            field("area", &Opened::area, kMostRings)};
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
  // `owner`: the organisation that owns `into`, as far as is known here; it comes to know of this one.
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

// The owner would hand it over (移交); the receiver is told by it. `offer`: counted on the incident; `epoch`: the one
// that would begin.
struct Offered {
  static constexpr std::string_view kType = "incident.offered";
  std::string to;
  std::int64_t epoch = 0, offer = 0;
  std::string reason;
  static constexpr auto fields = std::tuple{field("to", &Offered::to), field("epoch", &Offered::epoch),
                                            field("offer", &Offered::offer), field("reason", &Offered::reason)};
};

// An acceptance that comes after it calls forth nothing.
struct OfferWithdrawn {
  static constexpr std::string_view kType = "incident.offer_withdrawn";
  std::string to;
  std::int64_t epoch = 0, offer = 0;
  static constexpr auto fields = std::tuple{field("to", &OfferWithdrawn::to), field("epoch", &OfferWithdrawn::epoch),
                                            field("offer", &OfferWithdrawn::offer)};
};

// The last fact of a segment: `to` is to begin the next one.
struct Released {
  static constexpr std::string_view kType = "incident.released";
  std::string to;
  std::int64_t epoch = 0;
  static constexpr auto fields = std::tuple{field("to", &Released::to), field("epoch", &Released::epoch)};
};

// The first fact of a segment: `organisation` owns the incident from now on (接管). It goes on from the version `from`:
// what the owner before recorded beyond that, and nobody knew when it was taken over, stays to be read and changes
// nothing.
struct TakenOver {
  static constexpr std::string_view kType = "incident.taken_over";
  std::string incident, organisation;
  std::int64_t epoch = 0, from = 0;
  static constexpr auto fields =
      std::tuple{field("incident", &TakenOver::incident), field("organisation", &TakenOver::organisation),
                 field("epoch", &TakenOver::epoch), field("from", &TakenOver::from)};
};

// Stream "parties/INCIDENT/ORGANISATION", owned by the organisation: it knows of the incident and takes part from now
// on. `through`: taken_down | report | phone | instruction | merge | handover.
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

// The answer to an offer, which it names: another one to the same organisation wants an answer of its own.
struct OfferAccepted {
  static constexpr std::string_view kType = "incident.offer_accepted";
  std::int64_t epoch = 0, offer = 0;
  static constexpr auto fields =
      std::tuple{field("epoch", &OfferAccepted::epoch), field("offer", &OfferAccepted::offer)};
};
struct OfferRejected {
  static constexpr std::string_view kType = "incident.offer_rejected";
  std::int64_t epoch = 0, offer = 0;
  std::string reason;
  static constexpr auto fields =
      std::tuple{field("epoch", &OfferRejected::epoch), field("offer", &OfferRejected::offer),
                 field("reason", &OfferRejected::reason)};
};

// An organisation above the owner takes the incident to itself (提级接管). Takes effect when the owner's node releases
// it.
struct Claimed {
  static constexpr std::string_view kType = "incident.claimed";
  std::int64_t epoch = 0;
  std::string reason;
  static constexpr auto fields = std::tuple{field("epoch", &Claimed::epoch), field("reason", &Claimed::reason)};
};

// Another incident was merged into this one while the organisation that was asked had released it: `to`, which owns it
// now, is to absorb it.
struct Referred {
  static constexpr std::string_view kType = "incident.referred";
  std::string ended, to;
  static constexpr auto fields = std::tuple{field("ended", &Referred::ended), field("to", &Referred::to)};
};

using PartyFact = std::variant<Joined, Noted, Phoned, OfferAccepted, OfferRejected, Claimed, Referred>;
using Fact = std::variant<Opened, Corrected, FiguresStated, Graded, Closed, Reopened, Merged, Absorbed, Offered,
                          OfferWithdrawn, Released, TakenOver>;

}  // namespace anlan::incident
