#pragma once
// The lines of a node to others: the side that is dialled, and the one that dials.

#include <atomic>
#include <memory>
#include <string>

#include "command/executor.h"
#include "edge/peer/gate.h"
#include "edge/peer/link.h"
#include "main/configuration.h"
#include "main/line_files.h"
#include "platform/crypto/node_keys.h"
#include "platform/http/server.h"

namespace anlan {

class Peers {
 public:
  // Null where the node neither listens for others nor has joined one. Reads and makes files; nothing is dialled yet.
  static Result<std::unique_ptr<Peers>> open(const Configuration&, const crypto::NodeKeys&);
  ~Peers();

  const federation::Self& self() const { return self_; }
  const std::vector<view::ScopeRule>& scope() const { return scope_; }
  // As the parent told it when this node joined.
  std::optional<std::string> told_key_of(const std::string& node) const;

  // Before anything is served: the topmost node registers itself.
  Result<Done> register_top(command::Executor&, const state::Directory&, const Configuration&) const;
  // Listens and dials. What it is given outlives it.
  Result<Done> begin(edge::peer::Ground&, const Configuration&);
  // Whether it is this process that dials; no, to begin with. Thread safe, as the next.
  void dials(bool now) { dials_ = now; }
  void nudge();
  // Nothing more is dialled or taken; before the position stops to move.
  void end_lines();
  // Where it listens; 0 where it does not.
  std::uint16_t port() const { return port_; }

 private:
  Peers(const Configuration&, const crypto::NodeKeys&, LineCertificate, std::optional<edge::peer::Parent>);

  const federation::Self self_;
  const LineCertificate certificate_;
  const std::optional<edge::peer::Parent> parent_;
  std::vector<view::ScopeRule> scope_;
  edge::peer::Invitations invitations_;
  std::atomic<bool> dials_ = false;
  std::unique_ptr<edge::peer::Gate> gate_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<edge::peer::Link> link_;
  std::uint16_t port_ = 0;
};

}  // namespace anlan
