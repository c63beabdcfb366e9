#pragma once
// Stream "warning/ID.ORGANISATION", written by the node of the organisation that issues it.

#include <variant>

#include "domain/warning/types.h"

namespace anlan::warning {

// Version 1.
struct Drafted {
  static constexpr std::string_view kType = "warning.drafted";
  std::string organisation;
  Content content;
  static constexpr auto fields =
      std::tuple{field("organisation", &Drafted::organisation), field("content", &Drafted::content)};
};
// A further version, of a draft or of a warning that was issued. Nothing signed before counts for it.
struct Revised {
  static constexpr std::string_view kType = "warning.revised";
  std::int64_t version = 0;
  Content content;
  static constexpr auto fields = std::tuple{field("version", &Revised::version), field("content", &Revised::content)};
};
// `people`: how many contacts the version would reach, as the signer saw and the node counted. `leader`: whether
// the person signed as one, by the roles of that moment.
struct Signed {
  static constexpr std::string_view kType = "warning.signed";
  std::int64_t version = 0;
  std::string person;
  std::int64_t people = 0;
  bool leader = false;
  static constexpr auto fields = std::tuple{field("version", &Signed::version), field("person", &Signed::person),
                                            field("people", &Signed::people), field("leader", &Signed::leader)};
};
// Who should sign does not: the version needs revision.
struct Declined {
  static constexpr std::string_view kType = "warning.declined";
  std::int64_t version = 0;
  std::string person, reason;
  static constexpr auto fields = std::tuple{field("version", &Declined::version), field("person", &Declined::person),
                                            field("reason", &Declined::reason)};
};
// Together with the last signature. `identifier`: of the message to the world outside, in the form of 12379; `rule`: of
// signing, that it went by; `to`: organisations above and below the issuer, which learn of it.
struct Issued {
  static constexpr std::string_view kType = "warning.issued";
  std::int64_t version = 0;
  std::string identifier, rule;
  std::int64_t people = 0;
  std::vector<std::string> to;
  static constexpr auto fields =
      std::tuple{field("version", &Issued::version), field("identifier", &Issued::identifier),
                 field("rule", &Issued::rule), field("people", &Issued::people), field("to", &Issued::to, 5000)};
};
struct Cancelled {
  static constexpr std::string_view kType = "warning.cancelled";
  std::string identifier, person;
  Ending ending = Ending::kPassed;
  std::string reason;
  static constexpr auto fields =
      std::tuple{field("identifier", &Cancelled::identifier), field("person", &Cancelled::person),
                 field("ending", &Cancelled::ending), field("reason", &Cancelled::reason)};
};
// Its time is over; what was being changed is over with it.
struct Expired {
  static constexpr std::string_view kType = "warning.expired";
  static constexpr auto fields = std::tuple{};
};
// A draft, or a change of what is in force, that is not to be issued.
struct Withdrawn {
  static constexpr std::string_view kType = "warning.withdrawn";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Withdrawn::reason)};
};

// Afterwards: what came, and when it began. A later one takes its place.
struct Assessed {
  static constexpr std::string_view kType = "warning.assessed";
  Occurrence occurrence = Occurrence::kCame;
  std::optional<Instant> observed_at;
  std::string note;
  static constexpr auto fields =
      std::tuple{field("occurrence", &Assessed::occurrence), field("observed_at", &Assessed::observed_at),
                 field("note", &Assessed::note)};
};

using Fact = std::variant<Drafted, Revised, Signed, Declined, Issued, Cancelled, Expired, Withdrawn, Assessed>;

}  // namespace anlan::warning
