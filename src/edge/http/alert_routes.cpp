#include "codec/schema.h"
#include "edge/http/asked.h"
#include "edge/http/command_route.h"
#include "edge/http/pages.h"
#include "edge/http/parameters.h"
#include "edge/http/problem.h"
#include "edge/http/reauthentication.h"
#include "edge/http/render_alert.h"
#include "edge/http/routes.h"
#include "view/audience.h"

namespace anlan::edge {
namespace {

// Bytes of one message; told in docs/api.md.
constexpr std::size_t kMessageBody = 5 * 1024 * 1024;

using Handle = void (*)(Services&, const AlertDoor&, std::shared_ptr<Call>);

// On a worker.
std::function<void(Services&, Call)> handled(const AlertDoor& door, Handle handle) {
  return [&door, handle](Services& services, Call call) {
    on_worker(services, std::move(call),
              [&services, &door, handle](Call c) { handle(services, door, std::make_shared<Call>(std::move(c))); });
  };
}

// Refused by the rules after it was recorded, as a wrong password is.
void receive(Services& services, const AlertDoor& door, std::shared_ptr<Call> call) {
  if (const auto no = key_fault(*call)) return answer_refusal(services, *call, *no);
  const auto read = door.read(call->request.body, call->viewer.actor.organisation, call->world);
  if (!read.ok()) return call->reply(problem(services.texts(), call->locale, read.error()));
  auto envelope = envelope_of(*call, *read);
  if (!envelope.ok()) return answer_refusal(services, *call, envelope.error());
  const auto laid = door.keep(read->sm3, call->request.body);
  if (!laid.ok()) return answer_refusal(services, *call, refuse(RefusalKind::kBusy, "node.busy"));
  services.submit(std::move(*envelope), [&services, &door, call, read = *read](const command::Outcome& outcome) {
    door.settle(read, call->request.body.size(), outcome);
    if (!outcome.ok()) return answer_refusal(services, *call, outcome.error());
    if (const auto no = door.refusal_in(*outcome, read)) return answer_refusal(services, *call, *no);
    http::Response response{outcome->status};
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "no-store");
    if (outcome->replayed) response.headers.set("Idempotency-Replayed", "true");
    response.body = outcome->body;
    call->reply(std::move(response));
  });
}

// As it came, or another that came under its name; nothing in it is shown by a browser.
void message(Services& services, const AlertDoor& door, std::shared_ptr<Call> call) {
  const auto directory = services.directory();
  auto& sql = services.reader();
  const Page page{sql,
                  services.vault(),
                  services.reference(),
                  *directory,
                  services.texts(),
                  call->viewer.actor,
                  call->world,
                  services.clock().now(),
                  view::seen(sql),
                  call->request.query,
                  call->arguments};
  const auto a = read_alert(page, call->arguments.front());
  if (!a.ok()) return answer_refusal(services, *call, a.error());
  Asked asked(page);
  std::string sm3 = asked.text("sm3");
  if (asked.fault()) return answer_refusal(services, *call, *asked.fault());
  if (sm3.empty() && a->received) sm3 = a->received->sm3;
  auto bytes = a->came_as(sm3) ? door.kept(sm3) : std::nullopt;
  if (!bytes) return answer_refusal(services, *call, refuse(RefusalKind::kNotFound, "alert.not_kept"));
  http::Response response{200};
  response.headers.set("Content-Type", "application/xml");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Content-Disposition", "attachment; filename=\"" + sm3 + ".xml\"");
  response.body = std::move(*bytes);
  call->reply(std::move(response));
}

}  // namespace

std::vector<Route> alert_routes(const AlertDoor& door) {
  using namespace parameter;
  std::vector<Route> routes{
      asking(answering(page("/api/v1/alerts", pages::alerts), "AlertPage"),
             {word<alert::State>("state"), word<alert::Handling>("handling"), text("behind")}),
      answering(page("/api/v1/alerts/{id}", pages::alert), "AlertAnswer"),
      answering(page("/api/v1/alerts/{id}/draft", pages::alert_draft), "AlertDraft"),
      command_route<alert::Dismiss>("/api/v1/alerts/{id}/dismiss"),
  };
  routes.push_back({.method = http::Method::kPost,
                    .path = "/api/v1/alerts",
                    .access = Access::kCommand,
                    .permission = alert::Receive::kName,
                    .body_limit = kMessageBody,
                    .request_schema = json::schema<std::string>(),
                    .request_type = "application/xml",
                    .makes = true,
                    .handle = handled(door, receive)});
  routes.push_back({.method = http::Method::kGet,
                    .path = "/api/v1/alerts/{id}/message",
                    .takes_after = true,
                    .answer = "string",
                    .answer_type = "application/xml",
                    .handle = handled(door, message)});
  routes.back() = asking(std::move(routes.back()), {text("sm3")});
  return routes;
}

}  // namespace anlan::edge
