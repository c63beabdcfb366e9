#include "federation/health.h"

#include "codec/json_read.h"

namespace anlan::federation {
namespace {

template <class T>
std::optional<T> read(std::string_view text) {
  const auto value = json::parse(text);
  if (!value.ok()) return std::nullopt;
  json::Reader reader;
  T out{};
  reader.read(*value, out, 0);
  std::erase_if(reader.faults, [](const Refusal& fault) { return fault.code == "field.unknown"; });
  if (!reader.faults.empty()) return std::nullopt;
  return out;
}

void move(std::optional<Instant>& at, Milliseconds by) {
  if (at) *at += by;
}

void move(Statement& own, Milliseconds by) {
  own.started_at += by;
  move(own.up.since, by);
}

}  // namespace

std::optional<Health> health_in(std::string_view text) {
  if (text.size() > kMostHealthBytes) return std::nullopt;
  return read<Health>(text);
}

std::optional<Told> told_in(std::string_view text) { return read<Told>(text); }

Health by_clock_ahead(Health health, Milliseconds ahead) {
  health.sent_at += ahead;
  move(health.own, ahead);
  for (Told& told : health.below) {
    for (auto* at : {&told.contact_at, &told.heard_at, &told.said_at}) move(*at, ahead);
    if (told.down) move(told.down->since, ahead);
    if (told.own) move(*told.own, ahead);
  }
  return health;
}

}  // namespace anlan::federation
