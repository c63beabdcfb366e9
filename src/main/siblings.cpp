#include "main/siblings.h"

#include "journal/presence.h"

namespace anlan {
namespace {

// Sessions have ended long before, and buckets are full again.
constexpr std::chrono::days kUsedKept{2};
constexpr Minutes kSpentKept{30};

}  // namespace

Siblings::Siblings(std::string where, std::string work, std::string process)
    : where_(std::move(where)), work_(std::move(work)), process_(std::move(process)), steps_(kStepsPerLook - 1) {}

Siblings::~Siblings() { give_back(); }

template <class Work>
bool Siblings::transact(Work work) {
  try {
    if (!sql_) sql_ = sql::open(where_, sql::Access::kWrite);
    sql_->begin();
    work(*sql_);
    sql_->commit();
    return true;
  } catch (const sql::ConnectionLost&) {
    sql_.reset();
    return false;
  }
}

// What was seen is compared again under the store's lock before anything is taken.
void Siblings::look() {
  const bool mine = seen_.holder == process_;
  const bool silent = unchanged_ >= kSilentLooks;
  const bool answered = transact([&](sql::Connection& sql) {
    const auto now = journal::lease_of(sql, work_);
    const auto after = journal::tended(now, process_, silent && now == seen_);
    if (after != now) journal::keep_lease(sql, work_, after);
    unchanged_ = after == seen_ ? unchanged_ + 1 : 0;
    seen_ = after;
  });
  unanswered_ = answered ? 0 : unanswered_ + 1;
  // Others may have it by now; those who could tell are out of reach.
  if (mine && unanswered_ >= kSilentLooks) seen_ = {};
}

std::optional<journal::Fence> Siblings::tend() {
  if (++steps_ >= kStepsPerLook) {
    steps_ = 0;
    look();
  }
  if (seen_.holder != process_) return std::nullopt;
  return journal::Fence{work_, seen_.fence};
}

void Siblings::tell_used(const std::vector<std::pair<std::string, Instant>>& used) {
  if (!used.empty()) transact([&](sql::Connection& sql) { journal::keep_used(sql, used); });
}

std::vector<std::pair<std::string, double>> Siblings::share_spent(
    const std::vector<std::pair<std::string, double>>& here, Instant now) {
  std::vector<journal::Spent> all;
  const bool answered = transact([&](sql::Connection& sql) {
    for (const auto& [asker, tokens] : here) journal::keep_spent(sql, {process_, asker, spent_[asker] += tokens}, now);
    all = journal::spent_elsewhere(sql, process_);
  });
  if (!answered) return {};
  std::vector<std::pair<std::string, double>> fresh;
  std::map<std::pair<std::string, std::string>, double> seen;
  for (const auto& [process, asker, tokens] : all) {
    seen[{process, asker}] = tokens;
    const auto before = elsewhere_.find({process, asker});
    const double more = before == elsewhere_.end() || before->second > tokens ? tokens : tokens - before->second;
    if (knows_elsewhere_ && more > 0) fresh.emplace_back(asker, more);
  }
  elsewhere_ = std::move(seen);
  knows_elsewhere_ = true;
  return fresh;
}

void Siblings::forget(Instant now) {
  transact([&](sql::Connection& sql) {
    journal::forget_used(sql, now - kUsedKept);
    journal::forget_spent(sql, now - kSpentKept);
  });
}

void Siblings::give_back() {
  if (seen_.holder != process_) return;
  transact([&](sql::Connection& sql) {
    auto now = journal::lease_of(sql, work_);
    if (now.holder != process_) return;
    now.holder.clear();
    journal::keep_lease(sql, work_, now);
  });
}

}  // namespace anlan
