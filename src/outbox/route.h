#pragma once
// The destinations that a message has not yet come to, as one text: channel, tab, address, line feed.

#include <span>
#include <string>
#include <string_view>

#include "outbox/types.h"

namespace anlan::outbox {

inline std::string written(std::span<const Destination> destinations) {
  std::string text;
  for (const Destination& d : destinations) text.append(d.channel).append("\t").append(d.address).append("\n");
  return text;
}

// Takes the first off the front of a text that is not empty.
inline Destination take_first(std::string& further) {
  const auto tab = further.find('\t'), end = further.find('\n');
  Destination first{further.substr(0, tab), further.substr(tab + 1, end - tab - 1)};
  further.erase(0, end + 1);
  return first;
}

}  // namespace anlan::outbox
