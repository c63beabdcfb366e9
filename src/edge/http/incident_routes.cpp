#include <algorithm>

#include "codec/cap/candidate.h"
#include "codec/cap/message.h"
#include "codec/cap/reading.h"
#include "edge/http/command_route.h"
#include "edge/http/pages.h"
#include "edge/http/parameters.h"
#include "edge/http/problem.h"
#include "edge/http/routes.h"
#include "state/stored.h"
#include "view/clocks.h"

namespace anlan::edge {
namespace {

// Bytes; alerts with long polygons reach some hundred kB.
constexpr std::size_t kAlertBody = 1024 * 1024;

// The clock's own id stands in the path; its stream is found first.
// Only the organisation that owes may explain; for others the clock is unknown.
void explain_clock(Services& services, Call call) {
  auto explained = read_body<clock::Explain>(services, call);
  if (!explained) return;
  const auto row = view::clock_row(services.reader(), call.arguments.front(), call.viewer.actor.organisation);
  if (!row) return answer_refusal(services, call, refuse(RefusalKind::kNotFound, "clock.unknown"));
  call.arguments.front() = row->incident + "/" + row->organisation + "/" + row->id;
  give(services, std::move(call), std::move(*explained));
}

// CAP's empty elements say as much as none.
std::optional<std::string> present(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// Of what is larger the words of its area must do.
bool fits(const std::vector<Ring>& area) {
  const auto fits = [](const Ring& ring) { return std::ssize(ring) <= DefaultLimit<Ring>::value; };
  return std::ssize(area) <= kMostRings && std::ranges::all_of(area, fits);
}

// Drafts, tests and exercises alike are no real alert (CAP status other than Actual).
candidate::Description described(const cap::Candidate& c, Instant now) {
  candidate::Description d;
  d.origin = candidate::Origin::kCap;
  d.headline = cap::cut(c.headline.empty() ? c.event : c.headline, 200);
  d.description = cap::cut(c.description, 4000);
  d.sender = cap::cut(c.sender, 200);
  d.sent = c.sent.value_or(now);
  d.type = present(c.event_code);
  d.event_text = present(cap::cut(c.event, 200));
  d.severity = present(c.severity);
  d.urgency = present(c.urgency);
  d.certainty = present(c.certainty);
  d.msg_type = present(c.msg_type);
  d.identifier = present(cap::cut(c.identifier, 200));
  std::string references;
  for (const std::string& reference : c.references) references.append(references.empty() ? "" : " ").append(reference);
  d.references = present(cap::cut(references, 4000));
  d.area_desc = present(cap::cut(c.area_desc, 2000));
  d.expires = c.expires;
  d.occurred_at = c.onset;
  d.exercise = c.status != "Actual";
  std::vector<Ring> area = c.rings;
  for (const auto& circle : c.circles) area.push_back(circle.ring);
  if (!area.empty() && fits(area)) d.area = std::move(area);
  return d;
}

// All errors are told at once, each with line and element.
void take_cap(Services& services, Call call) {
  if (const auto no = key_fault(call)) return answer_refusal(services, call, *no);
  const auto reading = cap::read(call.request.body, kAlertBody);
  if (reading.kind != cap::Kind::kValid) {
    std::vector<Refusal> faults;
    if (reading.kind == cap::Kind::kForeign || reading.errors.empty())
      faults.push_back(refuse(RefusalKind::kRule, "cap.foreign", {}, {{"root", reading.root}}));
    for (const auto& error : reading.errors) faults.push_back(cap::refusal(error, services.texts()));
    return call.reply(problem(services.texts(), call.locale, faults));
  }
  candidate::Offer offer{described(cap::candidate(reading.alert), services.clock().now())};
  give(services, std::move(call), std::move(offer));
}

// Every figure may be asked about.
Route grade_proposal_route() {
  auto parameters = parameter::members<grade::Figures>();
  parameters.push_back(parameter::text("type"));
  return asking(answering(page("/api/v1/incidents/grade-proposal", pages::grade_proposal), "GradeProposal"),
                std::move(parameters));
}

// Reveals and, once that is durable, shows.
// What is shown was recorded before: if showing fails, the record stays and the desk asks again.
void reveal_informant(Services& services, Call call) {
  auto asked = read_body<incident::RevealInformant>(services, call);
  if (!asked) return;
  auto envelope = envelope_of(call, *asked);
  if (!envelope.ok()) return answer_refusal(services, call, envelope.error());
  auto shared = std::make_shared<Call>(std::move(call));
  services.submit(std::move(*envelope), [&services, shared](const command::Outcome& outcome) {
    if (!outcome.ok()) return answer_refusal(services, *shared, outcome.error());
    const bool taken = services.workers().post([&services, shared, position = outcome->position] {
      const auto i = state::replay<incident::Incident>(services.reader(), shared->arguments.front());
      auto person = services.vault().open(i.now.informant->sealed);
      if (!person) return answer_refusal(services, *shared, refuse(RefusalKind::kNotFound, "informant.erased"));
      person->insert(1, "\"position\":" + std::to_string(position) + ",");
      answer_json(*shared, 200, std::move(*person));
    });
    if (!taken) answer_refusal(services, *shared, refuse(RefusalKind::kBusy, "node.busy"));
  });
}

}  // namespace

// Paths by noun; the command's own name is the permission.
std::vector<Route> incident_routes() {
  using namespace parameter;
  std::vector<Route> routes{
      answering(page("/api/v1/duty/board", pages::board), "Board"),
      answering(page("/api/v1/duty/shift", pages::shift), "OwnShift"),
      asking(answering(page("/api/v1/incidents", pages::incidents), "IncidentPage"),
             {sought("q"), word<incident::State>("state"), text("type"), word<grade::Grade>("grade"), text("division"),
              moment("from"), moment("to"), number("page", 1, 1'000'000), number("size", 1, 200)}),
      asking(answering(page("/api/v1/incidents/similar", pages::similar), "SimilarIncident[]"),
             {text("type"), real("lng"), real("lat"), text("division"), moment("at")}),
      grade_proposal_route(),
      answering(page("/api/v1/incidents/{id}", pages::incident), "Incident"),
      answering(page("/api/v1/incidents/{id}/timeline", pages::timeline), "TimelineEntry[]"),
      asking(answering(page("/api/v1/incidents/{id}/reports/prefill", pages::prefill), "Prefill"),
             {word<report::Kind>("kind"), text("to")}),
      answering(page("/api/v1/reports/{id}", pages::report), "Report"),
      asking(answering(page("/api/v1/instructions", pages::instructions), "InstructionPage"),
             {word<instruction::State>("state")}),
      asking(answering(page("/api/v1/clocks", pages::clocks), "ClockPage"),
             {word<clock::State>("state"), text("organisation")}),
      asking(answering(page("/api/v1/candidates", pages::candidates), "CandidatePage"),
             {word<candidate::State>("state")}),
      answering(page("/api/v1/candidates/{id}", pages::candidate), "Candidate"),
      command_route<duty::TakeOver>("/api/v1/duty/shift"),
      making(command_route<incident::TakeDown>("/api/v1/incidents")),
      command_route<incident::StateFigures>("/api/v1/incidents/{id}/figures"),
      command_route<incident::Correct>("/api/v1/incidents/{id}/corrections"),
      command_route<incident::SetGrade>("/api/v1/incidents/{id}/grade"),
      command_route<incident::Note>("/api/v1/incidents/{id}/notes"),
      command_route<incident::ReportByPhone>("/api/v1/incidents/{id}/phone-reports"),
      command_route<incident::Close>("/api/v1/incidents/{id}/close"),
      command_route<incident::Reopen>("/api/v1/incidents/{id}/reopen"),
      command_route<incident::Merge>("/api/v1/incidents/{id}/merge"),
      command_route<incident::OfferHandover>("/api/v1/incidents/{id}/handover"),
      command_route<incident::WithdrawOffer>("/api/v1/incidents/{id}/handover/withdrawal"),
      command_route<incident::AnswerOffer>("/api/v1/incidents/{id}/handover/answer"),
      command_route<incident::Claim>("/api/v1/incidents/{id}/claim"),
      making(command_route<report::Draft>("/api/v1/incidents/{id}/reports", 128 * 1024)),
      command_route<report::Revise>("/api/v1/reports/{id}/versions", 128 * 1024),
      command_route<report::Sign>("/api/v1/reports/{id}/sign"),
      command_route<report::Send>("/api/v1/reports/{id}/send"),
      command_route<report::Decide>("/api/v1/reports/{id}/receipt"),
      making(command_route<instruction::Give>("/api/v1/incidents/{id}/instructions")),
      command_route<instruction::ReportProgress>("/api/v1/instructions/{id}/progress"),
      command_route<instruction::Close>("/api/v1/instructions/{id}/close"),
      command_route<candidate::Dismiss>("/api/v1/candidates/{id}/dismiss"),
  };
  auto explain = command_route<clock::Explain>("/api/v1/clocks/{id}/explain");
  explain.handle = explain_clock;
  routes.push_back(std::move(explain));
  auto reveal = command_route<incident::RevealInformant>("/api/v1/incidents/{id}/informant/reveal");
  reveal.handle = reveal_informant;
  routes.push_back(std::move(reveal));
  routes.push_back({.method = http::Method::kPost,
                    .path = "/api/v1/cap",
                    .access = Access::kCommand,
                    .permission = candidate::Offer::kName,
                    .body_limit = kAlertBody,
                    .request_schema = json::schema<std::string>(),
                    .request_type = "application/xml",
                    .makes = true,
                    .handle = take_cap});
  auto intake = making(command_route<candidate::Intake>("/api/v1/intake/reports"));
  intake.access = Access::kKey;
  routes.push_back(std::move(intake));
  return routes;
}

}  // namespace anlan::edge
