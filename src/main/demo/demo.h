#pragma once
// `anlan demo`: the demo city, and one incident played through to its bulletin while the reader watches.

#include <functional>
#include <string>

#include "main/node.h"

namespace anlan::demo {

// `print` receives whole lines, in the language given.
struct Showing {
  Configuration configuration;
  Locale locale = Locale::kChinese;
  bool once = false;  // without pauses; afterwards the journal is verified and nothing goes on serving
  double speed = 1;
  std::function<void(const std::string&)> print;
};

// Whether a demo may be shown there: nothing was recorded yet, or everybody is there whom the demo city has. Only the
// journal can tell; what the configuration says of a node is of the next start alone. Throws sql::Error.
Result<bool> is_for_demo(const Configuration&, const Clock&);

// Returns when the process is asked to stop, or, with `once`, when the story is told. The first bulletins of the city
// are put into `documents/` in the node's directory. A directory whose story was told is only served.
Result<Done> show(const Showing&, const Texts&);

}  // namespace anlan::demo
