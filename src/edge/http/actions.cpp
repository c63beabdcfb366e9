#include "edge/http/actions.h"

#include <algorithm>

#include "command/permissions.h"
#include "edge/http/prefill.h"
#include "view/incidents.h"

namespace anlan::edge {
namespace {

// Offers a command only where the viewer's roles permit it.
class Gathering {
 public:
  explicit Gathering(const Page& page) : page_(page) {}

  template <class Command>
  Gathering& when(bool condition) {
    if (condition && command::permitted(page_.viewer.roles, Command::kName)) actions_.emplace_back(Command::kName);
    return *this;
  }
  Actions take() { return std::move(actions_); }

 private:
  const Page& page_;
  Actions actions_;
};

// As the command will judge: the leader of the shift, or any where the shift names none.
bool may_sign(const Page& page) {
  const auto shift = state::shift_of(page.sql, page.organisation());
  return shift.leader.empty() || shift.leader == page.viewer.person;
}

// As the command will judge: who still owes reports on a closed incident may make them.
bool may_report(const Page& page, const std::string& incident, incident::State state) {
  const auto owes = [&] {
    return std::ranges::any_of(state::replay<clock::Clocks>(page.sql, incident + "/" + page.organisation()).items,
                               &clock::Clock::pending);
  };
  return !incident::check_open(state, state == incident::State::kClosed && owes());
}

// What a receiver outside of the node answered is noted by the sender's desk.
bool is_external(const Page& page, const std::string& organisation) {
  const auto* known = page.directory.organisations.organisation(organisation);
  return known && known->external;
}

// As the command will judge, short of the reason: who would have it by an answer, or from above.
bool may_claim(const Page& page, const incident::Incident& i, const incident::Parties& parties) {
  const auto& directory = page.directory;
  if (i.holder() == page.organisation() || !directory.organisations.stands_above(page.organisation(), i.holder()))
    return false;
  if (directory.is_orphaned(i.holder())) return directory.heir_of(i.holder()) == page.organisation();
  return !i.released && !incident::standing_claim(i, parties, page.organisation());
}

bool may_answer(const Page& page, const incident::Incident& i, const incident::Parties& parties) {
  return i.offer && i.offer->to == page.organisation() && !incident::answer_to(*i.offer, parties);
}

}  // namespace

Actions actions_on(const Page& page, const incident::Incident& i, const incident::Parties& parties) {
  const bool own = i.owner == page.organisation() && !i.released, open = i.state == incident::State::kOpen,
             reports = may_report(page, i.id, i.state), offered = incident::standing_offer(i, parties) != nullptr;
  return Gathering(page)
      .when<incident::Correct>(own && open)
      .when<incident::StateFigures>(own && open)
      .when<incident::SetGrade>(own && open)
      .when<incident::Note>(true)
      .when<incident::ReportByPhone>(reports)
      .when<report::Draft>(reports && has_more_to_report(page, i))
      .when<instruction::Give>(open)
      .when<incident::Close>(own && open)
      .when<incident::Merge>(own && open)
      .when<incident::OfferHandover>(own && open && !offered)
      .when<incident::WithdrawOffer>(own && open && offered)
      .when<incident::AnswerOffer>(open && may_answer(page, i, parties))
      .when<incident::Claim>(open && may_claim(page, i, parties))
      .when<incident::Reopen>(own && i.state == incident::State::kClosed)
      .when<incident::RevealInformant>(i.now.organisation == page.organisation() && i.now.informant &&
                                       page.vault.open(i.now.informant->sealed))
      .take();
}

Actions actions_on(const Page& page, const report::Report& r) {
  const auto incident = view::incident_row(page.sql, r.incident);
  const bool own = r.from == page.organisation(), open = incident && may_report(page, r.incident, incident->state);
  const report::State state = r.state();
  const bool unsent =
      state == report::State::kDraft || state == report::State::kSigned || state == report::State::kReturned;
  const std::string& decider = is_external(page, r.to) ? r.from : r.to;
  return Gathering(page)
      .when<report::Revise>(own && open && unsent)
      .when<report::Sign>(own && open && state == report::State::kDraft && may_sign(page))
      .when<report::Send>(own && open && state == report::State::kSigned)
      .when<report::Decide>(decider == page.organisation() && r.latest().sent && !r.latest().receipt)
      .take();
}

Actions actions_on(const Page& page, const instruction::Instruction& i) {
  const bool own = i.given.from == page.organisation(), open = !i.result;
  return Gathering(page)
      .when<instruction::ReportProgress>(open && (own || i.addressed_to(page.organisation())))
      .when<instruction::Close>(open && own)
      .take();
}

Actions actions_on(const Page& page, const warning::Warning& w) {
  const bool own = w.organisation == page.organisation();
  const auto* pending = w.pending();
  return Gathering(page)
      .when<warning::Revise>(own && !w.over())
      .when<warning::Sign>(own && pending && !pending->declined && !pending->content.area.empty() &&
                           !pending->signed_by(page.viewer.person))
      .when<warning::Decline>(own && pending && !pending->declined)
      .when<warning::Cancel>(own && w.state == warning::State::kIssued)
      .when<warning::Withdraw>(own && pending)
      .when<warning::Assess>(own && w.over() && !w.issued().empty())
      .take();
}

Actions actions_on(const Page& page, const callout::Callout& c) {
  const bool own = c.opened.organisation == page.organisation() && !c.closed;
  return Gathering(page)
      .when<callout::NoteCall>(own)
      .when<callout::NoteAnswer>(own)
      .when<callout::RevokeLink>(own)
      .when<callout::Decide>(own && c.opened.decide_by && !c.decided)
      .take();
}

// What is over is no reason to warn; whoever thinks otherwise drafts without it.
Actions actions_on(const Page& page, const alert::Alert& a) {
  return Gathering(page)
      .when<warning::Draft>(a.state_at(page.now) == alert::State::kInForce)
      .when<alert::Dismiss>(a.exists() && a.handling() != alert::Handling::kDismissed)
      .take();
}

}  // namespace anlan::edge
