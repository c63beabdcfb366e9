#pragma once
// Stream "channels/NODE": what somebody has sent by hand over the channels of a node. It stays there, in the real
// world: the lines are, whatever is sent over them.

#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"

namespace anlan::channel {

// `address`: masked, since it is somebody's.
struct Tested {
  static constexpr std::string_view kType = "channel.tested";
  std::string channel, address;
  static constexpr auto fields =
      std::tuple{field("channel", &Tested::channel, 60), field("address", &Tested::address, 200)};
};
// `world` of the outbox: real or drill; `messages`: their numbers in it.
struct Resent {
  static constexpr std::string_view kType = "channel.resent";
  std::string world;
  std::vector<std::string> messages;
  static constexpr auto fields =
      std::tuple{field("world", &Resent::world, 10), field("messages", &Resent::messages, 1000)};
};

using Fact = std::variant<Tested, Resent>;

}  // namespace anlan::channel
