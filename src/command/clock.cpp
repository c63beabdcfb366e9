#include "command/handlers.h"

namespace anlan::command {

// The target is "INCIDENT/ORGANISATION/CLOCK".
Handled handle(Unit& unit, const clock::Explain& c) {
  const auto last = unit.target().rfind('/');
  if (last == std::string::npos) return refuse(RefusalKind::kNotFound, "clock.unknown");
  const std::string clocks = unit.target().substr(0, last);
  const std::string organisation = clocks.substr(clocks.find('/') + 1);
  if (organisation != unit.actor().organisation) return refuse(RefusalKind::kNotFound, "clock.unknown");
  if (auto no = unit.check_version("clocks/" + clocks)) return *no;
  const std::string id = unit.target().substr(last + 1);
  const auto facts = clock::decide(unit.get<clock::Clocks>(clocks), id, c);
  if (!facts.ok()) return facts.error();
  unit.add("clocks/" + clocks, *facts);
  return Made{200, id, "clocks/" + clocks, {}};
}

// Clocks of organisations elsewhere are their nodes' to tick.
Handled handle(Unit& unit, const Tick&) {
  const std::string& clocks = unit.target();
  const std::string organisation = clocks.substr(clocks.find('/') + 1);
  if (!unit.is_here(organisation)) return Made{200, clocks, "clocks/" + clocks, {}};
  unit.add("clocks/" + clocks,
           clock::on_time(unit.get<clock::Clocks>(clocks), unit.memory().leader_on_duty(organisation), unit.now()));
  return Made{200, clocks, "clocks/" + clocks, {}};
}

}  // namespace anlan::command
