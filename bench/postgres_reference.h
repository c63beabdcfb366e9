#pragma once
// What a PostgreSQL server and bare libpq can do at most: the figures that ours are set beside.

#include "reference.h"

namespace anlan::bench {

// As bare_group_commit, in a new schema of the database: prepared statements in pipeline mode, one journey a
// transaction. Removes the schema.
GroupCommit bare_pipeline(const std::string& url, const Row& row, int batch, std::chrono::milliseconds duration);

// Seconds that a bare COPY takes to bring the rows of `SELECT * FROM fact` of the store into a new table without
// indices, all in one transaction; `rows` of them were taken. Removes the table.
double bare_copy_seconds(const std::string& store, const std::string& url, std::int64_t& rows);

}  // namespace anlan::bench
