#pragma once
// A warning of others as it was received: of the weather service, the province, a neighbour. A desk makes its own of
// it, or sets it aside.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/time.h"
#include "domain/warning/types.h"

namespace anlan::alert {

using warning::Colour;

// In which form it came: OASIS CAP 1.1 or 1.2, or that of the national 12379 system.
enum class Form { kCap, k12379 };
constexpr auto names_of(Form) {
  using P = std::pair<Form, std::string_view>;
  return std::array{P{Form::kCap, "cap"}, P{Form::k12379, "12379"}};
}

// CAP msgType (1.2 §3.2.1), without Ack and Error, which warn of nothing.
enum class Kind { kAlert, kUpdate, kCancel };
constexpr auto names_of(Kind) {
  using P = std::pair<Kind, std::string_view>;
  return std::array{P{Kind::kAlert, "alert"}, P{Kind::kUpdate, "update"}, P{Kind::kCancel, "cancel"}};
}

// What was found of an XML signature; kUnchecked where the source's are not looked at.
enum class Verdict { kNone, kValid, kInvalid, kUnchecked };
constexpr auto names_of(Verdict) {
  using enum Verdict;
  using P = std::pair<Verdict, std::string_view>;
  return std::array{P{kNone, "none"}, P{kValid, "valid"}, P{kInvalid, "invalid"}, P{kUnchecked, "unchecked"}};
}

// 有效, 已更新, 已解除, 已期满, and what was never taken in.
enum class State { kInForce, kUpdated, kCancelled, kExpired, kRefused };
constexpr auto names_of(State) {
  using enum State;
  using P = std::pair<State, std::string_view>;
  return std::array{P{kInForce, "in_force"}, P{kUpdated, "updated"}, P{kCancelled, "cancelled"}, P{kExpired, "expired"},
                    P{kRefused, "refused"}};
}

// What the desk has done with it: nothing yet, drafted a warning, set it aside.
enum class Handling { kNew, kUsed, kDismissed };
constexpr auto names_of(Handling) {
  using P = std::pair<Handling, std::string_view>;
  return std::array{P{Handling::kNew, "new"}, P{Handling::kUsed, "used"}, P{Handling::kDismissed, "dismissed"}};
}

// Why a message is not taken in, and worth to be known: other content under a name that is taken, no signature or a
// wrong one where the source must sign.
enum class Offence { kOtherContent, kUnsigned, kSignature };
constexpr auto names_of(Offence) {
  using P = std::pair<Offence, std::string_view>;
  return std::array{P{Offence::kOtherContent, "other_content"}, P{Offence::kUnsigned, "unsigned"},
                    P{Offence::kSignature, "signature"}};
}

// `trusted`: it leads to a certificate that counts for the source. `fault`: which part is wrong, a word of
// platform/xml/signature.h or "sender" for whom the certificate does not speak, and `detail` of it; `signer`: the
// subject of the certificate, whether or not it counts. `certificate`: its SHA-256, by which signers are told apart,
// since a subject is what its issuer wrote.
struct Signature {
  Verdict verdict = Verdict::kNone;
  bool trusted = false;
  std::optional<std::string> fault = {}, detail = {}, signer = {}, certificate = {};
  static constexpr auto fields =
      std::tuple{field("verdict", &Signature::verdict), field("trusted", &Signature::trusted),
                 field("fault", &Signature::fault),     field("detail", &Signature::detail),
                 field("signer", &Signature::signer),   field("certificate", &Signature::certificate, 64)};
  bool operator==(const Signature&) const = default;
};

// An earlier message that this one changes. `alert`: our id of it, whether or not it has come.
struct Reference {
  std::string alert, identifier;
  static constexpr auto fields =
      std::tuple{field("alert", &Reference::alert, 100), field("identifier", &Reference::identifier)};
};

// An eventCode or geocode as it was written.
struct Code {
  std::string name, value;
  static constexpr auto fields = std::tuple{field("name", &Code::name), field("value", &Code::value)};
};

// Where: the same shapes as of our own, longitude first; `divisions` are those of the geocodes that are ours too.
struct Area {
  std::string description;
  std::vector<Ring> rings;
  std::vector<warning::Circle> circles;
  std::vector<Code> geocodes;
  std::vector<std::string> divisions;
  // Left out since it is more than a fact may hold: the words must do.
  bool cut = false;
  static constexpr auto fields =
      std::tuple{field("description", &Area::description, 1000), field("rings", &Area::rings, kMostRings),
                 field("circles", &Area::circles, 50),           field("geocodes", &Area::geocodes, 500),
                 field("divisions", &Area::divisions, 500),      field("cut", &Area::cut)};
};

// What the message says, texts cut to what a fact may hold. Of several information blocks the one that a desk reads
// (codec/cap/candidate.h). Severity, urgency, certainty and status are CAP's own words.
struct Message {
  Form form = Form::kCap;
  std::string sender, identifier;
  Instant sent;
  Kind kind = Kind::kAlert;
  std::string status;
  std::vector<Reference> references;
  std::optional<std::string> sender_name, note;
  std::string event;
  std::vector<Code> event_codes;
  std::optional<std::string> type;  // of GB/T 35561; absent where no table knows the event
  std::string headline, description, instruction;
  std::optional<std::string> severity, urgency, certainty, web;
  std::optional<Colour> colour;
  std::optional<Instant> onset, expires;
  Area area;
  static constexpr auto fields = std::tuple{field("form", &Message::form),
                                            field("sender", &Message::sender),
                                            field("identifier", &Message::identifier),
                                            field("sent", &Message::sent),
                                            field("kind", &Message::kind),
                                            field("status", &Message::status, 20),
                                            field("references", &Message::references),
                                            field("sender_name", &Message::sender_name),
                                            field("note", &Message::note, 1000),
                                            field("event", &Message::event),
                                            field("event_codes", &Message::event_codes, 20),
                                            field("type", &Message::type, 5),
                                            field("headline", &Message::headline),
                                            field("description", &Message::description, 4000),
                                            field("instruction", &Message::instruction, 4000),
                                            field("severity", &Message::severity, 20),
                                            field("urgency", &Message::urgency, 20),
                                            field("certainty", &Message::certainty, 20),
                                            field("web", &Message::web, 2000),
                                            field("colour", &Message::colour),
                                            field("onset", &Message::onset),
                                            field("expires", &Message::expires),
                                            field("area", &Message::area)};
};

}  // namespace anlan::alert
