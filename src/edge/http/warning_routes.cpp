#include "codec/schema.h"
#include "command/permissions.h"
#include "edge/http/command_route.h"
#include "edge/http/pages.h"
#include "edge/http/parameters.h"
#include "edge/http/reauthentication.h"
#include "edge/http/routes.h"

namespace anlan::edge {
namespace {

// Polygons of some thousand points.
constexpr std::size_t kContentBody = 1024 * 1024;

// The signer's password is asked for again; the writer never sees it.
struct SignBody {
  std::int64_t version = 0, people = 0;
  std::string password;
  static constexpr auto fields = std::tuple{field("version", &SignBody::version), field("people", &SignBody::people),
                                            field("password", &SignBody::password, 200)};
};

void sign(Services& services, Call call) {
  const auto body = read_body<SignBody>(services, call);
  if (!body) return;
  if (!password_matches(services, call.viewer.actor.account, body->password))
    return count_wrong_password(services, std::move(call), "password");
  give(services, std::move(call), warning::Sign{body->version, body->people});
}

// What a draft would do, before there is one: how many people it reaches, and how many must sign it.
struct PreviewBody {
  warning::Content content;
  static constexpr auto fields = std::tuple{field("content", &PreviewBody::content)};
};

void preview(Services& services, Call call) {
  auto body = read_body<PreviewBody>(services, call);
  if (!body) return;
  services.reference().warning_rules.complete(body->content.area);
  const auto* recipients = services.recipients();
  const auto* rule = services.reference().warning_rules.signing(body->content.colour, services.clock().now());
  std::string out;
  {
    json::Object object(out);
    object.member("people", recipients ? recipients->count(body->content, scope_of(call.viewer.actor)) : 0);
    object.nullable("needed", rule ? std::optional(rule->signatures) : std::nullopt);
  }
  answer_json(call, 200, std::move(out));
}

}  // namespace

std::vector<Route> warning_routes() {
  using namespace parameter;
  std::vector<Route> routes{
      asking(answering(page("/api/v1/warnings", pages::warnings), "WarningPage"), {word<warning::State>("state")}),
      answering(page("/api/v1/warnings/templates", pages::warning_templates), "WarningTemplate[]"),
      answering(page("/api/v1/warnings/reaches", pages::reaches), "Reach[]"),
      asking(answering(page("/api/v1/warnings/figures", pages::warning_year), "WarningYear"),
             {number("year", 2000, 2100)}),
      answering(page("/api/v1/warnings/{id}", pages::warning), "WarningAnswer"),
      answering(page("/api/v1/warnings/{id}/figures", pages::warning_figures), "WarningFigures"),
      making(command_route<warning::Draft>("/api/v1/warnings", kContentBody)),
      command_route<warning::Revise>("/api/v1/warnings/{id}/versions", kContentBody),
      command_route<warning::Decline>("/api/v1/warnings/{id}/decline"),
      command_route<warning::Cancel>("/api/v1/warnings/{id}/cancel"),
      command_route<warning::Assess>("/api/v1/warnings/{id}/assess"),
      command_route<warning::Withdraw>("/api/v1/warnings/{id}/withdraw"),
  };
  routes.push_back({.method = http::Method::kPost,
                    .path = "/api/v1/warnings/{id}/sign",
                    .access = Access::kCommand,
                    .permission = warning::Sign::kName,
                    .body_limit = kUsualBody,
                    .request_schema = json::schema<SignBody>(),
                    .handle = [](Services& services, Call call) {
                      on_worker(services, std::move(call), [&services](Call c) { sign(services, std::move(c)); });
                    }});
  routes.push_back({.method = http::Method::kPost,
                    .path = "/api/v1/warnings/preview",
                    .access = Access::kRoles,
                    .roles = command::roles_for(warning::Draft::kName),
                    .body_limit = kContentBody,
                    .request_schema = json::schema<PreviewBody>(),
                    .answer = "WarningPreview",
                    .handle = preview});
  return routes;
}

}  // namespace anlan::edge
