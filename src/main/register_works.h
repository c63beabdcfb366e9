#pragma once
// What `anlan revoke` and `anlan place` ask of a process that serves.

#include "edge/peer/ground.h"
#include "main/file_desk.h"

namespace anlan {

// "node.revoke" and "organisation.place", done as by the node itself: whoever may write into its folder may do them.
// Of what was revoked the answer tells the number at which the key ends (`position`) and the organisations that work
// here from then on. Doing either twice is safe: a second revocation is refused, a second placing does nothing.
// The ground outlives them.
std::map<std::string, FileDesk::Work> register_works(edge::peer::Ground&);

}  // namespace anlan
