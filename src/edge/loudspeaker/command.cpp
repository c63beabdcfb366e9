#include "edge/loudspeaker/command.h"

#include <algorithm>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "platform/crypto/hmac.h"

namespace anlan::edge {
namespace {

constexpr std::size_t kMostBytes = 65'536, kSignature = 64;

std::string with_signature(const std::string& text, std::string_view secret) {
  return crypto::to_hex(crypto::hmac_sha256(secret, text)) + "\n" + text;
}

// What is signed, where it is by who knows the secret.
std::optional<std::string_view> proved(std::string_view payload, std::string_view secret) {
  if (payload.size() > kMostBytes || payload.size() <= kSignature || payload[kSignature] != '\n') return std::nullopt;
  const auto text = payload.substr(kSignature + 1);
  const auto found = crypto::from_hex(payload.substr(0, kSignature));
  if (!found || !crypto::equal_in_constant_time(*found, crypto::hmac_sha256(secret, text))) return std::nullopt;
  return text;
}

template <class T>
std::optional<T> read(std::string_view text, std::string_view kind) {
  auto value = json::from_text<T>(text, json::Unknown::kPassedOver);
  if (!value.ok() || value->kind != kind) return std::nullopt;
  return std::move(*value);
}

}  // namespace

std::string signed_text(const Command& command, std::string_view secret) {
  return with_signature(json::to_text(command), secret);
}

std::string signed_text(const Answer& answer, std::string_view secret) {
  return with_signature(json::to_text(answer), secret);
}

std::optional<Answer> proved_answer(std::string_view payload, std::string_view secret) {
  const auto text = proved(payload, secret);
  return text ? read<Answer>(*text, "answer") : std::nullopt;
}

// The signature first: nothing else of a payload is looked at before it.
Judged judge(std::string_view payload, std::string_view device, std::string_view secret, Instant now,
             DeviceMemory& memory) {
  const auto text = proved(payload, secret);
  if (!text) return {Judgement::kForged};
  const auto command = read<Command>(*text, "command");
  if (!command) return {Judgement::kMalformed};
  if (command->device != device) return {Judgement::kNotMine, *command};
  const bool known = std::ranges::find(memory.keys, command->key) != memory.keys.end();
  if (command->number <= memory.number) return {Judgement::kReplayed, *command, known ? "played" : "replayed"};
  if (command->expires <= now) return {Judgement::kExpired, *command, "expired"};
  if (known) return {Judgement::kRepeated, *command, "played"};
  memory.number = command->number;
  if (memory.keys.size() == kKeys) memory.keys.erase(memory.keys.begin());
  memory.keys.push_back(command->key);
  return {Judgement::kPlay, *command, "played"};
}

}  // namespace anlan::edge
