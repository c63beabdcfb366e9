#pragma once
// The rules of a candidate: offered once, then adopted or dismissed with a reason.

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/candidate/facts.h"

namespace anlan::candidate {

// A candidate as its facts have made it. It belongs to one organisation, and exists for no other.
struct Candidate {
  std::string id, organisation;
  Description description;
  State state = State::kWaiting;
  // `incident`: that it was adopted for; `reason`: of the dismissal; `sealed`: the entry of the reporter, absent where
  // the interface named nobody.
  std::optional<std::string> incident, reason, sealed, sealed_sm3;
  Instant received_at;

  // False where the journal has no such candidate.
  bool exists() const { return !organisation.empty(); }
};

// `at`: when the fact was recorded, which is when the node received it.
void apply(Candidate&, const Fact&, Instant at);

// From a CAP alert; the edge has read and checked it.
struct Offer {
  static constexpr std::string_view kName = "candidate.offer";
  Description description;
  static constexpr auto fields = std::tuple{field("description", &Offer::description)};
};

// From a department by the open interface.
// Three members are enough for a machine; whatever else it knows saves the desk a question. Times ahead of the node's
// clock are refused (time.future), unknown codes too.
struct Intake {
  static constexpr std::string_view kName = "candidate.intake";
  std::string headline, description;
  std::optional<std::string> type, division, address, reporter_name, reporter_phone, reference;
  std::optional<LngLat> point;
  std::optional<Instant> occurred_at;
  static constexpr auto fields = std::tuple{field("headline", &Intake::headline, 100),
                                            field("description", &Intake::description, 4000),
                                            field("type", &Intake::type, 5),
                                            field("division", &Intake::division, 12),
                                            field("address", &Intake::address, 100),
                                            field("point", &Intake::point),
                                            field("occurred_at", &Intake::occurred_at),
                                            field("reporter_name", &Intake::reporter_name, 40),
                                            field("reporter_phone", &Intake::reporter_phone, 40),
                                            field("reference", &Intake::reference, 100)};
};

// Not an incident, or one that is known: the reason stays with it.
struct Dismiss {
  static constexpr std::string_view kName = "candidate.dismiss";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Dismiss::reason)};
};

using Facts = Outcome<std::vector<Fact>>;

// Refusals: candidate.unknown for another organisation's, candidate.settled where somebody was faster, text.empty
// without a reason.
Facts decide(const Candidate&, const Dismiss&, const account::Actor&);
// Part of taking an incident down from it.
Facts decide_adoption(const Candidate&, const account::Actor&, const std::string& incident);

}  // namespace anlan::candidate
