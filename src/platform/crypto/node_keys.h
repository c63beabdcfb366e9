#pragma once
// The files in a node's `keys/`: the master key of its vault, and its SM2 pair.

#include <optional>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/sm2.h"

namespace anlan::crypto {

struct NodeKeys {
  Key master;
  Sm2KeyPair pair;
};

// The first file that `directory` lacks. Half of the keys is worth as little as none.
std::optional<std::string> missing_key(const std::string& directory);

// Fails where a file is missing, is no key or may be read by others.
Result<NodeKeys> load_keys(const std::string& directory);

// Reads the keys in `directory`; where it does not exist, makes it (mode 0700) with new ones in it (mode 0600), on the
// disk when this returns; only for a node that holds no facts yet: a new master key beside an old vault would make its
// entries unreadable for good.
Result<NodeKeys> load_or_create_keys(const std::string& directory, Random&);

}  // namespace anlan::crypto
