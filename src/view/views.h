#pragma once
// Every view of a node: one line adds one.

#include <memory>
#include <vector>

#include "journal/journal.h"

namespace anlan::view {

// In the order in which they see a fact.
// Their order matters where one asks another. The caller keeps them as long as the store is open.
std::vector<std::unique_ptr<journal::Projection>> all_views();
// As those take them who only use them.
std::vector<journal::Projection*> pointers(const std::vector<std::unique_ptr<journal::Projection>>&);

}  // namespace anlan::view
