#include "edge/http/gate.h"

#include <algorithm>
#include <limits>

#include "codec/json_read.h"
#include "command/permissions.h"
#include "edge/http/asked.h"
#include "edge/http/forwarded.h"
#include "edge/http/problem.h"

namespace anlan::edge {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

// The arguments of a path that fits the pattern, nullopt where it does not.
std::optional<std::vector<std::string>> fit(std::string_view pattern, const std::vector<std::string_view>& path) {
  const auto wanted = segments(pattern);
  if (wanted.size() != path.size()) return std::nullopt;
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{')) {
      if (path[i].empty()) return std::nullopt;
      arguments.emplace_back(path[i]);
    } else if (wanted[i] != path[i]) {
      return std::nullopt;
    }
  }
  return arguments;
}

// HEAD is GET without the body, which the server leaves out.
bool same_method(http::Method route, http::Method asked) {
  return route == asked || (route == http::Method::kGet && asked == http::Method::kHead);
}

// A page of another origin must not act in the name of who is signed in, whatever the browser thinks of cookies.
bool foreign_origin(const http::Request& request) {
  const auto origin = request.headers.get("Origin");
  const auto host = request.headers.get("Host");
  if (!origin || *origin == "null" || !host) return origin.has_value() && *origin == "null";
  const std::size_t scheme = origin->find("://");
  return scheme == std::string_view::npos || origin->substr(scheme + 3) != *host;
}

// One role is enough.
bool has_any(const account::Actor& actor, const std::vector<account::Role>& roles) {
  return std::ranges::any_of(roles, [&](account::Role r) { return actor.has(r); });
}

// Questions to the store about sessions that nobody here knows, of one address.
constexpr Rate kUnknownSessions{60, 10};

// Statuses that HTTP has and no kind of refusal.
constexpr int kNoSuchMethod = 405, kSlow = 408, kTooLarge = 413, kExpectation = 417, kLongHead = 431, kFault = 500,
              kCrowded = 503, kVersion = 505;

// Why the server could not make a request of what came, or an answer of what a route did.
Refusal refusal_of(int status) {
  switch (status) {
    case kSlow:
      return refuse(RefusalKind::kMalformed, "http.slow");
    case kExpectation:
      return refuse(RefusalKind::kMalformed, "http.expectation");
    case kLongHead:
      return refuse(RefusalKind::kMalformed, "http.long_head");
    case kFault:
      return refuse(RefusalKind::kBusy, "node.fault");
    case kCrowded:
      return refuse(RefusalKind::kBusy, "http.crowded");
    case kVersion:
      return refuse(RefusalKind::kMalformed, "http.version");
    default:
      return refuse(RefusalKind::kMalformed, "http.malformed");
  }
}

Refusal too_large(std::size_t limit) {
  return refuse(RefusalKind::kTooLarge, "http.too_large", {}, {{"limit", std::to_string(limit)}});
}

// A word for logs, channels and facts; which drills there are is not asked here.
bool is_world(std::string_view name) {
  return !name.empty() && name.size() <= 40 &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_known(const Route& route, const std::string& name) {
  return name == "world" || (name == "after" && route.takes_after) ||
         std::ranges::any_of(route.parameters, [&](const Parameter& p) { return p.name == name; });
}

// Read as a text of a body is, so that both may hold the same characters.
bool is_text(const std::string& value) {
  json::Reader reader;
  std::string text;
  reader.read(json::Value(value), text, std::numeric_limits<std::int64_t>::max());
  return reader.faults.empty();
}

// A misspelt filter must not be taken for none, nor the first of two for both. Caches and probes may add to the address
// of what is open to all.
std::optional<Refusal> query_fault(const Route& route, const http::Query& query) {
  if (route.access == Access::kPublic) return std::nullopt;
  for (const auto& [name, value] : query.pairs()) {
    if (!is_known(route, name)) return refuse(RefusalKind::kMalformed, "field.unknown", json::shown(name));
    if (query.all(name).size() > 1) return refuse(RefusalKind::kMalformed, "field.twice", name);
    if (!is_text(value)) return refuse(RefusalKind::kMalformed, "field.control", name);
  }
  return std::nullopt;
}

// What somebody may still do before the one-time password was changed.
bool allowed_before_change(const Route& route) {
  return route.path == "/api/v1/session" || route.path == "/api/v1/session/password";
}

}  // namespace

