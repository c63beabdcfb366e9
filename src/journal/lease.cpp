#include "journal/lease.h"

namespace anlan::journal {

Lease lease_of(sql::Connection& sql, std::string_view work) {
  auto& row = sql.prepare("SELECT holder, fence, beat FROM lease WHERE work = ?");
  row.bind(work);
  if (!row.step()) return {};
  Lease lease{std::string(row.text(0)), row.integer(1), row.integer(2)};
  row.reset();
  return lease;
}

void keep_lease(sql::Connection& sql, std::string_view work, const Lease& lease) {
  sql.prepare(
         "INSERT INTO lease (work, holder, fence, beat) VALUES (?, ?, ?, ?) ON CONFLICT (work) DO UPDATE SET "
         "holder = excluded.holder, fence = excluded.fence, beat = excluded.beat")
      .bind(work)
      .bind(lease.holder)
      .bind(lease.fence)
      .bind(lease.beat)
      .run();
}

Lease tended(const Lease& lease, const std::string& process, bool silent) {
  if (lease.holder == process) return {process, lease.fence, lease.beat + 1};
  if (lease.holder.empty() || silent) return {process, lease.fence + 1, 0};
  return lease;
}

bool is_tended(sql::Connection& sql, std::string_view work, const std::function<void()>& pause) {
  const auto look = [&] {
    sql.begin();
    const Lease lease = lease_of(sql, work);
    sql.rollback();
    return lease;
  };
  const Lease before = look();
  pause();
  return look() != before;
}

bool stands(sql::Connection& sql, const Fence& fence) { return lease_of(sql, fence.work).fence == fence.number; }

}  // namespace anlan::journal
