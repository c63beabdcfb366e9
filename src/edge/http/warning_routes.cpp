#include "codec/schema.h"
#include "command/permissions.h"
#include "edge/http/command_route.h"
#include "edge/http/pages.h"
#include "edge/http/parameters.h"
#include "edge/http/reauthentication.h"
#include "edge/http/render_warning.h"
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

// What a draft would do, before there is one: how many people it reaches, what they would read, and how many must sign
// it. `warning`: of which it would be a new version.
struct PreviewBody {
  warning::Content content;
  std::optional<std::string> warning;
  static constexpr auto fields =
      std::tuple{field("content", &PreviewBody::content), field("warning", &PreviewBody::warning, 100)};
};

void write_texts(std::string& out, const std::vector<ChannelText>& texts) {
  json::write_list(out, texts, [](std::string& o, const ChannelText& one) {
    json::Object object(o);
    object.member("kind", one.kind);
    object.member("channels", one.channels);
    object.nullable("subject", one.subject.empty() ? std::nullopt : std::optional(one.subject));
    object.member("text", one.text);
    object.nullable("parts", one.parts);
  });
}

// The own one, with as many versions as it has; a new one where none is named.
Outcome<warning::Warning> previewed(Services& services, const Call& call, const std::optional<std::string>& id) {
  warning::Warning w;
  std::string world = call.world;
  if (id) w = state::replay<warning::Warning>(services.reader(), *id, &world);
  const std::string& own = scope_of(call.viewer.actor);
  if (id && (w.organisation != own || world != call.world))
    return refuse(RefusalKind::kNotFound, "warning.unknown", "warning");
  w.organisation = own;
  return w;
}

void preview(Services& services, const Sending& sending, const Call& call) {
  auto body = read_body<PreviewBody>(services, call);
  if (!body) return;
  services.reference().warning_rules.complete(body->content.area);
  const auto w = previewed(services, call, body->warning);
  if (!w.ok()) return answer_refusal(services, call, w.error());
  warning::Version v;
  v.number = std::ssize(w->versions) + 1;
  v.content = body->content;
  const auto* recipients = services.recipients();
  const auto* rule = services.reference().warning_rules.signing(v.content.colour, services.clock().now());
  std::string out;
  {
    json::Object object(out);
    object.member("people", recipients ? recipients->count(v.content, w->organisation) : 0);
    object.nullable("needed", rule ? std::optional(rule->signatures) : std::nullopt);
    write_texts(object.key("texts"), sending.texts(*w, v, world_of(call.world)));
  }
  answer_json(call, 200, std::move(out));
}

// What people would read of the version that waits, for who is asked to sign it.
Body pending_texts(Page& page, const Sending& sending) {
  const auto w = read_warning(page, page.arguments.at(0));
  if (!w.ok()) return w.error();
  const auto* pending = w->organisation == page.organisation() ? w->pending() : nullptr;
  std::string out;
  {
    json::Object object(out);
    object.nullable("version", pending ? std::optional(pending->number) : std::nullopt);
    write_texts(object.key("items"),
                pending ? sending.texts(*w, *pending, world_of(page.world)) : std::vector<ChannelText>());
    object.member("at", page.now);
    object.member("position", page.position);
  }
  return out;
}

}  // namespace

std::vector<Route> warning_routes(const Sending& sending) {
  using namespace parameter;
  std::vector<Route> routes{
      asking(answering(page("/api/v1/warnings", pages::warnings), "WarningPage"), {word<warning::State>("state")}),
      answering(page("/api/v1/warnings/templates", pages::warning_templates), "WarningTemplate[]"),
      answering(page("/api/v1/warnings/reaches", pages::reaches), "Reach[]"),
      asking(answering(page("/api/v1/warnings/figures", pages::warning_year), "WarningYear"),
             {number("year", 2000, 2100)}),
      answering(page("/api/v1/warnings/{id}", pages::warning), "WarningAnswer"),
      answering(page("/api/v1/warnings/{id}/texts", [&sending](Page& page) { return pending_texts(page, sending); }),
                "WarningTexts"),
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
                    .handle = [&sending](Services& services, Call call) {
                      on_worker(services, std::move(call),
                                [&services, &sending](const Call& c) { preview(services, sending, c); });
                    }});
  return routes;
}

}  // namespace anlan::edge
