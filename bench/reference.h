#pragma once
// What the disk and bare SQLite can do at most: the figures that ours are set beside.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace anlan::bench {

// Latencies in milliseconds, ascending; of 4 KiB appended to a file in `directory` and synced, `times` times.
std::vector<double> fdatasync_ms(const std::string& directory, int times);

// 0 ≤ part ≤ 1, of ascending values; 0 when there is none.
double quantile(const std::vector<double>& ascending, double part);

// What one command leaves behind: its facts, alike, the answer that is kept for it, and the rows that views and sealed
// data gain, each taken for two short texts under a key.
struct Row {
  std::string type, actor, world, body, answer;
  int facts = 1, others = 0;
};

struct GroupCommit {
  double rows_per_second = 0;     // each with all its facts
  std::vector<double> commit_ms;  // ascending
};

// Writes `row` again and again, each time under the next numbers and a new key, `batch` rows a transaction, into the
// tables of docs/journal-format.md in a new SQLite file in `directory` (WAL, synchronous=FULL): prepared statements and
// nothing else, no hash, no view. Removes the file.
GroupCommit bare_group_commit(const std::string& directory, const Row& row, int batch,
                              std::chrono::milliseconds duration);

}  // namespace anlan::bench
