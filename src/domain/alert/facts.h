#pragma once
// Stream "alert/ID.ORGANISATION", written by the node of the organisation whose desk sees it; the id is made of sender
// and identifier, so that what changes a message can be noted before the message itself has come. It stays on its node.

#include <variant>

#include "domain/alert/types.h"

namespace anlan::alert {

// `source`: by which way in it came, by its name in the configuration. `sm3`: of the bytes, which lie beside the
// journal; `said`: of what it says, whatever its layout and signature.
struct Received {
  static constexpr std::string_view kType = "alert.received";
  std::string organisation, source, sm3, said;
  Signature signature;
  Message message;
  static constexpr auto fields = std::tuple{field("organisation", &Received::organisation, 100),
                                            field("source", &Received::source, 60),
                                            field("sm3", &Received::sm3, 64),
                                            field("said", &Received::said, 64),
                                            field("signature", &Received::signature),
                                            field("message", &Received::message)};
};
// The same message once more, by another way or with another signature.
struct AlsoSeen {
  static constexpr std::string_view kType = "alert.also_seen";
  std::string source, sm3;
  Signature signature;
  static constexpr auto fields = std::tuple{field("source", &AlsoSeen::source, 60), field("sm3", &AlsoSeen::sm3, 64),
                                            field("signature", &AlsoSeen::signature)};
};
// A later message of the same sender replaces this one. `by`: our id of it; `trusted`: its signature counts, and then
// the way by which it came and the certificate, whatever may be changed by these.
struct Updated {
  static constexpr std::string_view kType = "alert.updated";
  std::string by;
  bool trusted = false;
  std::optional<std::string> source, certificate;
  static constexpr auto fields =
      std::tuple{field("by", &Updated::by, 100), field("trusted", &Updated::trusted),
                 field("source", &Updated::source, 60), field("certificate", &Updated::certificate, 64)};
};
// A later message of the same sender takes this one back; as above.
struct Cancelled {
  static constexpr std::string_view kType = "alert.cancelled";
  std::string by;
  bool trusted = false;
  std::optional<std::string> source, certificate;
  static constexpr auto fields =
      std::tuple{field("by", &Cancelled::by, 100), field("trusted", &Cancelled::trusted),
                 field("source", &Cancelled::source, 60), field("certificate", &Cancelled::certificate, 64)};
};
// A message under this name that was not taken in. `detail`: which part of the signature is wrong. The rest is what it
// says of itself, so that the desk knows whom to ask.
struct Refused {
  static constexpr std::string_view kType = "alert.refused";
  std::string source, sm3;
  Offence offence = Offence::kOtherContent;
  std::optional<std::string> detail;
  std::string sender, identifier, headline;
  static constexpr auto fields =
      std::tuple{field("source", &Refused::source, 60),     field("sm3", &Refused::sm3, 64),
                 field("offence", &Refused::offence),       field("detail", &Refused::detail),
                 field("sender", &Refused::sender, 200),    field("identifier", &Refused::identifier, 200),
                 field("headline", &Refused::headline, 200)};
};
// A warning was drafted from it, in the same transaction.
struct Used {
  static constexpr std::string_view kType = "alert.used";
  std::string warning;
  static constexpr auto fields = std::tuple{field("warning", &Used::warning, 100)};
};
// The desk needs it no more.
struct Dismissed {
  static constexpr std::string_view kType = "alert.dismissed";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Dismissed::reason)};
};

using Fact = std::variant<Received, AlsoSeen, Updated, Cancelled, Refused, Used, Dismissed>;

}  // namespace anlan::alert
