#pragma once
// The keys of a node and the facts that were sealed under them belong together.

#include "main/configuration.h"
#include "platform/crypto/node_keys.h"

namespace anlan {

// The folder of the node's keys is gone and its store is not empty: a backup was restored without them, or a process of
// a shared store has not got them yet. Fails where the store cannot be read.
Result<bool> keys_are_missing(const Configuration&, const Clock&);

// Made where the node is new. Never beside facts: what was sealed could not be read under other keys, and signatures
// would be of another node.
Result<crypto::NodeKeys> keys_of(const Configuration&, const Clock&, Random&);

}  // namespace anlan
