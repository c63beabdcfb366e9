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

struct Receipt {
  Decision decision = Decision::kAccepted;
  Stamp stamp;
  std::optional<std::string> reason;
};

// One version through its life. Nothing in it is ever changed, only added.
struct Version {
  std::int64_t number = 1;
  std::string title;
  Content content;
  Stamp drafted;
  std::optional<Stamp> signed_off, sent;
  std::optional<Instant> received;
  std::optional<Receipt> receipt;
};

struct Report {
  std::string id, incident, from, to;
  Kind kind = Kind::kFirst;
  std::int64_t ordinal = 0;
  std::vector<Version> versions;

  bool exists() const { return !versions.empty(); }
  const Version& latest() const { return versions.back(); }
  State state() const;
};

void apply(Report&, const Fact&, const Stamp&);
void apply(Report&, const ReceiptFact&, const Stamp&);

struct Draft {
  static constexpr std::string_view kName = "report.draft";
  Kind kind = Kind::kFirst;
  std::string to;
  std::optional<std::string> title;
  Content content;
  static constexpr auto fields = std::tuple{field("kind", &Draft::kind), field("to", &Draft::to, 40),
                                            field("title", &Draft::title, 100), field("content", &Draft::content)};
};
struct Revise {
  static constexpr std::string_view kName = "report.revise";
  std::optional<std::string> title;
  Content content;
  static constexpr auto fields = std::tuple{field("title", &Revise::title, 100), field("content", &Revise::content)};
};
struct Sign {
  static constexpr std::string_view kName = "report.sign";
  static constexpr auto fields = std::tuple{};
};
struct Send {
  static constexpr std::string_view kName = "report.send";
  static constexpr auto fields = std::tuple{};
};
struct Decide {
  static constexpr std::string_view kName = "report.decide";
  Decision decision = Decision::kAccepted;
  std::optional<std::string> reason;
  static constexpr auto fields = std::tuple{field("decision", &Decide::decision), field("reason", &Decide::reason)};
};

using Facts = Outcome<std::vector<Fact>>;
using ReceiptFacts = Outcome<std::vector<ReceiptFact>>;

// What the sender has already on this incident toward the same receiver.
struct Earlier {
  bool first_sent = false, final_sent = false;
  std::int64_t follow_ups = 0;
};

Facts decide(const Draft&, const account::Actor&, const Earlier&, const std::string& incident,
             const std::string& default_title);
Facts decide(const Report&, const Revise&, const account::Actor&);
// `leader_on_duty`: person id of the leader on duty of the sender, empty where the shift names none: then any leader of
// the sender signs (值班规定: 带班领导签发).
Facts decide(const Report&, const Sign&, const account::Actor&, const std::string& leader_on_duty);
// `others`: of the same sender and receiver, without this report: what was drafted in time may come too late.
Facts decide(const Report&, const Send&, const account::Actor&, const Earlier& others);
// `external`: the receiver is not on this node; the sender's desk notes what it answered.
ReceiptFacts decide(const Report&, const Decide&, const account::Actor&, bool external);

bool was_sent(const Report&);
// Whether an actor's organisation may see the report at all: its sender always, its receiver once it was sent.
bool visible(const Report&, const std::string& organisation);

}  // namespace anlan::report
