#pragma once
// Stream "report/ID", owned by the sender; stream "receipt/ID" (same id), owned by the receiver.

#include <variant>

#include "domain/report/types.h"

namespace anlan::report {

// A new version; the first one makes the report.
struct Drafted {
  static constexpr std::string_view kType = "report.drafted";
  std::string incident, from, to, title;
  Kind kind = Kind::kFirst;
  std::int64_t ordinal = 0;  // of a follow-up, from 1; 0 for the other kinds
  std::int64_t version = 1;
  Content content;
  static constexpr auto fields = std::tuple{
      field("incident", &Drafted::incident), field("from", &Drafted::from),      field("to", &Drafted::to),
      field("title", &Drafted::title),       field("kind", &Drafted::kind),      field("ordinal", &Drafted::ordinal),
      field("version", &Drafted::version),   field("content", &Drafted::content)};
};
// `version` is what was signed: a later version needs a signature of its own. `person`: who signed, by the register.
struct Signed {
  static constexpr std::string_view kType = "report.signed";
  std::int64_t version = 1;
  std::string person;
  static constexpr auto fields = std::tuple{field("version", &Signed::version), field("person", &Signed::person)};
};
// The moment that meets the clock of a written report; for a receiver on this node Received follows in the same
// transaction.
struct Sent {
  static constexpr std::string_view kType = "report.sent";
  std::int64_t version = 1;
  static constexpr auto fields = std::tuple{field("version", &Sent::version)};
};

// Carries what the receiver's stream must know of the report, since it may lie on another node.
struct Received {
  static constexpr std::string_view kType = "receipt.received";
  std::string report, incident, from, to;
  std::int64_t version = 1;
  static constexpr auto fields =
      std::tuple{field("report", &Received::report), field("incident", &Received::incident),
                 field("from", &Received::from), field("to", &Received::to), field("version", &Received::version)};
};
// 签收. Once for each version. `outside`: of a receiver that works on no node.
struct Accepted {
  static constexpr std::string_view kType = "receipt.accepted";
  std::int64_t version = 1;
  std::optional<Outside> outside = {};
  static constexpr auto fields = std::tuple{field("version", &Accepted::version), field("outside", &Accepted::outside)};
};
// 退回, with the reason that the sender must answer by a new version.
struct Returned {
  static constexpr std::string_view kType = "receipt.returned";
  std::int64_t version = 1;
  std::string reason;
  std::optional<Outside> outside = {};
  static constexpr auto fields = std::tuple{field("version", &Returned::version), field("reason", &Returned::reason),
                                            field("outside", &Returned::outside)};
};

using Fact = std::variant<Drafted, Signed, Sent>;
using ReceiptFact = std::variant<Received, Accepted, Returned>;

}  // namespace anlan::report
