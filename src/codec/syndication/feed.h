#pragma once
// Feeds of alerts: Atom (RFC 4287) and RSS 2.0, as far as where each entry's alert lies.
//
// Pure and thread safe; read piece by piece, so that memory is that of the entries. Nothing that a feed names is looked
// for, and a DOCTYPE ends the reading.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anlan::syndication {

inline constexpr std::size_t kMostEntries = 5000;

// `mark` changes when the entry does: its id and the moment of its last change. `link`: of its alert, as CAP where the
// feed says which of several is, complete.
struct Entry {
  std::string mark, link;
};

struct Feed {
  std::vector<Entry> entries;  // those with a link of http or https, at most kMostEntries, in the feed's order
  bool more = false;           // there were more
};

// Nothing where the bytes are neither, or break off: who reads half a feed would think the rest withdrawn. `base`:
// where it was found.
std::optional<Feed> read(std::string_view bytes, const std::string& base);

}  // namespace anlan::syndication
