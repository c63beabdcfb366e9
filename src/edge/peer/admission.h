#pragma once
// How a node becomes a child: its parent makes a code that opens the door once, whoever brings it is registered.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "edge/peer/ground.h"

namespace anlan::edge::peer {

inline constexpr std::chrono::hours kInvitationLasts{24};

// What a parent keeps of a code, as a file of its own; the secret itself is not in it.
struct Invitation {
  std::string node, name;                  // of the child
  std::vector<std::string> organisations;  // that will work on it
  Instant ends_at;
  std::string used_by;  // certificate of who was registered with it; empty: nobody yet
  static constexpr auto fields =
      std::tuple{field("node", &Invitation::node, 40), field("name", &Invitation::name, 60),
                 field("organisations", &Invitation::organisations, 1000), field("ends_at", &Invitation::ends_at),
                 field("used_by", &Invitation::used_by, 64)};
};

// What the code says: where the parent listens, how it is known, and what opens its door.
struct Code {
  std::string address;
  std::int64_t port = 0;
  std::string fingerprint, parent, node, secret;
  static constexpr auto fields = std::tuple{field("address", &Code::address, 60),
                                            field("port", &Code::port, 65535),
                                            field("fingerprint", &Code::fingerprint, 64),
                                            field("parent", &Code::parent, 40),
                                            field("node", &Code::node, 40),
                                            field("secret", &Code::secret, 64)};
};
// One word that can be copied and pasted.
std::string to_text(const Code&);
std::optional<Code> code_in(std::string_view text);

// What the child sends, and what it is answered: the keys of its parent and of those above, with which it can prove
// what comes first. The keys of all others are in what these have registered.
struct JoinRequest {
  std::string secret, node, public_key;
  static constexpr auto fields =
      std::tuple{field("secret", &JoinRequest::secret, 64), field("node", &JoinRequest::node, 40),
                 field("public_key", &JoinRequest::public_key, 1000)};
};
struct KnownNode {
  std::string id, public_key;
  static constexpr auto fields =
      std::tuple{field("id", &KnownNode::id, 40), field("public_key", &KnownNode::public_key, 1000)};
};
struct Welcome {
  std::string parent;
  std::vector<KnownNode> nodes;
  static constexpr auto fields =
      std::tuple{field("parent", &Welcome::parent, 40), field("nodes", &Welcome::nodes, 10'000)};
};

// The invitations of a node, in a folder of their own. Thread safe; `anlan invite` writes beside a running node.
class Invitations {
 public:
  explicit Invitations(std::string folder) : folder_(std::move(folder)) {}

  // Returns the secret.
  Result<std::string> make(const Invitation&, Random&) const;
  // Those that still open the door to some node: not ended, and of one that is not registered. Reads every file of the
  // folder.
  std::vector<Invitation> open(const state::Directory&, Instant now) const;
  // Those of the node open nothing from now on. With which a registered one came stays, for a child whose answer was
  // lost.
  Result<Done> withdraw(const std::string& node, const state::Directory&) const;
  // Where the secret opens it for this node: until it ends for whoever is not registered yet, and for one that is with
  // the certificate with which it came. What comes of it is the register's to say (hindrance()).
  std::optional<Invitation> opened(const JoinRequest&, const std::string& certificate, const state::Directory&,
                                   Instant now) const;
  // When the node was registered with it.
  Result<Done> note_used(const JoinRequest&, const std::string& certificate);

 private:
  std::string file_of(const std::string& secret) const;

  const std::string folder_;
  std::mutex mutex_;
};

// Why the invited node, with this key, and its organisations cannot be registered; nullopt where they can, or are
// already. Asked before any of it is done, and where nothing else is recorded in between: a node that is registered
// without its organisations could never join.
std::optional<Refusal> hindrance(const Invitation&, const std::string& public_key, const std::string& self,
                                 const state::Directory&);
// Commands that register the invited node and place its organisations; none of what was done already.
std::vector<command::Envelope> admitting(const Invitation&, const std::string& public_key, const std::string& self,
                                         const state::Directory&);

}  // namespace anlan::edge::peer
