#pragma once
// What may be asked of an incident. The incident concerned is the command's target; TakeDown makes a new one.

#include "domain/incident/types.h"

namespace anlan::incident {

// Taking down a report at the desk: three inputs are needed, the rest may follow.
struct TakeDown {
  static constexpr std::string_view kName = "incident.take_down";
  // Code of the kind of event, code of the division (county or below), what the caller said.
  std::string type, division, summary;
  // `title` absent: made of place and kind (or the unit). Caller and telephone are sealed and stand in no fact.
  // `candidate`: id of the one that becomes this incident.
  std::optional<std::string> title, address, unit, caller_name, caller_phone, measures, candidate;
  // CGCS2000; absent: the division's own point, where it has one.
  std::optional<LngLat> point;
  // Absent: unknown, not "now".
  std::optional<Instant> occurred_at;
  // When the desk learnt of it, where that was before it is taken down. Absent: now, or when the candidate came in.
  std::optional<Instant> learnt_at;
  // Absent: not stated, which is not the same as none.
  std::optional<std::int64_t> dead, missing, injured;
  std::optional<double> burnt_ha, magnitude;
  // Given by a person it is confirmed; absent it follows the tables until one confirms.
  std::optional<grade::Grade> grade;
  std::optional<SourceKind> source;
  static constexpr auto fields = std::tuple{field("type", &TakeDown::type, 5),
                                            field("division", &TakeDown::division, 12),
                                            field("summary", &TakeDown::summary, 2000),
                                            field("title", &TakeDown::title, 60),
                                            field("address", &TakeDown::address, 100),
                                            field("point", &TakeDown::point),
                                            field("occurred_at", &TakeDown::occurred_at),
                                            field("learnt_at", &TakeDown::learnt_at),
                                            field("unit", &TakeDown::unit, 60),
                                            field("caller_name", &TakeDown::caller_name, 40),
                                            field("caller_phone", &TakeDown::caller_phone, 40),
                                            field("dead", &TakeDown::dead, 1000000),
                                            field("missing", &TakeDown::missing, 1000000),
                                            field("injured", &TakeDown::injured, 1000000),
                                            field("burnt_ha", &TakeDown::burnt_ha, 100'000'000),
                                            field("magnitude", &TakeDown::magnitude, 10),
                                            field("grade", &TakeDown::grade),
                                            field("measures", &TakeDown::measures, 1000),
                                            field("source", &TakeDown::source),
                                            field("candidate", &TakeDown::candidate, 40)};
};

// What one source says at one moment. Statements are never merged or overwritten (国务院令第493号 art. 12, 13: changes
// are reported anew).
struct StateFigures {
  static constexpr std::string_view kName = "incident.state_figures";
  grade::Figures figures;
  // Who says so: 现场指挥部, 卫生健康局. Needed.
  std::string source;
  // As of when; absent: now.
  std::optional<Instant> at;
  // Whether it becomes the headline; false: it stands beside.
  bool adopt = true;
  static constexpr auto fields =
      std::tuple{field("figures", &StateFigures::figures), field("source", &StateFigures::source, 60),
                 field("at", &StateFigures::at), field("adopt", &StateFigures::adopt)};
};

// Corrections name a reason and change only what they name. What was first taken down stays readable.
struct Correct {
  static constexpr std::string_view kName = "incident.correct";
  std::string reason;
  std::optional<std::string> title, type, division, address, unit, summary, measures;
  std::optional<LngLat> point;
  // `learnt_at`: when the desk that took it down had learnt of it.
  std::optional<Instant> occurred_at, learnt_at;
  static constexpr auto fields = std::tuple{field("reason", &Correct::reason),
                                            field("title", &Correct::title, 60),
                                            field("type", &Correct::type, 5),
                                            field("division", &Correct::division, 12),
                                            field("address", &Correct::address, 100),
                                            field("point", &Correct::point),
                                            field("occurred_at", &Correct::occurred_at),
                                            field("learnt_at", &Correct::learnt_at),
                                            field("unit", &Correct::unit, 60),
                                            field("summary", &Correct::summary, 2000),
                                            field("measures", &Correct::measures, 1000)};
};

// A person's decision, which figures no longer move.
struct SetGrade {
  static constexpr std::string_view kName = "incident.set_grade";
  grade::Grade grade = grade::Grade::kOrdinary;
  std::string reason;
  static constexpr auto fields = std::tuple{field("grade", &SetGrade::grade), field("reason", &SetGrade::reason)};
};

// Anything worth keeping: a call back, the wind, who was asked. Also by organisations that take part and do not own
// it.
struct Note {
  static constexpr std::string_view kName = "incident.note";
  std::string text;
  static constexpr auto fields = std::tuple{field("text", &Note::text, 2000)};
};

// A telephone report to another organisation, noted by the caller. It is the proof that meets the leg. `at` absent:
// now; not before the caller learnt of the incident.
struct ReportByPhone {
  static constexpr std::string_view kName = "incident.report_by_phone";
  // `answered_by` is needed: a report that nobody took is none.
  std::string to, answered_by;
  std::optional<std::string> said;
  std::optional<Instant> at;
  static constexpr auto fields =
      std::tuple{field("to", &ReportByPhone::to, 40), field("answered_by", &ReportByPhone::answered_by, 40),
                 field("said", &ReportByPhone::said, 500), field("at", &ReportByPhone::at)};
};

// Refused while instructions are open (incident.instructions_open); releases every clock that pends.
struct Close {
  static constexpr std::string_view kName = "incident.close";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Close::reason)};
};

// The course has turned: work goes on with the same number, and what was owed before the end is owed again
// (clock::on_resumed).
struct Reopen {
  static constexpr std::string_view kName = "incident.reopen";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Reopen::reason)};
};

// Two calls about one event. The target ends and points to `into`, which its parties join; of the clocks of both the
// earlier ones go on (clock::on_merged).
struct Merge {
  static constexpr std::string_view kName = "incident.merge";
  std::string into, reason;
  static constexpr auto fields = std::tuple{field("into", &Merge::into, 40), field("reason", &Merge::reason)};
};

// The owner offers the incident to another organisation, below, above or beside it (移交); both work on as before until
// it is taken over.
struct OfferHandover {
  static constexpr std::string_view kName = "incident.offer_handover";
  std::string to, reason;
  static constexpr auto fields =
      std::tuple{field("to", &OfferHandover::to, 40), field("reason", &OfferHandover::reason)};
};

struct WithdrawOffer {
  static constexpr std::string_view kName = "incident.withdraw_offer";
  static constexpr auto fields = std::tuple{};
};

// By the organisation that it was offered to. A rejection needs a reason.
struct AnswerOffer {
  static constexpr std::string_view kName = "incident.answer_offer";
  Answer answer = Answer::kAccepted;
  std::optional<std::string> reason;
  static constexpr auto fields =
      std::tuple{field("answer", &AnswerOffer::answer), field("reason", &AnswerOffer::reason)};
};

// By an organisation above the owner (提级接管). What the owner has decided before stands.
struct Claim {
  static constexpr std::string_view kName = "incident.claim";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Claim::reason)};
};

// Shows who called in; showing is itself recorded.
struct RevealInformant {
  static constexpr std::string_view kName = "incident.reveal_informant";
  static constexpr auto fields = std::tuple{};
};

}  // namespace anlan::incident
