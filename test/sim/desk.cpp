#include "desk.h"

#include <algorithm>

#include "state/stored.h"

namespace anlan::sim {
namespace {

constexpr std::array kTypes{"11A01", "11A02", "12D02"};

}  // namespace

Desk::Desk(Node& node, const Step& step, const std::vector<std::string>& everybody, const Submit& submit)
    : node_(node),
      step_(step),
      everybody_(everybody),
      submit_(submit),
      chance_(step.chance),
      organisation_(node.id()) {}

void Desk::work() {
  using enum Kind;
  const auto incident = any_of(incidents());
  switch (step_.kind) {
    case kTakeDown:
      return take_down();
    case kPhone:
      return phone();
    case kReport:
      return report();
    case kDecide:
      return decide();
    case kInstruct:
      return instruct();
    case kAnswer:
      return answer();
    case kFigures:
      return state_figures();
    case kCorrect:
      return correct();
    case kGrade:
      return grade();
    case kNote:
      if (incident) ask(organisation_, incident::Note{"note " + std::to_string(step_.chance % 1000)}, *incident);
      return;
    case kClose:
      return close();
    case kReopen:
      if (incident) ask(organisation_, incident::Reopen{"again"}, *incident);
      return;
    case kMerge:
      return merge();
    case kExplain:
      return explain();
    case kShift:
      return take_over();
    case kOffer:
      return offer();
    case kWithdraw:
      return withdraw();
    case kReply:
      return reply();
    case kClaim:
      return claim();
    case kWarn:
      return warn();
    case kEndWarning:
      return end_warning();
    case kCallOut:
      return go_on_calling();
    default:
      return;
  }
}

// False: refused, or the node failed.
bool Desk::ask(const std::string& account, command::Command command, const std::string& target) {
  const auto outcome = submit_(node_, node_.asked(account, std::move(command), target));
  return outcome && outcome->ok();
}

std::vector<std::string> Desk::texts(std::string_view select) {
  auto& rows = node_.sql().prepare(select);
  rows.bind(organisation_);
  std::vector<std::string> found;
  while (rows.step()) found.emplace_back(rows.text(0));
  return found;
}

std::optional<std::string> Desk::any_of(const std::vector<std::string>& all) {
  if (all.empty()) return std::nullopt;
  return all[chance_.below(all.size())];
}

// The latest ones of which it knows: ids rise with time.
std::vector<std::string> Desk::incidents() {
  return texts("SELECT incident FROM party WHERE organisation = ? ORDER BY incident DESC LIMIT 6");
}

// Those that the node has and whose ids begin so.
std::vector<std::string> Desk::instructions(const std::string& beginning) {
  std::vector<std::string> ids;
  for (const auto& stream : journal::streams_under(node_.sql(), "instruction/" + beginning))
    if (std::ranges::count(stream, '/') == 1) ids.push_back(stream.substr(stream.find('/') + 1));
  return ids;
}

// Its own.
std::vector<std::string> Desk::reports(const std::string& incident) {
  std::vector<std::string> ids;
  for (const auto& stream : journal::streams_under(node_.sql(), "report/" + incident + "." + organisation_ + "."))
    ids.push_back(stream.substr(stream.find('/') + 1));
  return ids;
}

std::optional<std::string> Desk::superior() {
  const auto* o = node_.directory().organisations.organisation(organisation_);
  return o ? o->superior : std::nullopt;
}

std::string Desk::some_organisation() { return everybody_[chance_.below(everybody_.size())]; }

void Desk::take_down() {
  incident::TakeDown c;
  c.type = kTypes[chance_.below(kTypes.size())];
  c.division = node_.directory().organisations.organisation(organisation_)->division;
  c.summary = "seen at " + organisation_;
  if (chance_.one_in(3)) c.caller_name = "caller";
  if (chance_.one_in(3)) c.dead = static_cast<std::int64_t>(chance_.below(5));
  if (chance_.one_in(2)) c.occurred_at = node_.clock.now() - Minutes(static_cast<std::int64_t>(chance_.below(60)));
  ask(organisation_, c);
}

// Mostly the superior, sometimes anybody.
void Desk::phone() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  incident::ReportByPhone c;
  c.to = chance_.one_in(4) ? some_organisation() : superior().value_or(some_organisation());
  c.answered_by = "the desk";
  if (chance_.one_in(3)) c.at = node_.clock.now() - Minutes(static_cast<std::int64_t>(chance_.below(3)));
  ask(organisation_, c, *incident);
}

// Goes on with what is there, or begins a new one; as far as chance lets it in one sitting.
void Desk::report() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  const auto mine = reports(*incident);
  const auto open = any_of(mine);
  if (open && !chance_.one_in(2)) {
    go_on(*open);
    return;
  }
  const bool beside = chance_.one_in(6);  // past the superior, or sideways
  draft(*incident, beside ? some_organisation() : superior().value_or("city"));
}

void Desk::draft(const std::string& incident, const std::string& to) {
  using enum report::Kind;
  constexpr std::array kKinds{kFirst, kFirst, kFollowUp, kFollowUp, kVerified, kFinal};
  report::Draft c;
  c.to = to;
  c.kind = kKinds[chance_.below(kKinds.size())];
  c.content.situation = "as of " + std::to_string(step_.chance % 1000);
  if (!ask(organisation_, c, incident) && c.kind != kFollowUp) {
    c.kind = c.kind == kFirst ? kFollowUp : kFirst;
    if (!node_.up() || !ask(organisation_, c, incident)) return;
  }
  if (!node_.up()) return;
  if (const auto mine = reports(incident); !mine.empty()) go_on(mine.back());
}

