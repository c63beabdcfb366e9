#include "policy/timers.h"

#include <algorithm>

namespace anlan::policy {

std::vector<command::Envelope> due_commands(sql::Connection& sql, Instant now) {
  std::vector<command::Envelope> commands;
  for (const auto& speaking : view::speaking_clocks(sql, now)) {
    command::Envelope tick;
    tick.actor.account = "system";
    tick.world = speaking.world;
    tick.target = speaking.id;
    tick.command = command::Tick{};
    commands.push_back(std::move(tick));
  }
  for (const auto& overdue : view::overdue_warnings(sql, now)) {
    command::Envelope expire;
    expire.actor.account = "system";
    expire.world = overdue.world;
    expire.target = overdue.id;
    expire.command = command::Expire{};
    commands.push_back(std::move(expire));
  }
  return commands;
}

std::vector<command::Envelope> expired_sessions(const state::Directory& directory, Instant now) {
  std::vector<command::Envelope> commands;
  for (const auto& [name, account] : directory.accounts)
    for (const auto& [id, session] : account.sessions) {
      if (now < session.expires) continue;
      command::Envelope out;
      out.actor.account = "system";
      out.target = name;
      out.command = command::SignOut{id, "expired"};
      commands.push_back(std::move(out));
    }
  return commands;
}

std::optional<Instant> next_due(sql::Connection& sql) {
  const auto clock = view::next_clock(sql), expiry = view::next_expiry(sql);
  return clock && expiry ? std::min(*clock, *expiry) : clock ? clock : expiry;
}

}  // namespace anlan::policy
