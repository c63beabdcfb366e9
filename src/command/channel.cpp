#include "command/handlers.h"
#include "command/own_node.h"

namespace anlan::command {
namespace {

Handled noted(Unit& unit, channel::Fact fact) {
  const std::string stream = "channels/" + unit.reference().node;
  unit.add(stream, std::vector<channel::Fact>{std::move(fact)});
  return Made{200, unit.target(), stream, {}};
}

}  // namespace

Handled handle(Unit& unit, const TestChannel& c) {
  if (!runs_channels(unit.directory(), unit.reference(), unit.actor()))
    return refuse(RefusalKind::kForbidden, "channel.not_yours");
  return noted(unit, c.tested);
}

Handled handle(Unit& unit, const Resend& c) {
  if (c.resent.messages.empty()) return refuse(RefusalKind::kNotFound, "channel.nothing_failed");
  return noted(unit, c.resent);
}

}  // namespace anlan::command
