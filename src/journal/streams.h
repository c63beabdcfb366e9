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

// The first text after every text that begins with `prefix`, which is not empty.
std::string after_prefix(std::string_view prefix);

// Names of the streams that begin with `prefix` and have facts, in order.
std::vector<std::string> streams_under(sql_connection&, std::string_view prefix);

// Those of them that have a fact recorded after the moment.
std::vector<std::string> streams_changed(sql_connection&, std::string_view prefix, Instant since);

// The version of a stream, 0 where it has no facts.
std::int64_t version_of(sql_connection&, std::string_view stream);

// The first fact of each stream that begins with `prefix` and whose name is not less than `from`, in order of the
// names.
std::vector<Fact> first_facts(sql_connection&, std::string_view from, std::string_view prefix);

}  // namespace anlan::journal
