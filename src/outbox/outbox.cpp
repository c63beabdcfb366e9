#include "outbox/outbox.h"

#include "base/result.h"
#include "outbox/schema.h"
#include "outbox/transaction.h"

namespace anlan::outbox {
namespace {

std::string store_of(World world) { return world == World::kReal ? "outbox" : "drill"; }

}  // namespace

std::string_view name_of(State state) {
  static constexpr std::string_view kNames[] = {"ready",  "waiting",   "in_flight", "accepted", "delivered",
                                                "failed", "uncertain", "cancelled", "expired",  "passed_on"};
  return kNames[static_cast<std::size_t>(state)];
}

Outbox::Outbox(const std::string& where, World world)
    : Outbox(world, [=] { return sql::open_beside(where, store_of(world), sql::Access::kWrite); }) {}

Outbox::Outbox(World world, Opening opening) : world_(world), opening_(std::move(opening)) {
  Transaction transaction(*this);
  create_tables(transaction.connection(), store_of(world_));
  transaction.commit();
}

// After a server went away the next call finds another, and tables that stand already.
sql::Connection& Outbox::connection() {
  if (!connection_ || connection_->lost()) connection_ = opening_();
  return *connection_;
}

void Outbox::note_line(const std::string& channel, Instant down_until) {
  const std::lock_guard lock(lines_mutex_);
  down_until_[channel] = down_until;
}

void Outbox::forget_line(const std::string& channel) {
  const std::lock_guard lock(lines_mutex_);
  down_until_.erase(channel);
}

std::set<std::string> Outbox::lines_up(Instant now) const {
  const std::lock_guard lock(lines_mutex_);
  std::set<std::string> up;
  for (const auto& [channel, until] : down_until_)
    if (until <= now) up.insert(channel);
  return up;
}

std::unique_ptr<sql::Connection> open_reading(const std::string& where, World world) {
  return sql::open_beside(where, store_of(world), sql::Access::kRead);
}

}  // namespace anlan::outbox
