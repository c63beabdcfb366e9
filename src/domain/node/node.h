#pragma once
// The rules of the register of nodes: a tree that grows at its leaves.

#include "base/refusal.h"
#include "domain/node/facts.h"

namespace anlan::node {

// `id`: the end of the fact's stream.
void apply(Nodes&, const std::string& id, const Fact&);
// Whether what `by` has recorded can be the next fact of the stream; `first`: nothing is there yet. Who registers a
// node is its parent or stands above it, so that they stay a tree.
bool fits(const Nodes&, const std::string& id, const Fact&, const std::string& by, bool first);

// The target is the id. By the parent, when a new node has shown its one-time code; by the top for itself.
struct Register {
  static constexpr std::string_view kName = "node.register";
  std::string name;
  std::optional<std::string> parent;
  std::string public_key;
  static constexpr auto fields = std::tuple{field("name", &Register::name, 60), field("parent", &Register::parent, 40),
                                            field("public_key", &Register::public_key, 1000)};
};
struct Revoke {
  static constexpr std::string_view kName = "node.revoke";
  std::int64_t last_sequence = 0;
  std::string reason;
  static constexpr auto fields =
      std::tuple{field("last_sequence", &Revoke::last_sequence), field("reason", &Revoke::reason, 500)};
};

// Nodes below one that has a node above it, over all levels, revoked ones among them: a city's county with its towns
// has some thirty.
inline constexpr std::size_t kMostBelow = 500;
// Of what others have registered: several that do not hear each other may have come to that number at once.
inline constexpr std::size_t kMostBelowFromAfar = 2 * kMostBelow;

using Facts = Outcome<std::vector<Fact>>;

// An id is never given twice (node.exists); it stands in names of streams (node.bad_id). A parent must be known
// (node.unknown), one node alone has none (node.second_top), and kMostBelow are below one (node.too_many_below).
Facts decide(const Nodes&, const Register&, const std::string& id);
// Once; an earlier sequence may follow when more is known (node.revoked for a later one).
Facts decide(const Nodes&, const Revoke&, const std::string& id);

}  // namespace anlan::node
