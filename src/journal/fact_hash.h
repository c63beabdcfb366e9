#pragma once
// The byte encoding under the chain: what it says here can never change, only be joined by another form under another
// first word. docs/journal-format.md, "The hash".

#include <span>
#include <string_view>

#include "journal/fact.h"
#include "journal/journal.h"

namespace anlan::journal {

// Hash of everything in the fact but `hash`.
Hash hash_of(const Fact&);

// Check value of a stored answer.
Hash hash_of(std::string_view actor, std::string_view key, const Answer&);

// The hash in a column; one of another length is equal to none.
Hash hash_in(std::span<const std::byte> column);

}  // namespace anlan::journal
