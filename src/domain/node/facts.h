#pragma once
// Stream "node/ID", written by the node that admitted it: its parent, or itself at the top.

#include <variant>

#include "base/fields.h"
#include "domain/node/types.h"

namespace anlan::node {

struct Registered {
  static constexpr std::string_view kType = "node.registered";
  std::string id, name;
  std::optional<std::string> parent;
  std::string public_key;
  static constexpr auto fields =
      std::tuple{field("id", &Registered::id), field("name", &Registered::name), field("parent", &Registered::parent),
                 field("public_key", &Registered::public_key, 1000)};
};
// The key is in other hands, or the node is gone: what it had recorded up to `last_sequence` stays true.
struct Revoked {
  static constexpr std::string_view kType = "node.revoked";
  std::int64_t last_sequence = 0;
  std::string reason;
  static constexpr auto fields =
      std::tuple{field("last_sequence", &Revoked::last_sequence), field("reason", &Revoked::reason)};
};

using Fact = std::variant<Registered, Revoked>;

}  // namespace anlan::node
