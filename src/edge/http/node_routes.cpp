#include "codec/json_write.h"
#include "edge/http/parameters.h"
#include "edge/http/problem.h"
#include "edge/http/routes.h"
#include "platform/http/static_files.h"
#include "view/audience.h"

namespace anlan::edge {
namespace {

// Open to everybody: what a sign-in page shows, and nothing of what the node holds.
std::string description(Services& services) {
  const auto& node = services.node();
  std::string out;
  json::Object object(out);
  object.member("node", services.reference().node);
  object.member("name", node.name);
  object.member("division", services.reference().division);
  object.member("demo", node.demo);
  object.raw("worlds", R"([{"id":"real","name":"real","drill":false}])");
  object.member("version", node.version);
  object.member("at", services.clock().now());
  object.member("position", services.position());
  json::write_list(object.key("locales"), names_of(Locale{}),
                   [](std::string& o, const auto& pair) { json::write_text(o, pair.second); });
  return out;
}

// Prometheus text format 0.0.4.
std::string metrics(Services& services) {
  const auto directory = services.directory();
  std::size_t sessions = 0;
  for (const auto& [name, account] : directory->accounts) sessions += account.sessions.size();
  const auto gauge = [](std::string_view name, std::string_view help, auto value) {
    return fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, help, value);
  };
  return gauge("anlan_journal_position", "Position of the last published fact.", services.position()) +
         gauge("anlan_view_position", "Position that the views have seen.", view::seen(services.reader())) +
         gauge("anlan_sessions", "Open sessions.", sessions) +
         gauge("anlan_time_seconds", "The node's clock.", to_ms(services.clock().now()) / 1000);
}

// Without a session; the rate is by address.
Route open_route(std::string_view path, std::function<void(Services&, Call)> handle) {
  return {.method = http::Method::kGet, .path = path, .access = Access::kPublic, .handle = std::move(handle)};
}

// For machines that watch: proxies, Prometheus.
Route text_route(std::string_view path, std::function<void(Services&, Call)> handle) {
  return answering(open_route(path, std::move(handle)), "string", "text/plain");
}

void answer_text(const Call& call, std::string text) {
  http::Response response{200};
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  response.headers.set("Cache-Control", "no-store");
  response.body = std::move(text);
  call.reply(std::move(response));
}

// The built-in map layer: GeoJSON files of a folder, held in memory.
Route basemap_route(const std::string& folder) {
  auto loaded = http::StaticFiles::load(folder);
  auto files = loaded.ok() ? std::make_shared<const http::StaticFiles>(std::move(*loaded)) : nullptr;
  const auto serve = [files](Services& services, Call call) {
    call.request.path = "/" + call.arguments.front();
    auto file = files ? files->get(call.request) : std::nullopt;
    if (!file) return answer_refusal(services, call, refuse(RefusalKind::kNotFound, "route.unknown"));
    call.reply(std::move(*file));
  };
  return answering(open_route("/api/v1/basemap/{file}", serve), "object");
}

}  // namespace

std::vector<Route> node_routes(Services& node, Feed& feed, const std::vector<Route>& others) {
  constexpr auto kLast = std::numeric_limits<journal::Position>::max();
  std::vector<Route> routes;
  routes.push_back(basemap_route(node.node().basemap));
  const auto describe = [](Services& services, Call call) { answer_json(call, 200, description(services)); };
  routes.push_back(answering(open_route("/api/v1/node", describe), "Node"));
  routes.push_back({.method = http::Method::kGet,
                    .path = "/api/v1/feed",
                    .parameters = {parameter::number("after", 0, kLast)},
                    .headers = {parameter::number("Last-Event-ID", 0, kLast)},
                    .answer = "FeedEvents",
                    .answer_type = "text/event-stream",
                    .handle = [&feed](Services&, Call call) { feed.open(std::move(call)); }});
  routes.push_back(text_route("/healthz", [](Services&, Call call) { answer_text(call, "ok\n"); }));
  // A process that is about to end says no first. Ready when the writer has answered and the views are level with the
  // journal, as it was before they were looked at.
  routes.push_back(text_route("/readyz", [](Services& services, Call call) {
    const auto position = services.position();
    if (services.leaving() || view::seen(services.reader()) < position)
      return answer_refusal(services, call, refuse(RefusalKind::kBusy, "node.busy"));
    answer_text(call, "ready\n");
  }));
  routes.push_back(text_route("/metrics", [](Services& services, Call call) { answer_text(call, metrics(services)); }));
  auto described = std::make_shared<std::vector<Route>>(others);
  described->insert(described->end(), routes.begin(), routes.end());
  auto description_route = answering(open_route("/api/v1/openapi.json", {}), "object");
  described->push_back(description_route);  // without its handler, which holds this list
  description_route.handle = [described](Services& services, Call call) {
    answer_json(call, 200, openapi(*described, services.texts(), services.node().version));
  };
  routes.push_back(std::move(description_route));
  return routes;
}

}  // namespace anlan::edge
