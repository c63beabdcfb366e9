#pragma once
// Whom a warning would reach.

#include <cstdint>
#include <string>

#include "domain/warning/types.h"

namespace anlan::command {

// The contacts of the node. Asked on the writer's thread while it decides, and on others for those who compose, so that
// it must be thread safe and answer within a millisecond or so; outlives whoever asks.
class Recipients {
 public:
  virtual ~Recipients() = default;
  // How many people in the area and among the audience belong to the organisation's divisions, each once.
  virtual std::int64_t count(const warning::Content&, const std::string& organisation) const = 0;
};

}  // namespace anlan::command
