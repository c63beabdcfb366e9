#include "policy/timers.h"

#include <algorithm>
#include <map>

#include "state/stored.h"

namespace anlan::policy {

namespace {

// Of the node itself.
template <class Command>
command::Envelope on(const std::string& target, const std::string& world, Command command) {
  command::Envelope out;
  out.actor.account = "system";
  out.world = world;
  out.target = target;
  out.command = std::move(command);
  return out;
}

}  // namespace

std::vector<command::Envelope> due_commands(sql::Connection& sql, Instant now) {
  std::vector<command::Envelope> commands;
  for (const auto& speaking : view::speaking_clocks(sql, now))
    commands.push_back(on(speaking.id, speaking.world, command::Tick{}));
  for (const auto& overdue : view::overdue_warnings(sql, now))
    commands.push_back(on(overdue.id, overdue.world, command::Expire{}));
  for (const auto& due : view::due_callouts(sql, now)) commands.push_back(on(due.id, due.world, command::Escalate{}));
  return commands;
}

// Each warning is read once, whether a rule wants calls or not; most colours want none.
std::vector<command::Envelope> callouts_to_begin(sql::Connection& sql, const state::Directory& directory,
                                                 const warning::Rules& rules, const std::string& self, Instant now) {
  std::vector<command::Envelope> commands;
  std::map<std::string, bool> asked;  // of warnings: whether a rule wants calls
  for (const auto& wanted : view::wanted_callouts(sql, now)) {
    const auto* organisation = directory.organisations.organisation(wanted.organisation);
    if (!organisation || !organisation->active || organisation->node != self) continue;
    const auto [found, first] = asked.try_emplace(wanted.warning, false);
    if (first) {
      const auto w = state::replay<warning::Warning>(sql, wanted.warning);
      found->second = w.in_force() && rules.callout(w.in_force()->content, now);
    }
    if (found->second || wanted.calling)
      commands.push_back(on(wanted.warning, wanted.world, command::BeginCallout{wanted.organisation}));
  }
  return commands;
}

std::vector<command::Envelope> expired_sessions(const state::Directory& directory, Instant now) {
  std::vector<command::Envelope> commands;
  for (const auto& [name, account] : directory.accounts)
    for (const auto& [id, session] : account.sessions) {
      if (now < session.expires) continue;
      commands.push_back(on(name, std::string(command::kReal), command::SignOut{id, "expired"}));
    }
  return commands;
}

std::optional<Instant> next_due(sql::Connection& sql) {
  std::optional<Instant> next;
  for (const auto& moment : {view::next_clock(sql), view::next_expiry(sql), view::next_callout(sql)})
    if (moment) next = next ? std::min(*next, *moment) : *moment;
  return next;
}

}  // namespace anlan::policy
