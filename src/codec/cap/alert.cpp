#include "codec/cap/alert.h"

#include "codec/json_write.h"

namespace anlan::cap {

std::string to_json(const Alert& alert) { return json::to_text(alert); }

}  // namespace anlan::cap
