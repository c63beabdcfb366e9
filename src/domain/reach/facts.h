#pragma once
// Stream "reach/WARNING/ORGANISATION", written by the node whose gateways send for that organisation.

#include <variant>

#include "domain/reach/types.h"

namespace anlan::reach {

// As it stood when it was recorded; a later one takes its place. `accepted` are those that a gateway has taken and of
// which nobody has said more. `to`: who learns of it.
struct Counted {
  static constexpr std::string_view kType = "reach.counted";
  std::string warning, organisation;
  std::int64_t warning_version = 0;
  std::vector<Count> channels;
  bool complete = false;  // nothing waits to be sent any more
  std::vector<std::string> to;
  static constexpr auto fields = std::tuple{field("warning", &Counted::warning, 80),
                                            field("organisation", &Counted::organisation, 40),
                                            field("warning_version", &Counted::warning_version),
                                            field("channels", &Counted::channels, 100),
                                            field("complete", &Counted::complete),
                                            field("to", &Counted::to, 100)};
};

using Fact = std::variant<Counted>;

}  // namespace anlan::reach
