#pragma once
// The file that a network is kept in: docs/roads-format.md.

#include <memory>
#include <string>

#include "base/refusal.h"
#include "base/time.h"
#include "geo/road/network.h"

namespace anlan::roads {

// A network and where it comes from.
// Read once at start; the network goes into road::Roads.
struct Kept {
  std::unique_ptr<const road::Network> network;
  std::string source;  // whom to name, e.g. "© OpenStreetMap contributors, ODbL"
  Instant imported_at;
};

inline constexpr std::size_t kMostSource = 4096;  // bytes of `source`

std::string to_bytes(const road::Network&, const std::string& source, Instant imported_at);
// Of bytes from anywhere; refused with code "roads.kept_broken" or "roads.kept_version".
Outcome<Kept> from_bytes(std::string_view, const std::string& file);

// The file of a node.
std::string file_of(const std::string& node_folder);

}  // namespace anlan::roads
