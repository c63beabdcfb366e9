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

// Submits and answers with what the writer says.
void submit_and_answer(Services&, Call, command::Envelope);

// Reads the body as C, all faults at once (400), builds the envelope, submits. An empty body stands for {}.
template <class C>
void handle_command(Services& services, Call call) {
  const std::string_view body = call.request.body.empty() ? std::string_view("{}") : call.request.body;
  auto command = json::from_text<C>(body);
  if (!command.ok()) return call.reply(problem(services.texts(), call.locale, command.error()));
  auto envelope = envelope_of(call, std::move(*command));
  if (!envelope.ok()) return answer_refusal(services, call, envelope.error());
  submit_and_answer(services, std::move(call), std::move(*envelope));
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
