#pragma once
// The rules of a warning: drafted, revised, signed by as many people as its colour asks for, issued with the last
// signature, changed in the same way, cancelled by one person at once, or over when its time is. Without an area
// nothing is signed.

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/warning/facts.h"
#include "domain/warning/rules.h"

namespace anlan::warning {

// By a person, whatever account they used. `people`: how many the version would reach, as they saw; `leader`: by the
// roles of that moment.
struct Signature {
  std::string person;
  std::int64_t people = 0;
  bool leader = false;
  Instant at;
};

// One content with who has signed it; nothing of it changes any more. `by`: account of who wrote it, as
// journal::Fact::by() gives it. Declined, issued and withdrawn exclude each other.
struct Version {
  std::int64_t number = 1;
  Content content;
  std::string by;
  Instant drafted_at;
  std::vector<Signature> signatures;
  std::optional<Declined> declined;
  std::optional<Issued> issued;
  Instant issued_at;
  bool withdrawn = false;

  // Whether this person has signed it.
  bool signed_by(const std::string& person) const;
};

// A warning as its facts have made it. Versions count from 1 without gaps.
struct Warning {
  std::string id, organisation;
  std::vector<Version> versions;
  State state = State::kDraft;
  std::optional<Cancelled> cancelled;
  std::optional<std::string> withdrawn;  // the reason
  Instant ended_at;                      // of those that have ended
  std::optional<Assessed> assessed;

  // False where the journal has none of that id.
  bool exists() const { return !organisation.empty(); }
  // Whether it has ended, for whatever reason: nothing follows any more.
  bool over() const { return state != State::kDraft && state != State::kIssued; }
  // What the world outside was told last; null before the first issue.
  const Version* in_force() const;
  // All that it was told, in their order.
  std::vector<const Version*> issued() const;
  // What waits for signatures; null where there is nothing.
  const Version* pending() const;
};

// `at`: when it was recorded; `by`: whose fact it is.
void apply(Warning&, const Fact&, Instant at, const std::string& by);

// Whether a fact that another node has recorded can be the next one of the stream of `organisation`. `first`: of its
// first fact. How many signatures that node's rules ask for is its own affair, but for there being one and an area.
bool fits(const Warning&, const std::string& organisation, const Fact&, bool first);

// Why an area can be none: no closed ring, a circle without extent, a point outside of the country's surroundings.
std::optional<Refusal> area_fault(const Area&);

// The target of Draft is empty, of the others the warning. Draft and Revise take a content that is whole but for its
// area: texts, a time of expiry ahead, an onset before it.
struct Draft {
  static constexpr std::string_view kName = "warning.draft";
  Content content;
  static constexpr auto fields = std::tuple{field("content", &Draft::content)};
};
// A new version, of a draft or of what is in force; every signature is asked for anew.
struct Revise {
  static constexpr std::string_view kName = "warning.revise";
  Content content;
  static constexpr auto fields = std::tuple{field("content", &Revise::content)};
};
// `version` and `people` as the signer saw them: what changed meanwhile must be looked at again. The edge has asked for
// the signer's password once more.
struct Sign {
  static constexpr std::string_view kName = "warning.sign";
  std::int64_t version = 0, people = 0;
  static constexpr auto fields = std::tuple{field("version", &Sign::version), field("people", &Sign::people)};
};
// Who should sign does not, and says why: the version needs another one.
struct Decline {
  static constexpr std::string_view kName = "warning.decline";
  std::int64_t version = 0;
  std::string reason;
  static constexpr auto fields = std::tuple{field("version", &Decline::version), field("reason", &Decline::reason)};
};
// By whoever may sign, alone and at once: its text was prepared when the warning was issued.
struct Cancel {
  static constexpr std::string_view kName = "warning.cancel";
  Ending ending = Ending::kPassed;
  std::string reason;
  static constexpr auto fields = std::tuple{field("ending", &Cancel::ending), field("reason", &Cancel::reason)};
};
// Of a draft, or of a change that waits for signatures.
struct Withdraw {
  static constexpr std::string_view kName = "warning.withdraw";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Withdraw::reason)};
};

// Of what was in force and is over. `observed_at`: when it began, of what came; not before the first issue was a week
// away, and not ahead.
struct Assess {
  static constexpr std::string_view kName = "warning.assess";
  Occurrence occurrence = Occurrence::kCame;
  std::optional<Instant> observed_at;
  std::string note;
  static constexpr auto fields = std::tuple{field("occurrence", &Assess::occurrence),
                                            field("observed_at", &Assess::observed_at), field("note", &Assess::note)};
};

using Facts = Outcome<std::vector<Fact>>;

// What of a signature the domain cannot know by itself. `rule`: of signing, null where none is valid; `people`: counted
// now; `identifier`, `to`: of the message, if this signature issues it; `gone`: name of an earlier signer who may not
// sign any more what they have signed, empty where all may.
struct SignedUnder {
  const SigningRule* rule = nullptr;
  std::int64_t people = 0;
  std::string identifier;
  std::vector<std::string> to;
  std::string gone = {};
};

// Texts that are missing are named at once (text.empty). A draft may lack its area, but not have a wrong one.
Facts decide(const Draft&, const account::Actor&, Instant now);
Facts decide(const Warning&, const Revise&, const account::Actor&, Instant now);
// Refusals: warning.unknown, warning.over, warning.nothing_to_sign, warning.version where another one waits,
// warning.no_area, text.empty where the area has no words, warning.unfilled where a text still has one of kBlanks,
// warning.declined, warning.signed_already, warning.people_changed, warning.no_rule, warning.signer_gone where the last
// signature would rest on one that counts no more, warning.needs_leader where it would leave the warning without a
// leader's, warning.expires_past.
Facts decide(const Warning&, const Sign&, const account::Actor&, const SignedUnder&, Instant now);
Facts decide(const Warning&, const Decline&, const account::Actor&);
Facts decide(const Warning&, const Cancel&, const account::Actor&, const std::string& identifier);
Facts decide(const Warning&, const Withdraw&, const account::Actor&);
// Refusals: warning.not_over, warning.no_moment where something came and nobody says when, warning.moment where it
// cannot have been then.
Facts decide(const Warning&, const Assess&, const account::Actor&, Instant now);
// Nothing where it is not yet time, or over already.
std::vector<Fact> decide_expiry(const Warning&, Instant now);

}  // namespace anlan::warning
