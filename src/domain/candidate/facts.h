#pragma once
// Stream "candidate/ID", owned by the organisation that it was offered to.

#include <variant>

#include "domain/candidate/types.h"

namespace anlan::candidate {

// `informant`: sealed entry of who reported it, where the interface named a person.
struct Offered {
  static constexpr std::string_view kType = "candidate.offered";
  std::string organisation;
  Description description;
  std::optional<std::string> sealed, sealed_sm3;
  static constexpr auto fields =
      std::tuple{field("organisation", &Offered::organisation), field("description", &Offered::description),
                 field("sealed", &Offered::sealed), field("sm3", &Offered::sealed_sm3)};
};
// An incident was taken down from it, in the same transaction.
struct Adopted {
  static constexpr std::string_view kType = "candidate.adopted";
  std::string incident;
  static constexpr auto fields = std::tuple{field("incident", &Adopted::incident)};
};
// The desk says that it is none.
struct Dismissed {
  static constexpr std::string_view kType = "candidate.dismissed";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Dismissed::reason)};
};

using Fact = std::variant<Offered, Adopted, Dismissed>;

}  // namespace anlan::candidate
