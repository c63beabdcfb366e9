#include "command/permissions.h"
#include "edge/http/command_route.h"
#include "edge/http/pages.h"
#include "edge/http/parameters.h"
#include "edge/http/reauthentication.h"
#include "edge/http/routes.h"

namespace anlan::edge {
namespace {

// A callout has two names in its path, that of the warning and that of who calls.
Call joined(Call call) {
  call.arguments = {call.arguments.at(0) + "/" + call.arguments.at(1)};
  return call;
}

template <class Command>
Route on_callout(std::string_view path) {
  Route route = command_route<Command>(path);
  route.handle = [](Services& services, Call call) { handle_command<Command>(services, joined(std::move(call))); };
  return route;
}

// The password is asked for again; the writer never sees it.
struct DecideBody {
  bool accepted = false;
  std::string reason, password;
  static constexpr auto fields =
      std::tuple{field("accepted", &DecideBody::accepted), field("reason", &DecideBody::reason),
                 field("password", &DecideBody::password, 200)};
};

// A leader's word that people act on, so it is asked for as a signature is.
void decide(Services& services, Call call) {
  const auto body = read_body<DecideBody>(services, call);
  if (!body) return;
  if (!password_matches(services, call.viewer.actor.account, body->password))
    return count_wrong_password(services, std::move(call), "password");
  give(services, joined(std::move(call)), callout::Decide{body->accepted, body->reason});
}

}  // namespace

std::vector<Route> callout_routes() {
  using namespace parameter;
  std::vector<Route> routes{
      answering(page("/api/v1/callouts", pages::callouts), "CalloutPage"),
      answering(page("/api/v1/warnings/{id}/callouts", pages::callouts_on_warning), "CalloutPage"),
      asking(answering(page("/api/v1/callouts/{warning}/{organisation}/people", pages::callees, Access::kRoles,
                            command::roles_for(callout::NoteAnswer::kName)),
                       "CalledPerson[]"),
             {number("place", 0, static_cast<std::int64_t>(callout::kMostPlaces))}),
      on_callout<callout::NoteCall>("/api/v1/callouts/{warning}/{organisation}/calls"),
      on_callout<callout::NoteAnswer>("/api/v1/callouts/{warning}/{organisation}/answers"),
      on_callout<callout::RevokeLink>("/api/v1/callouts/{warning}/{organisation}/revoke"),
  };
  routes.push_back({.method = http::Method::kPost,
                    .path = "/api/v1/callouts/{warning}/{organisation}/decision",
                    .access = Access::kCommand,
                    .permission = callout::Decide::kName,
                    .body_limit = kUsualBody,
                    .request_schema = json::schema<DecideBody>(),
                    .handle = [](Services& services, Call call) {
                      on_worker(services, std::move(call), [&services](Call c) { decide(services, std::move(c)); });
                    }});
  return routes;
}

}  // namespace anlan::edge