// Signs and sends; a returned one is mended first. False where it came to no end.
bool Desk::go_on(const std::string& id) {
  for (int acts = 0; acts < 3 && node_.up() && !chance_.one_in(6); ++acts) {
    const auto r = state::replay<report::Report>(node_.sql(), id);
    if (!r.exists()) return false;
    switch (r.state()) {
      case report::State::kReturned:
        if (!revise(id)) return false;
        break;
      case report::State::kDraft:
        if (!ask(organisation_ + "-leader", report::Sign{}, id)) return false;
        break;
      case report::State::kSigned:
        return ask(organisation_, report::Send{}, id);
      default:
        return true;
    }
  }
  return false;
}

bool Desk::revise(const std::string& id) {
  report::Revise c;
  c.content.situation = "mended";
  return ask(organisation_, c, id);
}

void Desk::decide() {
  const auto got = texts("SELECT report FROM report_receiver WHERE receiver = ? ORDER BY report DESC LIMIT 8");
  const auto id = any_of(got);
  if (!id) return;
  const bool back = chance_.one_in(3);
  ask(organisation_,
      report::Decide{back ? report::Decision::kReturned : report::Decision::kAccepted,
                     back ? std::optional<std::string>("too short") : std::nullopt},
      *id);
}

void Desk::instruct() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  const auto given = instructions(*incident + "." + organisation_ + ".");
  if (const auto one = any_of(given); one && chance_.one_in(2)) {
    ask(organisation_, instruction::Close{"done"}, *one);
    return;
  }
  instruction::Give c;
  c.text = "see to it";
  c.given_by = "p-" + organisation_ + "-leader";
  c.verify = chance_.one_in(2);
  for (std::uint64_t i = 0; i <= chance_.below(3); ++i) c.to.push_back(some_organisation());
  ask(organisation_, c, *incident);
}

void Desk::answer() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  const auto one = any_of(instructions(*incident + "."));
  if (one) ask(organisation_, instruction::ReportProgress{"under way"}, *one);
}

void Desk::state_figures() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  incident::StateFigures c;
  c.source = "the site";
  c.figures.dead = static_cast<std::int64_t>(chance_.below(6));
  c.adopt = !chance_.one_in(4);
  ask(organisation_, c, *incident);
}

void Desk::correct() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  incident::Correct c;
  c.reason = "heard wrong";
  if (chance_.one_in(2)) c.type = kTypes[chance_.below(kTypes.size())];
  if (chance_.one_in(2)) c.occurred_at = node_.clock.now() - Minutes(static_cast<std::int64_t>(chance_.below(90)));
  if (!c.type && !c.occurred_at) c.summary = "other than " + std::to_string(step_.chance % 1000);
  ask(organisation_, c, *incident);
}

void Desk::grade() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  const auto grades = names_of(grade::Grade{});
  ask(organisation_ + "-leader", incident::SetGrade{grades[chance_.below(grades.size())].first, "seen"}, *incident);
}

// What was instructed on it is closed first.
void Desk::close() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  for (const auto& id : instructions(*incident + "." + organisation_ + "."))
    if (node_.up()) ask(organisation_, instruction::Close{"done"}, id);
  if (node_.up()) ask(organisation_, incident::Close{"over"}, *incident);
}

void Desk::merge() {
  const auto known = incidents();
  const auto one = any_of(known), two = any_of(known);
  if (one && two) ask(organisation_, incident::Merge{*two, "the same"}, *one);
}

void Desk::explain() {
  const auto incident = any_of(incidents());
  if (!incident) return;
  const std::string id = *incident + "/" + organisation_;
  for (const auto& clock : state::replay<clock::Clocks>(node_.sql(), id).items)
    if (clock.overdue_at) {
      ask(organisation_ + "-leader", clock::Explain{"the line was cut"}, id + "/" + clock.started.clock);
      return;
    }
}

void Desk::take_over() {
  ask(organisation_, duty::TakeOver{"p-" + organisation_, "p-" + organisation_ + "-leader", {}});
}

// One of the latest that it owns, mostly to its superior, sometimes to anybody: so some come back to whom they were
// before.
void Desk::offer() {
  const auto incident =
      any_of(texts("SELECT id FROM incident WHERE organisation = ? AND state = 'open' ORDER BY id DESC LIMIT 4"));
  if (!incident) return;
  const std::string to = chance_.one_in(2) ? some_organisation() : superior().value_or(some_organisation());
  ask(organisation_ + "-leader", incident::OfferHandover{to, "too much for us"}, *incident);
}

void Desk::withdraw() {
  const auto incident =
      any_of(texts("SELECT incident FROM handover WHERE sender = ? AND waits = 1 ORDER BY incident DESC LIMIT 4"));
  if (incident) ask(organisation_, incident::WithdrawOffer{}, *incident);
}

void Desk::reply() {
  const auto incident =
      any_of(texts("SELECT incident FROM handover WHERE receiver = ? AND waits = 1 ORDER BY incident DESC LIMIT 4"));
  if (!incident) return;
  const bool rejected = chance_.one_in(4);
  ask(organisation_,
      incident::AnswerOffer{rejected ? incident::Answer::kRejected : incident::Answer::kAccepted,
                            rejected ? std::optional<std::string>("not ours") : std::nullopt},
      *incident);
}

void Desk::claim() {
  const auto incident = any_of(incidents());
  if (incident) ask(organisation_ + "-leader", incident::Claim{"it grows"}, *incident);
}

}  // namespace anlan::sim
