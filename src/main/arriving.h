#pragma once
// What is left of a text once a channel has done with it what its protocol asks for.

#include "main/channel_settings.h"

namespace anlan {

// `subject`: empty where the channel has none; `parts`: short messages, nothing of other channels.
struct Arriving {
  std::string subject, text;
  std::optional<std::int64_t> parts;
};

// A text of the outbox as who gets it reads it. A sandbox shows what a gateway of its kind would do.
Arriving arriving(const ChannelSettings&, const std::string& text);

}  // namespace anlan
