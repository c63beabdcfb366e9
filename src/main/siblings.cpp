#include "main/siblings.h"

#include <utility>

#include "journal/vault.h"

namespace anlan {
namespace {

// Sessions have ended long before, and buckets are full again.
constexpr std::chrono::days kUsedKept{2};
constexpr Minutes kSpentKept{30};
constexpr int kLooksPerForgetting = 15, kLooksPerSweep = 3600, kLooksPerScrub = 5;

}  // namespace

Siblings::Siblings(std::string where, std::string work, std::string process)
    : where_(std::move(where)), work_(std::move(work)), process_(std::move(process)) {}

Siblings::~Siblings() { give_back(); }

template <class Work>
bool Siblings::attempt(Work work) {
  try {
    if (!sql_) sql_ = sql::open(where_, sql::Access::kWrite);
    work(*sql_);
    return true;
  } catch (const sql::Error&) {  // the server went away, or would not do it now
    sql_.reset();
    return false;
  }
}

void Siblings::note(const Told& told, Instant now) {
  std::erase_if(spent_, [&](const auto& of) { return of.second.at < now - kSpentKept && !untold_.contains(of.first); });
  for (const auto& [asker, tokens] : told.spent) {
    auto& burden = spent_[asker];
    burden = {burden.tokens + tokens, now};
    untold_.insert(asker);
  }
  for (const auto& [session, at] : told.used) used_[session] = at;
}

journal::Lease Siblings::tended(const journal::Lease& held) const {
  return journal::tended(held, process_, unchanged_ >= kSilentLooks && held == seen_);
}

// What was seen without the lock is looked at again under it before anything is taken.
Siblings::Heard Siblings::look(const Told& told, Instant now) {
  note(told, now);
  const bool mine = seen_.holder == process_;
  journal::Lease after;
  std::vector<journal::Spent> all;
  const bool answered = attempt([&](sql::Connection& sql) {
    bool writes = mine || !untold_.empty() || !used_.empty();
    if (!writes) {
      after = journal::lease_of(sql, work_);
      writes = tended(after) != after;
    }
    if (writes) {
      sql.begin();
      const auto held = journal::lease_of(sql, work_);
      after = tended(held);
      if (after != held) journal::keep_lease(sql, work_, after);
      tell(sql, now);
      if (after.holder == process_ && held_ % kLooksPerForgetting == 0) forget(sql, now);
    }
    all = journal::spent_elsewhere(sql, process_);
    if (writes) sql.commit();
    if (after.holder == process_ && held_ % kLooksPerSweep == 0) sql.forget_view_databases();
  });
  unanswered_ = answered ? 0 : unanswered_ + 1;
  Heard heard;
  if (answered) {
    unchanged_ = after == seen_ ? unchanged_ + 1 : 0;
    seen_ = after;
    untold_.clear();
    used_.clear();
    heard.spent = fresh(all);
  } else if (mine && unanswered_ >= kSilentLooks) {
    seen_ = {};  // others may have it by now; those who could tell are out of reach
  }
  if (seen_.holder != process_) return heard;
  if (held_ % kLooksPerScrub == 0)
    if (const auto before = std::exchange(hindered_, scrub()); hindered_ != before) heard.hindered = hindered_;
  ++held_;
  heard.fence = journal::Fence{work_, seen_.fence};
  return heard;
}

void Siblings::tell(sql::Connection& sql, Instant now) {
  for (const auto& asker : untold_) journal::keep_spent(sql, {process_, asker, spent_[asker].tokens}, now);
  journal::keep_used(sql, {used_.begin(), used_.end()});
}

void Siblings::forget(sql::Connection& sql, Instant now) {
  journal::forget_used(sql, now - kUsedKept);
  journal::forget_spent(sql, now - kSpentKept);
}

// Of what all processes have told, what is new since the last look.
std::vector<std::pair<std::string, double>> Siblings::fresh(const std::vector<journal::Spent>& all) {
  std::vector<std::pair<std::string, double>> result;
  std::map<std::pair<std::string, std::string>, double> seen;
  for (const auto& [process, asker, tokens] : all) {
    seen[{process, asker}] = tokens;
    const auto before = elsewhere_.find({process, asker});
    const double more = before == elsewhere_.end() || before->second > tokens ? tokens : tokens - before->second;
    if (knows_elsewhere_ && more > 0) result.emplace_back(asker, more);
  }
  elsewhere_ = std::move(seen);
  knows_elsewhere_ = true;
  return result;
}

std::string Siblings::scrub() {
  if (!sql_) return {};
  try {
    journal::scrub(*sql_);
    return {};
  } catch (const sql::Error& error) {
    sql_.reset();
    return error.what();
  }
}

void Siblings::give_back() {
  if (seen_.holder != process_) return;
  attempt([&](sql::Connection& sql) {
    sql.begin();
    auto now = journal::lease_of(sql, work_);
    const bool mine = now.holder == process_;
    now.holder.clear();
    if (mine) journal::keep_lease(sql, work_, now);
    sql.commit();
  });
}

}  // namespace anlan
