#include "domain/report/report.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::report {
namespace {

Refusal rule(std::string code, std::string field = {}) {
  return refuse(RefusalKind::kRule, std::move(code), std::move(field));
}

std::optional<Refusal> own(const Report& r, const account::Actor& actor) {
  if (!r.exists()) return refuse(RefusalKind::kNotFound, "report.unknown");
  if (r.from == actor.organisation) return std::nullopt;
  // A draft of others does not exist for the asker.
  if (!visible(r, actor.organisation)) return refuse(RefusalKind::kNotFound, "report.unknown");
  return refuse(RefusalKind::kForbidden, "report.not_sender");
}

Version& version(Report& r, std::int64_t number) {
  ANLAN_ASSERT(number >= 1 && number <= static_cast<std::int64_t>(r.versions.size()));
  return r.versions[static_cast<std::size_t>(number - 1)];
}

// Nothing where nothing but the decision was told.
std::optional<Outside> said_outside(const Decide& c) {
  if (c.channel == Channel::kNoted && !c.number && !c.by && !c.at) return std::nullopt;
  return Outside{c.channel, c.number, c.by, c.at};
}

struct Applier {
  Report& r;
  const Stamp& stamp;

  void operator()(const Drafted& f) {
    r.incident = f.incident;
    r.from = f.from;
    r.to = f.to;
    r.kind = f.kind;
    r.ordinal = f.ordinal;
    r.versions.push_back({f.version, f.title, f.content, stamp, {}, {}, {}, {}});
  }
  void operator()(const Signed& f) { version(r, f.version).signed_off = Stamp{stamp.at, f.person}; }
  void operator()(const Sent& f) { version(r, f.version).sent = stamp; }
  void operator()(const Received& f) { version(r, f.version).received = stamp.at; }
  void operator()(const Accepted& f) {
    version(r, f.version).receipt = Receipt{Decision::kAccepted, stamp, {}, f.outside};
  }
  void operator()(const Returned& f) {
    version(r, f.version).receipt = Receipt{Decision::kReturned, stamp, f.reason, f.outside};
  }
};

}  // namespace

State Report::state() const {
  const Version& v = latest();
  if (v.receipt) return v.receipt->decision == Decision::kAccepted ? State::kAccepted : State::kReturned;
  if (v.received) return State::kReceived;
  if (v.sent) return State::kSent;
  return v.signed_off ? State::kSigned : State::kDraft;
}

void apply(Report& r, const Fact& fact, const Stamp& stamp) { std::visit(Applier{r, stamp}, fact); }
// A node between sender and receiver may hand on the receipt of a report that went another way.
void apply(Report& r, const ReceiptFact& fact, const Stamp& stamp) {
  const auto number = std::visit([](const auto& f) { return f.version; }, fact);
  if (number >= 1 && number <= static_cast<std::int64_t>(r.versions.size())) std::visit(Applier{r, stamp}, fact);
}

bool fits(const Report& r, const Origin& origin, const Fact& fact) {
  const auto count = static_cast<std::int64_t>(r.versions.size());
  if (const auto* f = std::get_if<Drafted>(&fact))
    return f->incident == origin.incident && f->from == origin.from && !f->to.empty() && f->to != f->from &&
           f->version == count + 1 && (!r.exists() || f->to == r.to);
  const std::int64_t of =
      std::holds_alternative<Sent>(fact) ? std::get<Sent>(fact).version : std::get<Signed>(fact).version;
  return of >= 1 && of <= count;
}

bool fits(const Report& r, const Origin& origin, const ReceiptFact& fact, bool ours) {
  const auto* received = std::get_if<Received>(&fact);
  if (received && (received->report != origin.id || received->incident != origin.incident ||
                   received->from != origin.from || (r.exists() && received->to != r.to)))
    return false;
  const std::int64_t of = std::visit([](const auto& f) { return f.version; }, fact);
  if (!ours || !r.exists()) return of >= 1;
  return of >= 1 && of <= static_cast<std::int64_t>(r.versions.size()) &&
         r.versions[static_cast<std::size_t>(of - 1)].sent.has_value();
}

bool was_sent(const Report& r) {
  return std::ranges::any_of(r.versions, [](const Version& v) { return v.sent.has_value(); });
}

bool visible(const Report& r, const std::string& organisation) {
  return r.from == organisation || (r.to == organisation && was_sent(r));
}

