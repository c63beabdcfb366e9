#pragma once
// Stream "node/ID", written by the node that admitted it: its parent, or itself at the top.

#include <variant>

#include "base/fields.h"
#include "base/time.h"
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

// Stream "history/ID", written by the node itself: its store was built anew from a backup and from what its neighbours
// had seen. Its numbers behind `agreed` and before `resumed_at` are those of a history that was lost.
struct Resumed {
  static constexpr std::string_view kType = "node.resumed";
  // `again`: facts that had been recorded since the backup and come after this one.
  std::int64_t agreed = 0, resumed_at = 0, again = 0;
  static constexpr auto fields = std::tuple{field("agreed", &Resumed::agreed),
                                            field("resumed_at", &Resumed::resumed_at), field("again", &Resumed::again)};
};

using HistoryFact = std::variant<Resumed>;

// Stream "aside/ID", which stays on the node: a fact recorded since the backup that no longer follows from what is
// there with the lost history in it. `stream` as it would have been.
struct SetAside {
  static constexpr std::string_view kType = "node.set_aside";
  std::string type, stream, actor;
  Instant recorded_at;
  std::string body;
  static constexpr auto fields =
      std::tuple{field("type", &SetAside::type), field("stream", &SetAside::stream), field("actor", &SetAside::actor),
                 field("recorded_at", &SetAside::recorded_at), field("body", &SetAside::body, 1 << 20)};
};

}  // namespace anlan::node
