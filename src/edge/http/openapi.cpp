#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "codec/json_write.h"
#include "edge/http/answers.h"
#include "edge/http/routes.h"

namespace anlan::edge {
namespace {

// Method and path with underscores: unique because the pair is.
std::string operation_id(const Route& route) {
  std::string id = lower(http::name_of(route.method));
  for (const char c : route.path.substr(1)) id += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  return id;
}

void write_parameter(std::string& out, std::string_view name, std::string_view in, bool required,
                     std::string_view schema) {
  if (out.back() != '[') out += ',';
  json::Object parameter(out);
  parameter.member("name", name);
  parameter.member("in", in);
  parameter.member("required", required);
  parameter.raw("schema", schema);
}

bool is_command(const Route& route) { return route.access == Access::kCommand || route.access == Access::kKey; }

// The key of commands is described as required, since without it they are refused.
void write_headers(std::string& out, const Route& route) {
  for (const Parameter& header : route.headers) write_parameter(out, header.name, "header", false, header.schema);
  if (is_command(route))
    write_parameter(out, "Idempotency-Key", "header", true, R"({"type":"string","minLength":1,"maxLength":64})");
  if (is_command(route) && !route.makes)
    write_parameter(out, "If-Match", "header", false, R"({"type":"string","pattern":"^(\"[0-9]+\"|[0-9]+)$"})");
  if (route.method == http::Method::kGet && route.access != Access::kPublic)
    write_parameter(out, "Anlan-Automatic", "header", false, R"({"type":"string"})");
}

void write_parameters(std::string& out, const Route& route) {
  out += '[';
  for (std::size_t at = 0; (at = route.path.find('{', at)) != std::string_view::npos;) {
    const std::size_t end = route.path.find('}', at);
    write_parameter(out, route.path.substr(at + 1, end - at - 1), "path", true, R"({"type":"string"})");
    at = end;
  }
  for (const Parameter& parameter : route.parameters)
    write_parameter(out, parameter.name, "query", false, parameter.schema);
  if (route.takes_after) write_parameter(out, "after", "query", false, R"({"type":"integer","minimum":0})");
  if (route.access != Access::kPublic)
    write_parameter(out, "world", "query", false, R"({"type":"string","pattern":"^[a-z0-9-]{1,40}$"})");
  write_headers(out, route);
  out += ']';
}

// A stream has no schema: described is the data of each of its events, by name.
std::string content_of(const Route& route) {
  if (is_command(route)) return R"({"schema":{"$ref":"#/components/schemas/CommandAnswer"}})";
  const std::string answer = answer_schema(route.answer);
  if (route.answer_type == "text/event-stream")
    return fmt::format(R"({{"schema":{{"type":"string"}},"x-anlan-events":{}}})", answer);
  return fmt::format(R"({{"schema":{}}})", answer);
}

void write_responses(std::string& out, const Route& route) {
  constexpr std::string_view kProblem = R"({"description":"RFC 9457","content":{"application/problem+json":{"schema":)"
                                        R"({"$ref":"#/components/schemas/Problem"}}}})";
  json::Object responses(out);
  responses.raw(route.method == http::Method::kPost ? "2XX" : "200",
                fmt::format(R"({{"description":"ok","content":{{"{}":{}}}}})", route.answer_type, content_of(route)));
  responses.raw("4XX", kProblem);
  responses.raw("503", kProblem);
}

// The x-anlan-… members say who may come, how large and how often: the abuse test is generated from them.
void write_operation(std::string& out, const Route& route, const Texts& texts) {
  json::Object operation(out);
  const std::string id = operation_id(route);
  operation.member("operationId", id);
  const std::string key = "route." + lower(http::name_of(route.method)) + " " + std::string(route.path);
  if (texts.has(Locale::kChinese, key))
    operation.member("summary", texts.get(Locale::kChinese, key) + " · " + texts.get(Locale::kEnglish, key));
  operation.member("x-anlan-access", name_of(route.access));
  if (!route.permission.empty()) operation.member("x-anlan-command", route.permission);
  if (!route.roles.empty()) operation.member("x-anlan-roles", route.roles);
  operation.member("x-anlan-body-limit", static_cast<std::int64_t>(route.body_limit));
  operation.member("x-anlan-rate-per-second", route.rate.per_second);
  if (route.access == Access::kPublic) operation.raw("security", "[]");
  if (route.access == Access::kKey) operation.raw("security", R"([{"key":[]}])");
  write_parameters(operation.key("parameters"), route);
  if (!route.request_schema.empty())
    operation.raw("requestBody", R"({"required":true,"content":{")" + std::string(route.request_type) +
                                     R"(":{"schema":)" + route.request_schema + "}}}");
  write_responses(operation.key("responses"), route);
}

}  // namespace

std::string openapi(const std::vector<Route>& routes, const Texts& texts, const std::string& version) {
  std::map<std::string_view, std::vector<const Route*>> paths;
  for (const Route& route : routes) paths[route.path].push_back(&route);
  std::string out;
  json::Object document(out);
  document.member("openapi", "3.1.0");
  {
    json::Object info(document.key("info"));
    info.member("title", "Anlan");
    info.member("version", version);
  }
  {
    json::Object all(document.key("paths"));
    for (const auto& [path, operations] : paths) {
      json::Object item(all.key(path));
      for (const Route* route : operations)
        write_operation(item.key(lower(http::name_of(route->method))), *route, texts);
    }
  }
  document.raw("security", R"([{"session":[]}])");
  document.raw(
      "components",
      std::string() +
          R"({"securitySchemes":{"session":{"type":"apiKey","in":"cookie","name":"anlan_session"},"key":{"type":"http","scheme":"bearer"}},)"
          R"("schemas":{"Problem":{"type":"object","required":["type","title","status","detail","code"],"properties":{)"
          R"("type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},)"
          R"("code":{"type":"string"},"field":{"type":"string"},"values":{"type":"object"},"texts":{"type":"object"},)"
          R"("errors":{"type":"array","items":{"type":"object"}}}},)"
          R"("CommandAnswer":{"type":"object","required":["position"],"properties":{"position":{"type":"integer","minimum":1},)"
          R"("id":{"type":"string"},"version":{"type":"integer","minimum":1}}},)" +
          answer_shapes() + "}}");
  return out;
}

}  // namespace anlan::edge
