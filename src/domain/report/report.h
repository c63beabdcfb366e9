#pragma once
// The rules of a report between two organisations.

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/report/facts.h"

namespace anlan::report {

// A moment with its actor.
struct Stamp {
  Instant at;
  std::string by;  // account or person
};

// What the receiver decided on one version.
struct Receipt {
  Decision decision = Decision::kAccepted;
  Stamp stamp;
  // Always there when returned.
  std::optional<std::string> reason;
  std::optional<Outside> outside = {};
};

// One version through its life. Nothing in it is ever changed, only added.
struct Version {
  std::int64_t number = 1;
  std::string title;
  Content content;
  Stamp drafted;
  // Absent until it happened; `by` of signed_off is a person, of the others an account.
  std::optional<Stamp> signed_off, sent;
  // When it reached the receiver; absent for one outside the node until its desk answers.
  std::optional<Instant> received;
  std::optional<Receipt> receipt;
};

// A report with all its versions. The latest is the one worked on.
struct Report {
  std::string id, incident, from, to;
  Kind kind = Kind::kFirst;
  // Of follow-ups toward one receiver: 续报一, 续报二 …; 0 for the other kinds.
  std::int64_t ordinal = 0;
  std::vector<Version> versions;

  bool exists() const { return !versions.empty(); }
  // Only where exists().
  const Version& latest() const { return versions.back(); }
  // Of the latest version.
  State state() const;
};

// `Stamp`: when the fact was recorded and by whom.
void apply(Report&, const Fact&, const Stamp&);
void apply(Report&, const ReceiptFact&, const Stamp&);
// Whose report it is, by the name of its streams.
struct Origin {
  std::string id, incident, from;
};
// Whether a fact that another node has recorded can be the next one of its stream.
bool fits(const Report&, const Origin&, const Fact&);
// The same of a receipt. `ours`: the sender works here, so that nothing of the report is yet to come.
bool fits(const Report&, const Origin&, const ReceiptFact&, bool ours);

// A first version. Kinds keep their order toward a receiver: nothing before the first report (report.no_first),
// nothing after the final one as long as it stands (report.after_final), one first report (report.second_first).
struct Draft {
  static constexpr std::string_view kName = "report.draft";
  Kind kind = Kind::kFirst;
  std::string to;
  std::optional<std::string> title;
  Content content;
  static constexpr auto fields = std::tuple{field("kind", &Draft::kind), field("to", &Draft::to, 40),
                                            field("title", &Draft::title, 100), field("content", &Draft::content)};
};
// A new version with content of its own; a signature on the version before does not carry over.
struct Revise {
  static constexpr std::string_view kName = "report.revise";
  std::optional<std::string> title;
  Content content;
  static constexpr auto fields = std::tuple{field("title", &Revise::title, 100), field("content", &Revise::content)};
};
// 签发, of the latest version.
struct Sign {
  static constexpr std::string_view kName = "report.sign";
  static constexpr auto fields = std::tuple{};
};
// 报送, of the latest version, which must be signed (report.not_signed).
struct Send {
  static constexpr std::string_view kName = "report.send";
  static constexpr auto fields = std::tuple{};
};
// 签收 or 退回; the latter needs a reason. `number`, `by` and `at` are what a receiver outside of all nodes said of its
// answer (else report.not_external). `version`: which one it answered, where it says so; another one than the last that
// was sent is report.other_version.
struct Decide {
  static constexpr std::string_view kName = "report.decide";
  Decision decision = Decision::kAccepted;
  std::optional<std::string> reason;
  std::optional<std::string> number = {}, by = {};
  std::optional<Instant> at = {};
  // Not in a request: the node alone knows how an answer came to it.
  Channel channel = Channel::kNoted;
  std::optional<std::int64_t> version = {};
  static constexpr auto fields =
      std::tuple{field("decision", &Decide::decision), field("reason", &Decide::reason),
                 field("number", &Decide::number, 60), field("by", &Decide::by, 60), field("at", &Decide::at)};
};

using Facts = Outcome<std::vector<Fact>>;
using ReceiptFacts = Outcome<std::vector<ReceiptFact>>;

// What the sender has already on this incident toward the same receiver.
// Without reports to other receivers: each relation has its own series.
struct Earlier {
  bool first_sent = false;
  // A final report was sent and stands: it was not returned, and the incident not reopened since.
  bool ended = false;
  // Drafts have their number too.
  std::int64_t follow_ups = 0, follow_ups_sent = 0;
};

// Adds one report of the series. `reopened_at`: of the incident, where it ever was.
void count(Earlier&, const Report&, std::optional<Instant> reopened_at);
// Adds the series of an incident that has ended in this one: a final report there ended only that one, and what
// was drafted there goes out no more.
void count_absorbed(Earlier&, const Earlier&);

Facts decide(const Draft&, const account::Actor&, const Earlier&, const std::string& incident,
             const std::string& default_title);
// By the sender alone; one that was sent may be revised only when it was returned (report.is_sent).
Facts decide(const Report&, const Revise&, const account::Actor&);
// `leader_on_duty`: person id of the leader on duty of the sender, empty where the shift names none: then any leader of
// the sender signs (值班规定: 带班领导签发).
Facts decide(const Report&, const Sign&, const account::Actor&, const std::string& leader_on_duty);
// `others`: of the same sender and receiver, without this report: what was drafted in time may come too late.
Facts decide(const Report&, const Send&, const account::Actor&, const Earlier& others);
// `external`: the receiver is not on this node; the sender's desk notes what it answered.
// On the last version that was sent (report.not_sent), once (report.is_decided): what is drafted after it concerns the
// sender alone.
ReceiptFacts decide(const Report&, const Decide&, const account::Actor&, bool external);

// Whether any version of it ever went out; a draft that never did may be seen by its sender alone.
bool was_sent(const Report&);
// Whether an actor's organisation may see the report at all: its sender always, its receiver once it was sent.
bool visible(const Report&, const std::string& organisation);

}  // namespace anlan::report
