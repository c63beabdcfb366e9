#pragma once
// Looking over many streams at once.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "journal/journal.h"

namespace anlan::journal {

// How others name the connection without reaching into the platform.
using sql_connection = sql::Connection;

// Names of the streams that begin with `prefix` and have facts, in order.
std::vector<std::string> streams_under(sql_connection&, std::string_view prefix);

// Those of them that have a fact recorded after the moment.
std::vector<std::string> streams_changed(sql_connection&, std::string_view prefix, Instant since);

// The version of a stream, 0 where it has no facts.
std::int64_t version_of(sql_connection&, std::string_view stream);

// The greatest name of a stream under `prefix` that was begun in `world`.
std::optional<std::string> last_stream_under(sql_connection&, std::string_view prefix, std::string_view world);

}  // namespace anlan::journal
