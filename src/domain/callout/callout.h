#pragma once
// The rules of calling: of each place one after the other until somebody answers and says what is done; the next one
// after the limit; nobody left, and the place stands out until somebody answers after all.

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/callout/facts.h"

namespace anlan::callout {

// A call as it was made. `sequence`: of its fact on the node that recorded it, by which its link is known.
struct Call {
  std::int64_t callee = 0;
  Way way = Way::kMessage;
  Instant at;
  std::int64_t sequence = 0;
};

// How a place stands.
struct Standing {
  std::vector<Call> calls;  // in their order
  std::optional<Answered> answered;
  Instant answered_at;
  std::string answered_by;            // account, as journal::Fact::by() gives it
  bool unanswered = false;            // all were called, or there is nobody to call; an answer may still come
  std::vector<std::int64_t> revoked;  // callees whose links are void
};

// How the calling on an earlier version stood when the next one began. `standings` goes with `places`.
struct Round {
  Instant opened_at;
  std::vector<Place> places;
  std::vector<Standing> standings;
};

// A callout as its facts have made it. `standings` goes with opened.places.
struct Callout {
  Opened opened;
  Instant opened_at;
  std::vector<Standing> standings;
  std::optional<Decided> decided;
  Instant decided_at;
  bool undecided = false;  // and the time is over
  bool closed = false;
  std::vector<Round> earlier;

  bool exists() const { return !opened.organisation.empty(); }
  // When the node has something to say next; nothing where it waits for nobody.
  std::optional<Instant> next_due() const;
};

// How long a link is good.
inline constexpr std::chrono::hours kLinkLife{24};

// Where a fact was recorded: its moment, whose it is, and its number on its node.
struct Stamp {
  Instant at;
  std::string by;
  std::int64_t sequence = 0;
};
void apply(Callout&, const Fact&, const Stamp&);

// What came of the calling in a place, over all versions: an answer to an earlier one stays one. `opened_at`: when the
// calling began that was answered first; `act`: as said last.
struct Result {
  std::string division;
  bool answered = false, unanswered = false;
  Instant opened_at, answered_at;
  std::optional<Act> act;
};
// By division.
std::vector<Result> results(const Callout&);

// Whether a fact that another node has recorded can be the next one of the stream of `organisation` on `warning`.
bool fits(const Callout&, const std::string& warning, const std::string& organisation, const Fact&, bool first);

// Commands; the target is the callout, "WARNING/ORGANISATION".

// A call by voice or a visit that found nobody.
struct NoteCall {
  static constexpr std::string_view kName = "callout.note_call";
  std::int64_t place = 0, callee = 0;
  Way way = Way::kVoice;
  static constexpr auto fields =
      std::tuple{field("place", &NoteCall::place), field("callee", &NoteCall::callee), field("way", &NoteCall::way)};
};
// What somebody has answered by voice or at a visit; without a `callee` it was somebody whom the list does not name.
struct NoteAnswer {
  static constexpr std::string_view kName = "callout.note_answer";
  std::int64_t place = 0;
  std::optional<std::int64_t> callee;
  Way way = Way::kVoice;
  std::string action;
  std::optional<Act> act = {};
  static constexpr auto fields = std::tuple{field("place", &NoteAnswer::place), field("callee", &NoteAnswer::callee),
                                            field("way", &NoteAnswer::way), field("action", &NoteAnswer::action, 500),
                                            field("act", &NoteAnswer::act)};
};
struct RevokeLink {
  static constexpr std::string_view kName = "callout.revoke_link";
  std::int64_t place = 0, callee = 0;
  static constexpr auto fields = std::tuple{field("place", &RevokeLink::place), field("callee", &RevokeLink::callee)};
};
// Whether the organisation carries the warning out. The edge has asked for the person's password once more.
struct Decide {
  static constexpr std::string_view kName = "callout.decide";
  bool accepted = false;
  std::string reason;
  static constexpr auto fields = std::tuple{field("accepted", &Decide::accepted), field("reason", &Decide::reason)};
};

using Facts = Outcome<std::vector<Fact>>;

// A version that is called on already begins nothing. The first of each place is called at once; a place without
// anybody to call stands out from then on.
std::vector<Fact> decide(const Callout&, const Opened&);
// What time has brought about: the next one, nobody left, nothing decided. `over`: the version that people are called
// on is not in force any more.
std::vector<Fact> decide_due(const Callout&, bool over, Instant now);
// Refusals: callout.closed, callout.no_place where the numbers name nobody, callout.by_message for a way that is the
// node's own, text.empty without an action, callout.answered once it is.
Facts decide(const Callout&, const NoteCall&);
Facts decide(const Callout&, const NoteAnswer&);
Facts decide(const Callout&, const RevokeLink&);
// By the page of a link: callout.link_over where it is void, too old, of an earlier version, or the callout is closed.
Facts decide_by_link(const Callout&, std::int64_t sequence, const std::string& action, Instant now,
                     std::optional<Act> act = {});
// callout.nothing_to_decide where nobody asked or it is decided, text.empty where it declines without a reason.
Facts decide(const Callout&, const Decide&, const account::Actor&);

// The call that a link was made for, as long as it is good; null else.
const Call* call_of_link(const Callout&, std::int64_t sequence, std::int64_t* place, Instant now);

}  // namespace anlan::callout