void count(Earlier& earlier, const Report& r, std::optional<Instant> reopened_at) {
  const Version& v = r.latest();
  const bool returned = v.receipt && v.receipt->decision == Decision::kReturned;
  earlier.first_sent = earlier.first_sent || (r.kind == Kind::kFirst && was_sent(r));
  earlier.ended =
      earlier.ended || (r.kind == Kind::kFinal && v.sent && !returned && (!reopened_at || v.sent->at > *reopened_at));
  earlier.follow_ups += r.kind == Kind::kFollowUp;
  earlier.follow_ups_sent += r.kind == Kind::kFollowUp && was_sent(r);
}

void count_absorbed(Earlier& earlier, const Earlier& absorbed) {
  earlier.first_sent = earlier.first_sent || absorbed.first_sent;
  earlier.follow_ups += absorbed.follow_ups_sent;
  earlier.follow_ups_sent += absorbed.follow_ups_sent;
}

Facts decide(const Draft& c, const account::Actor& actor, const Earlier& earlier, const std::string& incident,
             const std::string& default_title) {
  if (blank(c.content.situation)) return rule("text.empty", "content.situation");
  if (c.to == actor.organisation) return rule("report.to_self", "to");
  if (earlier.ended) return rule("report.after_final", "kind");
  if (c.kind == Kind::kFirst && earlier.first_sent) return rule("report.second_first", "kind");
  if (c.kind != Kind::kFirst && !earlier.first_sent) return rule("report.no_first", "kind");
  Drafted f;
  f.incident = incident;
  f.from = actor.organisation;
  f.to = c.to;
  f.title = c.title.value_or(default_title);
  f.kind = c.kind;
  f.ordinal = c.kind == Kind::kFollowUp ? earlier.follow_ups + 1 : 0;
  f.content = c.content;
  return std::vector<Fact>{std::move(f)};
}

Facts decide(const Report& r, const Revise& c, const account::Actor& actor) {
  if (auto no = own(r, actor)) return *no;
  const State state = r.state();
  if (state != State::kDraft && state != State::kSigned && state != State::kReturned) return rule("report.is_sent");
  if (blank(c.content.situation)) return rule("text.empty", "content.situation");
  return std::vector<Fact>{Drafted{r.incident, r.from, r.to, c.title.value_or(r.latest().title), r.kind, r.ordinal,
                                   r.latest().number + 1, c.content}};
}

Facts decide(const Report& r, const Sign&, const account::Actor& actor, const std::string& leader_on_duty) {
  if (auto no = own(r, actor)) return *no;
  if (r.state() != State::kDraft) return rule("report.not_draft");
  if (!leader_on_duty.empty() && leader_on_duty != actor.person)
    return refuse(RefusalKind::kForbidden, "report.not_leader_on_duty");
  return std::vector<Fact>{Signed{r.latest().number, actor.person}};
}

Facts decide(const Report& r, const Send&, const account::Actor& actor, const Earlier& others) {
  if (auto no = own(r, actor)) return *no;
  if (r.state() == State::kDraft) return rule("report.not_signed");
  if (r.state() != State::kSigned) return rule("report.is_sent");
  if (others.ended && !was_sent(r)) return rule("report.after_final");
  if (others.first_sent && r.kind == Kind::kFirst) return rule("report.second_first");
  return std::vector<Fact>{Sent{r.latest().number}};
}

ReceiptFacts decide(const Report& r, const Decide& c, const account::Actor& actor, bool external) {
  const std::string& decider = external ? r.from : r.to;
  if (!r.exists() || !visible(r, actor.organisation)) return refuse(RefusalKind::kNotFound, "report.unknown");
  if (decider != actor.organisation) return refuse(RefusalKind::kForbidden, "report.not_receiver");
  const auto last = std::ranges::find_if(r.versions.rbegin(), r.versions.rend(),
                                         [](const Version& version) { return version.sent.has_value(); });
  if (last == r.versions.rend()) return rule("report.not_sent");
  const Version& v = *last;
  if (c.version.value_or(v.number) != v.number) return rule("report.other_version");
  if (v.receipt) return rule("report.is_decided");
  auto outside = said_outside(c);
  if (outside && !external) return rule("report.not_external");
  if (c.decision == Decision::kAccepted) return std::vector<ReceiptFact>{Accepted{v.number, std::move(outside)}};
  if (!c.reason || blank(*c.reason)) return rule("text.empty", "reason");
  return std::vector<ReceiptFact>{Returned{v.number, *c.reason, std::move(outside)}};
}

}  // namespace anlan::report
