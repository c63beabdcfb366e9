#pragma once
// Stream "instruction/ID", owned by the organisation whose leader gave it.

#include <variant>

#include "domain/instruction/types.h"

namespace anlan::instruction {

// The receivers become parties of the incident as soon as it reaches their nodes.
struct Given {
  static constexpr std::string_view kType = "instruction.given";
  std::string incident, text, given_by, from;  // given_by: person
  Instant given_at;
  std::vector<std::string> to;  // organisations
  std::optional<Instant> due_at;
  bool verify = false;  // asks for verified figures: starts the clocks that count from a request
  static constexpr auto fields = std::tuple{field("incident", &Given::incident), field("text", &Given::text, 2000),
                                            field("given_by", &Given::given_by), field("from", &Given::from),
                                            field("given_at", &Given::given_at), field("to", &Given::to),
                                            field("due_at", &Given::due_at),     field("verify", &Given::verify)};
};
// By one of the receivers, in its stream "instruction/ID/ORGANISATION", or by the giver's desk; it closes nothing.
struct Progressed {
  static constexpr std::string_view kType = "instruction.progressed";
  std::string organisation, text;
  static constexpr auto fields =
      std::tuple{field("organisation", &Progressed::organisation), field("text", &Progressed::text, 2000)};
};
// With its result, by the organisation that gave it.
struct Closed {
  static constexpr std::string_view kType = "instruction.closed";
  std::string result;
  static constexpr auto fields = std::tuple{field("result", &Closed::result, 2000)};
};

using Fact = std::variant<Given, Progressed, Closed>;

}  // namespace anlan::instruction
