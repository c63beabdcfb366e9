#pragma once
// POST routes whose body is a described command.

#include "codec/json_read.h"
#include "codec/schema.h"
#include "edge/http/problem.h"
#include "edge/http/route.h"

namespace anlan::edge {

// Fills envelope members that every command has: actor, key, digest of the request, expected version, world, target.
// Refusal where the idempotency key or the expected version is missing or malformed.
Outcome<command::Envelope> envelope_of(const Call&, command::Command);

// Where an Idempotency-Key came that can be none. Looked at before the body: under such a key nothing can be sent
// again.
std::optional<Refusal> key_fault(const Call&);

// The body as T; an empty one stands for {}. Where it or the key is at fault the request is answered, all faults at
// once (400), and nothing is left to do.
template <class T>
std::optional<T> read_body(Services& services, const Call& call) {
  if (const auto no = key_fault(call)) return answer_refusal(services, call, *no), std::nullopt;
  const std::string_view text = call.request.body.empty() ? std::string_view("{}") : call.request.body;
  auto body = json::from_text<T>(text);
  if (body.ok()) return std::move(*body);
  call.reply(problem(services.texts(), call.locale, body.error()));
  return std::nullopt;
}

// Builds the envelope of a command that was read, submits it, and answers with what the writer says.
void give(Services&, Call, command::Command);

template <class C>
void handle_command(Services& services, Call call) {
  if (auto command = read_body<C>(services, call)) give(services, std::move(call), std::move(*command));
}

// A row for a command whose permission, schema and reading all follow from its description.
template <class C>
Route command_route(std::string_view path, std::size_t body_limit = kUsualBody) {
  return {.method = http::Method::kPost,
          .path = path,
          .access = Access::kCommand,
          .permission = C::kName,
          .body_limit = body_limit,
          .request_schema = json::schema<C>(),
          .handle = &handle_command<C>};
}

}  // namespace anlan::edge
