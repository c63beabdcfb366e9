#pragma once
// The keys of a node and the facts that were sealed under them belong together.

#include <optional>

#include "base/texts.h"
#include "main/configuration.h"
#include "platform/crypto/node_keys.h"

namespace anlan {

// Why a node cannot work with the keys it finds. `code`: text "cli.said.CODE".
// no_keys: the folder is gone and the store is not empty; a backup was restored without it, or a process of a shared
// store has not got it yet. no_key_file: the folder is there and a file of it is not. foreign_keys: the store was begun
// with other keys.
struct KeyFault {
  std::string code;
  Texts::Values values;
};

// Makes no keys; looks at the store where there is one. Fails where that or a key cannot be read.
Result<std::optional<KeyFault>> fault_of_keys(const Configuration&, const Clock&);

// Made where the node is new. Never beside facts: what was sealed could not be read under other keys, and signatures
// would be of another node.
Result<crypto::NodeKeys> keys_of(const Configuration&, const Clock&, Random&);

}  // namespace anlan
