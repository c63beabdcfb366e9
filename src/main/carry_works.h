#pragma once
// What `anlan carry` asks of a process that serves.

#include "edge/peer/ground.h"
#include "main/file_desk.h"

namespace anlan {

// "carry.out" and "carry.in". The ground outlives them.
std::map<std::string, FileDesk::Work> carry_works(edge::peer::Ground&);

}  // namespace anlan
