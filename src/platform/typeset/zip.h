#pragma once
// A zip file in memory, as OOXML packages are. The same parts give the same bytes.

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace anlan::typeset {

struct Part {
  std::string name;  // "word/document.xml"
  std::string bytes;
};

// In the order given; every entry bears `stamp` as its time of change. Thread safe.
Result<std::string> zip(const std::vector<Part>&, Instant stamp);
// Every file below `folder`, named from it with '/', by name. Fails where the folder cannot be read.
Result<std::vector<Part>> read_parts(const std::string& folder);

}  // namespace anlan::typeset
