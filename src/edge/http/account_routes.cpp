#include <array>

#include "codec/json_read.h"
#include "codec/schema.h"
#include "command/permissions.h"
#include "edge/http/command_route.h"
#include "edge/http/problem.h"
#include "edge/http/reauthentication.h"
#include "edge/http/routes.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/password.h"

namespace anlan::edge {
namespace {

// Bodies that hold a secret are not commands: the writer never sees a password.
struct SignInBody {
  std::string account, password;
  static constexpr auto fields =
      std::tuple{field("account", &SignInBody::account, 32), field("password", &SignInBody::password, 200)};
};
// The new password is judged by the policy before the writer hears of it.
struct PasswordBody {
  std::string old_password, new_password;
  static constexpr auto fields =
      std::tuple{field("old", &PasswordBody::old_password, 200), field("new", &PasswordBody::new_password, 200)};
};
// For whom a key acts is decided when it is issued, never by who uses it.
struct KeyBody {
  std::string name, organisation;
  static constexpr auto fields =
      std::tuple{field("name", &KeyBody::name, 60), field("organisation", &KeyBody::organisation, 40)};
};

// Of a command that says all by its path: a misspelt member must not be ignored.
struct NoBody {
  static constexpr auto fields = std::tuple{};
};

// Base64url, so that it needs no escaping in paths and headers.
std::string random_text(Random& random, std::size_t bytes) {
  std::vector<std::byte> chance(bytes);
  random.fill(chance);
  return crypto::to_base64url(chance);
}

// Letters of every class, so that it meets any policy.
std::string one_time_password(Random& random) { return "Aa1-" + random_text(random, 12); }

std::string description(Services& services, const Viewer& viewer) {
  const auto directory = services.directory();
  const auto* person = directory->organisations.person(viewer.actor.person);
  const auto* organisation = directory->organisations.organisation(viewer.actor.organisation);
  std::string out;
  json::Object object(out);
  object.member("account", viewer.actor.account);
  {
    json::Object p(object.key("person"));
    p.member("id", viewer.actor.person);
    p.member("name", viewer.actor.name);
    p.member("post", person ? person->post : "");
    p.nullable("phone", person ? person->phone : std::nullopt);
  }
  {
    json::Object o(object.key("organisation"));
    o.member("id", viewer.actor.organisation);
    o.member("name", organisation ? organisation->name : "");
    o.member("short", organisation ? organisation->short_name : "");
    o.member("level", organisation ? name_of(organisation->level) : std::string_view{});
    o.member("division", organisation ? organisation->division : "");
  }
  object.member("roles", viewer.actor.roles);
  object.member("must_change_password", viewer.must_change_password);
  object.member("idle_minutes", static_cast<std::int64_t>(services.node().idle.count()));
  json::write_list(object.key("permissions"), command::commands_for(viewer.actor.roles),
                   [](std::string& o, std::string_view name) { json::write_text(o, name); });
  return out;
}

// The session's id and secret are made here and committed with the fact; the cookie goes out after that.
void sign_in(Services& services, Sessions& sessions, Call call) {
  const auto body = read_body<SignInBody>(services, call);
  if (!body) return;
  const bool matched = password_matches(services, body->account, body->password);
  const Token token = new_token(services.random(), random_text(services.random(), 15));
  command::Envelope envelope;
  envelope.actor.account = "system";
  envelope.target = body->account;
  envelope.command = command::SignIn{matched, token.id, token.hash, call.request.remote};
  auto shared = std::make_shared<Call>(std::move(call));
  services.submit(std::move(envelope), [&services, &sessions, shared, token,
                                        account = body->account](const command::Outcome& outcome) {
    if (!outcome.ok()) return answer_refusal(services, *shared, outcome.error());
    if (outcome->status != 201)
      return answer_refusal(services, *shared, refuse(RefusalKind::kUnauthenticated, "session.wrong"));
    const auto directory = services.directory();
    const Viewer viewer{directory->actor(account), token.id, directory->accounts.at(account).must_change};
    http::Response response{201};
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Set-Cookie", sessions.cookie(token.text));
    response.body = description(services, viewer);
    shared->reply(std::move(response));
  });
}

// Another account's session is not found by the writer, since the target is the own account.
void sign_out(Services& services, Sessions& sessions, Call call, const std::string& session) {
  command::Envelope envelope;
  envelope.actor = call.viewer.actor;
  envelope.target = call.viewer.actor.account;
  const bool own = session == call.viewer.session;
  envelope.command = command::SignOut{session, own ? "signed_out" : "closed_by_owner"};
  auto shared = std::make_shared<Call>(std::move(call));
  services.submit(std::move(envelope), [&services, &sessions, shared, own](const command::Outcome& outcome) {
    if (!outcome.ok()) return answer_refusal(services, *shared, outcome.error());
    http::Response response{200};
    response.headers.set("Content-Type", "application/json");
    if (own) response.headers.set("Set-Cookie", sessions.no_cookie());
    response.body = outcome->body;
    shared->reply(std::move(response));
  });
}

// The old password is asked for although there is a session: a console may stand open.
void change_password(Services& services, Call call) {
  const auto body = read_body<PasswordBody>(services, call);
  if (!body) return;
  const std::string& account = call.viewer.actor.account;
  if (!password_matches(services, account, body->old_password))
    return count_wrong_password(services, std::move(call), "old");
  if (body->new_password == body->old_password)
    return answer_refusal(services, call, refuse(RefusalKind::kRule, "password.same", "new"));
  const auto& policy = services.reference().passwords;
  if (!account::acceptable(policy, account, body->new_password))
    return answer_refusal(
        services, call,
        refuse(RefusalKind::kRule, "password.weak", "new",
               {{"length", std::to_string(policy.min_length)}, {"classes", std::to_string(policy.min_classes)}}));
  command::SetPassword set{crypto::hash_password(body->new_password), true, call.viewer.session};
  give(services, std::move(call), std::move(set));
}

// Submits a command that made a secret, and shows the secret once beside the answer. A repeated key gets the stored
// answer, without it.
void answer_with_secret(Services& services, Call call, command::Command command, std::string name, std::string secret) {
  auto envelope = envelope_of(call, std::move(command));
  if (!envelope.ok()) return answer_refusal(services, call, envelope.error());
  auto shared = std::make_shared<Call>(std::move(call));
  services.submit(std::move(*envelope), [&services, shared, name = std::move(name),
                                         secret = std::move(secret)](const command::Outcome& outcome) {
    if (!outcome.ok()) return answer_refusal(services, *shared, outcome.error());
    std::string body = outcome->body;
    if (!outcome->replayed) {
      body.pop_back();
      body += ",\"" + name + "\":";
      json::write_text(body, secret);
      body += '}';
    }
    answer_json(*shared, outcome->status, std::move(body));
  });
}

// The password is made here, hashed on this worker, and never written anywhere.
void create_account(Services& services, Call call) {
  auto body = read_body<account::Create>(services, call);
  if (!body) return;
  const std::string password = one_time_password(services.random());
  answer_with_secret(services, std::move(call),
                     command::CreateAccount{std::move(*body), crypto::hash_password(password)}, "one_time_password",
                     password);
}

// The same for an account that is there: its sessions end with the command.
void reset_password(Services& services, Call call) {
  if (!read_body<NoBody>(services, call)) return;
  const std::string password = one_time_password(services.random());
  answer_with_secret(services, std::move(call), command::ResetPassword{crypto::hash_password(password)},
                     "one_time_password", password);
}

// The key's id stands in its text, so that it is found without trying all hashes.
void issue_key(Services& services, Call call) {
  const auto body = read_body<KeyBody>(services, call);
  if (!body) return;
  const Token token = new_token(services.random(), "k" + random_text(services.random(), 12));
  auto envelope_call = std::move(call);
  envelope_call.arguments = {token.id};
  answer_with_secret(services, std::move(envelope_call), command::IssueKey{body->name, body->organisation, token.hash},
                     "key", token.text);
}

// A command whose body needs work that blocks before it can be submitted.
Route worker_route(std::string_view path, std::string_view permission, std::string schema,
                   std::function<void(Services&, Call)> work) {
  return {.method = http::Method::kPost,
          .path = path,
          .access = Access::kCommand,
          .permission = permission,
          .body_limit = kUsualBody,
          .request_schema = std::move(schema),
          .handle = [work = std::move(work)](Services& services, Call call) {
            on_worker(services, std::move(call), [&services, work](Call c) { work(services, std::move(c)); });
          }};
}

}  // namespace

// Own sessions need no permission of a role: whoever is signed in may end them.
std::vector<Route> account_routes(Sessions& sessions) {
  std::vector<Route> routes;
  routes.push_back({.method = http::Method::kPost,
                    .path = "/api/v1/session",
                    .access = Access::kPublic,
                    .body_limit = kUsualBody,
                    .rate = kSignInRate,
                    .request_schema = json::schema<SignInBody>(),
                    .answer = "Session",
                    .handle = [&sessions](Services& services, Call call) {
                      on_worker(services, std::move(call),
                                [&services, &sessions](Call c) { sign_in(services, sessions, std::move(c)); });
                    }});
  routes.push_back(
      {.method = http::Method::kGet,
       .path = "/api/v1/session",
       .takes_after = true,
       .answer = "Session",
       .handle = [](Services& services, Call call) { answer_json(call, 200, description(services, call.viewer)); }});
  routes.push_back({.method = http::Method::kDelete,
                    .path = "/api/v1/session",
                    .handle = [&sessions](Services& services, Call call) {
                      const std::string session = call.viewer.session;
                      sign_out(services, sessions, std::move(call), session);
                    }});
  routes.push_back({.method = http::Method::kDelete,
                    .path = "/api/v1/session/list/{id}",
                    .handle = [&sessions](Services& services, Call call) {
                      const std::string session = call.arguments.front();
                      sign_out(services, sessions, std::move(call), session);
                    }});
  routes.push_back(worker_route("/api/v1/session/password", command::SetPassword::kName, json::schema<PasswordBody>(),
                                change_password));
  routes.push_back(making(worker_route("/api/v1/accounts", command::CreateAccount::kName,
                                       json::schema<account::Create>(), create_account)));
  routes.push_back(worker_route("/api/v1/accounts/{name}/reset-password", command::ResetPassword::kName,
                                json::schema<NoBody>(), reset_password));
  routes.push_back(
      making(worker_route("/api/v1/api-keys", command::IssueKey::kName, json::schema<KeyBody>(), issue_key)));
  routes.push_back(command_route<account::ChangeRoles>("/api/v1/accounts/{name}/roles"));
  routes.push_back(command_route<account::Disable>("/api/v1/accounts/{name}/disable"));
  routes.push_back(command_route<account::Enable>("/api/v1/accounts/{name}/enable"));
  routes.push_back(command_route<account::Unlock>("/api/v1/accounts/{name}/unlock"));
  routes.push_back(command_route<command::RevokeKey>("/api/v1/api-keys/{id}/revoke"));
  return routes;
}

}  // namespace anlan::edge
