#pragma once
// What a node keeps in its directory for its lines to other nodes.

#include <optional>
#include <string>

#include "edge/peer/link.h"
#include "main/configuration.h"
#include "platform/crypto/node_keys.h"
#include "platform/http/client.h"

namespace anlan {

// The certificate with which this node dials and is dialled; made where there is none.
struct LineCertificate {
  http::Pinned files;       // whom they are for is not in it
  std::string fingerprint;  // of the certificate itself
};
Result<LineCertificate> line_certificate(const Configuration&);

// Whom the node has joined; nullopt where nobody. Fails where the file is there and cannot be read.
Result<std::optional<edge::peer::Parent>> parent_of(const Configuration&);
Result<Done> keep_parent(const Configuration&, const edge::peer::Parent&);

// The folder of the codes that were given away.
std::string invitations_of(const Configuration&);

}  // namespace anlan
