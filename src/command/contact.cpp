#include "command/handlers.h"

namespace anlan::command {

Handled handle(Unit& unit, const NoteList& c) {
  const std::string stream = "contacts/" + c.list.list + "." + c.list.organisation;
  unit.add(stream, std::vector<contact::Fact>{c.list});
  return Made{200, c.list.list, stream, {}};
}

}  // namespace anlan::command