// Sorted once, literal paths first: /incidents/similar is not an incident of that name.
Gate::Gate(Services& services, Sessions& sessions, std::vector<Route> routes,
           std::shared_ptr<const http::StaticFiles> console)
    : services_(services), sessions_(sessions), routes_(std::move(routes)), console_(std::move(console)) {
  std::ranges::stable_sort(routes_, {}, [](const Route& r) { return std::ranges::count(r.path, '{'); });
}

// Some sixty routes: a list is faster than it looks, and its order can be seen.
Gate::Match Gate::find(http::Method method, std::string_view path) const {
  Match match;
  const auto parts = segments(path);
  for (const Route& route : routes_) {
    auto arguments = fit(route.path, parts);
    if (!arguments) continue;
    if (same_method(route.method, method)) return {&route, std::move(*arguments), {}};
    match.others.push_back(route.method);
  }
  return match;
}

std::size_t Gate::body_limit(http::Method method, std::string_view path) const {
  const Match match = find(method, path);
  return match.route ? match.route->body_limit : kNoBody;
}

std::optional<Refusal> Gate::enter(const Route& route, Call& call) {
  const auto viewer = route.access == Access::kKey ? sessions_.by_key(call.request) : sessions_.by_cookie(call.request);
  if (viewer) call.viewer = *viewer;
  std::string asker = viewer ? call.viewer.actor.account : call.request.remote;
  if (route.asker)
    if (std::string counted = route.asker(call); !counted.empty()) asker = std::move(counted);
  // Signing in has a bucket of its own by address, so guessing passwords does not use up the desk's requests.
  const std::string bucket = std::string(route.rate.burst == kUsualRate.burst ? "" : route.path) + "\n" + asker;
  const double generous = services_.node().rate_factor;
  if (!rates_.take(bucket, {route.rate.burst * generous, route.rate.per_second * generous}, services_.clock().now()))
    return refuse(RefusalKind::kTooOften, "rate.exceeded");
  if (route.method != http::Method::kGet && route.access != Access::kKey && foreign_origin(call.request))
    return refuse(RefusalKind::kForbidden, "origin.foreign");
  if (route.access == Access::kPublic) return std::nullopt;
  if (!viewer)
    return refuse(RefusalKind::kUnauthenticated, route.access == Access::kKey ? "key.refused" : "session.none");
  if (call.viewer.must_change_password && !allowed_before_change(route))
    return refuse(RefusalKind::kForbidden, "session.must_change_password");
  if (route.access == Access::kCommand && !command::permitted(call.viewer.actor.roles, route.permission))
    return refuse(RefusalKind::kForbidden, "command.forbidden");
  if (route.access == Access::kRoles && !has_any(call.viewer.actor, route.roles))
    return refuse(RefusalKind::kForbidden, "route.forbidden");
  return std::nullopt;
}

http::Response Gate::refused(const Route& route, const http::Request& request, Locale locale,
                             const Refusal& refusal) const {
  auto response = problem(services_.texts(), locale, refusal);
  if (route.refused) route.refused(services_.texts(), request, refusal, response);
  return response;
}

void Gate::refuse_call(const Route& route, const Call& call, const Refusal& refusal) const {
  call.reply(refused(route, call.request, call.locale, refusal));
}

http::Response Gate::unknown(Locale locale) const {
  return problem(services_.texts(), locale, refuse(RefusalKind::kNotFound, "route.unknown"));
}

http::Response Gate::other_method(const Match& match, Locale locale) const {
  std::string allowed;
  for (const http::Method method : match.others) {
    allowed.append(allowed.empty() ? "" : ", ").append(http::name_of(method));
    if (method == http::Method::kGet) allowed += ", HEAD";
  }
  auto response = problem(services_.texts(), locale, kNoSuchMethod,
                          refuse(RefusalKind::kMalformed, "route.method", {}, {{"allowed", allowed}}));
  response.headers.set("Allow", allowed);
  return response;
}

