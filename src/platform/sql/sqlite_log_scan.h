#pragma once
// SQLite takes the first frame that does not check for the end of its log, so one flipped bit would cut off every
// commit after it in silence. This looks at what lies behind the end.

#include <cstdint>
#include <string>

struct sqlite3_file;

namespace anlan::sql::sqlite {

struct LogScan {
  std::int64_t frames = 0;  // sound ones, up to the last commit
  std::string damage;       // a synced commit is damaged; empty when none is
  std::string broken_tail;  // the last transaction is broken, by damage or by a power cut; empty when whole
};

// Reads the -wal file. Throws sql::Error where it cannot be read. Nobody may write to it meanwhile.
LogScan scan_log(sqlite3_file*);

}  // namespace anlan::sql::sqlite
