#include "edge/http/route.h"

#include "codec/json_write.h"
#include "edge/http/asked.h"
#include "edge/http/command_route.h"
#include "edge/http/problem.h"
#include "platform/crypto/sm3.h"
#include "view/audience.h"

namespace anlan::edge {
namespace {

constexpr std::size_t kLongestKey = 64;

// Printable ASCII: keys stand in logs and in the journal.
bool readable(std::string_view key) {
  for (const char c : key)
    if (c <= ' ' || c > '~') return false;
  return key.size() <= kLongestKey;
}

// The request as the idempotency key stands for it: method, target and body, and the world unless it is the real one.
journal::Hash digest_of(const Call& call) {
  const http::Request& request = call.request;
  crypto::Sm3 sm3;
  sm3.update(http::name_of(request.method)).update(" ").update(request.target).update("\n").update(request.body);
  if (call.world != command::kReal) sm3.update("\n").update(call.world);
  return sm3.finish();
}

// `"7"` or `7`.
std::optional<std::int64_t> version_of(std::string_view header) {
  if (header.size() >= 2 && header.front() == '"' && header.back() == '"') header = header.substr(1, header.size() - 2);
  return position_of(header);
}

// One state of the store for the whole of an answer.
class Snapshot {
 public:
  explicit Snapshot(sql::Connection& sql) : sql_(sql) { sql_.begin(); }
  ~Snapshot() { sql_.rollback(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  sql::Connection& sql_;
};

Body ask(Services& services, const Call& call, PageFunction function) {
  const auto directory = services.directory();
  auto& sql = services.reader();
  const Snapshot snapshot(sql);
  Page question{sql,
                services.vault(),
                services.reference(),
                *directory,
                services.texts(),
                call.viewer.actor,
                call.world,
                services.clock().now(),
                view::seen(sql),
                call.request.query,
                call.arguments,
                call.viewer.session,
                services.recipients()};
  return function(question);
}

// A question changes nothing, so after a lost connection it is asked once more on a new one.
Body answered(Services& services, const Call& call, PageFunction function) {
  for (int left = 1;; --left) try {
      return ask(services, call, function);
    } catch (const sql::ConnectionLost&) {
      if (left == 0) return refuse(RefusalKind::kBusy, "node.busy");
    }
}

void submit_and_answer(Services& services, Call call, command::Envelope envelope) {
  auto shared = std::make_shared<Call>(std::move(call));
  services.submit(std::move(envelope), [&services, shared](const command::Outcome& outcome) {
    if (!outcome.ok()) return answer_refusal(services, *shared, outcome.error());
    http::Response response{outcome->status};
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "no-store");
    if (outcome->replayed) response.headers.set("Idempotency-Replayed", "true");
    response.body = outcome->body;
    shared->reply(std::move(response));
  });
}

void answer(const Call& call, int status, std::string_view type, std::string body, http::Headers headers = {}) {
  http::Response response{status, std::move(headers)};
  response.headers.set("Content-Type", std::string(type) + (type.starts_with("text/") ? "; charset=utf-8" : ""));
  response.headers.set("Cache-Control", "no-store");
  response.body = std::move(body);
  call.reply(std::move(response));
}

}  // namespace

void answer_json(const Call& call, int status, std::string body) {
  answer(call, status, "application/json", std::move(body));
}

void answer_refusal(Services& services, const Call& call, const Refusal& refusal) {
  call.reply(problem(services.texts(), call.locale, refusal));
}

Route page(std::string_view path, PageFunction function, Access access, std::vector<account::Role> roles) {
  return {.method = http::Method::kGet,
          .path = path,
          .access = access,
          .roles = std::move(roles),
          .takes_after = true,
          .handle = [function](Services& services, Call call) {
            auto body = answered(services, call, function);
            body.ok() ? answer_json(call, 200, std::move(*body)) : answer_refusal(services, call, body.error());
          }};
}

Route open_page(std::string_view path, PageFunction function, std::string_view type, http::Headers headers) {
  return {.method = http::Method::kGet,
          .path = path,
          .access = Access::kPublic,
          .answer = "string",
          .answer_type = type,
          .handle = [function, type, headers](Services& services, Call call) {
            auto body = answered(services, call, function);
            body.ok() ? answer(call, 200, type, std::move(*body), headers)
                      : answer_refusal(services, call, body.error());
          }};
}

Route asking(Route route, std::vector<Parameter> parameters) {
  route.parameters = std::move(parameters);
  return route;
}

Route answering(Route route, std::string_view shape, std::string_view type) {
  route.answer = shape;
  route.answer_type = type;
  return route;
}

Route making(Route route) {
  route.makes = true;
  return route;
}

std::optional<Refusal> key_fault(const Call& call) {
  const auto key = call.request.headers.get("Idempotency-Key");
  if (!key || key->empty() || readable(*key)) return std::nullopt;
  return refuse(RefusalKind::kMalformed, "key.malformed", "Idempotency-Key");
}

// The digest covers the target with its query: the same key for another incident is another request.
Outcome<command::Envelope> envelope_of(const Call& call, command::Command command) {
  const auto& headers = call.request.headers;
  const std::string_view key = headers.get("Idempotency-Key").value_or("");
  if (key.empty()) return refuse(RefusalKind::kMalformed, "key.missing", "Idempotency-Key");
  if (const auto no = key_fault(call)) return *no;
  command::Envelope envelope;
  envelope.actor = call.viewer.actor;
  envelope.key = key;
  envelope.digest = digest_of(call);
  envelope.world = call.world;
  if (!call.arguments.empty()) envelope.target = call.arguments.front();
  envelope.command = std::move(command);
  if (const auto expected = headers.get("If-Match")) {
    envelope.expected_version = version_of(*expected);
    if (!envelope.expected_version) return refuse(RefusalKind::kMalformed, "version.malformed", "If-Match");
  }
  return envelope;
}

void give(Services& services, Call call, command::Command command) {
  auto envelope = envelope_of(call, std::move(command));
  if (!envelope.ok()) return answer_refusal(services, call, envelope.error());
  submit_and_answer(services, std::move(call), std::move(*envelope));
}

}  // namespace anlan::edge