http::Response Gate::refusal(int status, const http::Request& heard) const {
  const Locale locale = locale_of(heard);
  if (status != kTooLarge) return problem(services_.texts(), locale, status, refusal_of(status));
  const Match match = find(heard.method, heard.path);
  if (match.route) return refused(*match.route, heard, locale, too_large(match.route->body_limit));
  return match.others.empty() ? unknown(locale) : other_method(match, locale);
}

void Gate::serve_console(http::Request request, const http::Reply& reply) {
  if (console_ && !request.path.starts_with("/api/"))
    if (auto file = console_->get(request)) return reply(std::move(*file));
  reply(unknown(locale_of(request)));
}

// A page of a store that is elsewhere waits for each of its answers, which an io thread must not.
void Gate::answer(const Route& route, Call call, bool on_io_thread) {
  if (on_io_thread && !(route.takes_after && services_.reads_wait())) return route.handle(services_, std::move(call));
  auto waiting = std::make_shared<Call>(std::move(call));
  const bool taken =
      services_.workers().post([this, &route, waiting] { route.handle(services_, std::move(*waiting)); });
  if (!taken) refuse_call(route, *waiting, refuse(RefusalKind::kBusy, "node.busy"));
}

// The waiting call holds no thread. It goes on on a worker: who moves the position has other things to do.
void Gate::hand_over(const Route& route, Call call) {
  const std::string_view asked = call.request.query.get("after").value_or("");
  if (!route.takes_after || asked.empty()) return answer(route, std::move(call), true);
  const auto after = position_of(asked);
  if (!after) return answer_refusal(services_, call, refuse(RefusalKind::kMalformed, "position.malformed", "after"));
  if (*after <= services_.position()) return answer(route, std::move(call), true);
  auto waiting = std::make_shared<Call>(std::move(call));
  services_.when_reached(*after, [this, &route, waiting, after = *after](bool reached) {
    if (!reached)
      return answer_refusal(
          services_, *waiting,
          refuse(RefusalKind::kBusy, "position.not_reached", "after",
                 {{"after", std::to_string(after)}, {"position", std::to_string(services_.position())}}));
    answer(route, std::move(*waiting), false);
  });
}

void Gate::handle(http::Request request, http::Reply reply) {
  request.remote = asker_of(request.headers, request.remote, services_.node().proxies);
  Match match = find(request.method, request.path);
  if (!match.route && match.others.empty()) return serve_console(std::move(request), reply);
  Call call{std::move(request), reply, {}, std::move(match.arguments), std::string(command::kReal), {}};
  call.locale = locale_of(call.request);
  if (!match.route) return reply(other_method(match, call.locale));
  if (const auto world = call.request.headers.get("Anlan-World")) call.world = *world;
  if (const auto world = call.request.query.get("world")) call.world = *world;
  if (auto no = query_fault(*match.route, call.request.query)) return answer_refusal(services_, call, *no);
  if (!is_world(call.world))
    return refuse_call(*match.route, call, refuse(RefusalKind::kMalformed, "world.malformed", "world"));
  // Nobody outside is told of a drill, nor of what is real as if it were one.
  if (match.route->access == Access::kPublic) call.world = command::kReal;
  // Asking the store costs more than a refusal: invented and ended sessions get few such questions.
  if (!sessions_.is_unknown(call.request) ||
      !rates_.take("unknown session\n" + call.request.remote, kUnknownSessions, services_.clock().now()))
    return admit(*match.route, std::move(call));
  auto waiting = std::make_shared<Call>(std::move(call));
  services_.when_level([this, route = match.route, waiting](bool level) {
    if (!level) return refuse_call(*route, *waiting, refuse(RefusalKind::kBusy, "node.busy"));
    admit(*route, std::move(*waiting));
  });
}

void Gate::admit(const Route& route, Call call) {
  if (auto no = enter(route, call)) return refuse_call(route, call, *no);
  hand_over(route, std::move(call));
}

}  // namespace anlan::edge
