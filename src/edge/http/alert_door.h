#pragma once
// What the HTTP edge needs of the way in of alerts, which is an edge of its own.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"

namespace anlan::edge {

// Thread safe; each may take some milliseconds, so a worker calls it.
struct AlertDoor {
  // The command for the bytes of a message that came for an organisation in a world, or all that is wrong with them.
  std::function<Result<alert::Receive, std::vector<Refusal>>(std::string_view bytes, const std::string& organisation,
                                                             const std::string& world)>
      read;
  // Keeps the bytes by their digest; on the disk when it returns.
  std::function<Result<Done>(const std::string& sm3, std::string_view bytes)> keep;
  // Once after each that was kept, by what became of the command: bytes that no fact speaks of go again.
  std::function<void(const alert::Receive&, std::size_t size, const command::Outcome&)> settle;
  // Nothing where they are not on this machine.
  std::function<std::optional<std::string>(const std::string& sm3)> kept;
  // What an answer that was recorded refuses.
  std::function<std::optional<Refusal>(const command::Answer&, const alert::Receive&)> refusal_in;
};

}  // namespace anlan::edge
