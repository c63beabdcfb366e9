#include "desk.h"

#include <algorithm>
#include <utility>

#include "load.h"
#include "platform/http/client.h"

namespace anlan::bench {
namespace {

constexpr std::string_view kIncidents = "/api/v1/incidents";
constexpr std::string_view kJson = "Content-Type: application/json\r\n";

}  // namespace

std::string member(std::string_view answer, std::string_view name) {
  const std::string start = "\"" + std::string(name) + "\":";
  const auto at = answer.find(start);
  if (at == answer.npos) return {};
  const auto value = answer.substr(at + start.size());
  if (!value.starts_with('"')) return std::string(value.substr(0, value.find_first_of(",}")));
  return std::string(value.substr(1, value.find('"', 1) - 1));
}

Result<Desk> Desk::sign_in(std::uint16_t port, const std::string& account, const std::string& password) {
  http::Client client("127.0.0.1", port);
  const auto answer =
      client.post("/api/v1/session", R"({"account":")" + account + R"(","password":")" + password + R"("})",
                  {{"Content-Type", "application/json"}});
  if (!answer.ok()) return answer.error();
  const auto cookie = answer->headers.get("Set-Cookie");
  if (answer->status != 201 || !cookie) return Failure{answer->body};
  return Desk("Cookie: " + std::string(cookie->substr(0, cookie->find(';'))) + "\r\n");
}

std::string Desk::command(std::string_view target, std::string_view body, std::string_view key) const {
  std::string headers = cookie_;
  headers.append(kJson).append("Idempotency-Key: ").append(key).append("\r\n");
  return request_text("POST", target, body, headers);
}

std::string Desk::get(std::string_view target) const { return request_text("GET", target, {}, cookie_); }

std::string Desk::take_down(std::string_view key) const {
  std::string body = R"({"type":"12H00","division":"370703","summary":"演练数据 )";
  body.append(key).append(R"(","address":"民主街与四平路路口","caller_phone":"13800000000"})");
  return command(kIncidents, body, key);
}

std::string Desk::note(const std::string& incident, std::string_view text, std::string_view key) const {
  std::string body = R"({"text":")";
  body.append(text).append("\"}");
  return command(std::string(kIncidents) + "/" + incident + "/notes", body, key);
}

Result<std::vector<std::string>> Desk::open_incidents(std::uint16_t port, int count) const {
  std::vector<std::string> ids;
  std::string refused;
  int sent = 0;
  run_load({.port = port,
            .clients = static_cast<std::size_t>(std::min(count, 16)),
            .duration = std::chrono::minutes(1),
            .next = [&](std::size_t) { return sent < count ? take_down("open-" + std::to_string(++sent)) : ""; },
            .answered =
                [&](std::size_t, const Answer& a) {
                  a.status == 201 ? void(ids.push_back(member(a.body, "id"))) : void(refused = a.body);
                }});
  if (ids.size() != static_cast<std::size_t>(count)) return Failure{"not every incident was opened: " + refused};
  return ids;
}

}  // namespace anlan::bench
