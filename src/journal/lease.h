#pragma once
// Work that one of several processes on a store does at a time (docs/decisions/0015).
//
// No clocks of different machines are compared: a holder raises a beat, and whoever wants the work takes it over once
// it has seen the same beat for long enough by its own looking. The fence rises with every holder. Commands of the work
// bear it and are refused, in the transaction that would append them, when it is no longer the present one. So a holder
// that stood still for longer than its term, and does not know it, does no harm.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "platform/sql/sql.h"

namespace anlan::journal {

// What the commands of a work bear.
struct Fence {
  std::string work;
  std::int64_t number = 0;
  friend bool operator==(const Fence&, const Fence&) = default;
};

struct Lease {
  std::string holder;                // a process; empty where it was given back
  std::int64_t fence = 0, beat = 0;  // fence 0: nobody has held it yet
  friend bool operator==(const Lease&, const Lease&) = default;
};

// As it stands.
Lease lease_of(sql::Connection&, std::string_view work);
// Within a writing transaction that has read it.
void keep_lease(sql::Connection&, std::string_view work, const Lease&);

// The lease after `process` has looked at it: with another beat where it is its own; its own, behind a higher fence,
// where nobody holds it or the holder is `silent`; otherwise as it was.
Lease tended(const Lease&, const std::string& process, bool silent);

// Whether some process sees to the work: between two looks, with `pause` between them, it was tended.
bool is_tended(sql::Connection&, std::string_view work, const std::function<void()>& pause);

// Whether the fence is still the present one.
bool stands(sql::Connection&, const Fence&);

}  // namespace anlan::journal
