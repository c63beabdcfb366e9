#pragma once
// How far a warning came: what became of its messages, counted.

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::reach {

// The messages of one channel. Each is one person, one device, one group or one system; `failed` counts those for whom
// no other channel was left.
struct Count {
  std::string channel;
  std::int64_t sent = 0, accepted = 0, delivered = 0, failed = 0;
  static constexpr auto fields = std::tuple{field("channel", &Count::channel, 40), field("sent", &Count::sent),
                                            field("accepted", &Count::accepted), field("delivered", &Count::delivered),
                                            field("failed", &Count::failed)};
  bool operator==(const Count&) const = default;
};

}  // namespace anlan::reach
