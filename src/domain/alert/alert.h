#pragma once
// The rules of an alert: taken in once under its sender's name for it, whichever way and however often it comes;
// replaced or taken back by what its sender says later, in whichever order the messages come; then used or dismissed
// by the desk.
//
// What was signed by somebody who counts is replaced or taken back only by what is signed so by the same certificate,
// or that counts by the same way in: whoever counts for one source does not speak for the signers of another.

#include <compare>
#include <set>

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/alert/facts.h"

namespace anlan::alert {

// How long an alert that does not say so itself is valid from its sending (CAP 1.2 §3.2.2, expires: each recipient's
// own policy).
inline constexpr std::chrono::hours kUsualLife{24};
// Further ones under one name are not noted: who floods a door fills no journal.
inline constexpr std::size_t kMostOffences = 20, kMostSightings = 50;

// Another time that the message came.
struct Sighting {
  std::string source, sm3;
  Signature signature;
};

// A later message that changes it. Of a trusted one each way and each certificate is another of these.
struct Later {
  std::string by;
  bool trusted = false;
  std::optional<std::string> source, certificate;
  auto operator<=>(const Later&) const = default;
};

// As its facts have made it.
struct Alert {
  std::string id, organisation;
  std::optional<Received> received;
  Instant received_at;
  std::vector<Sighting> also_seen;
  std::set<Later> updated, cancelled;
  std::vector<Refused> offences;
  std::vector<Instant> offended_at;   // beside them
  std::vector<std::string> warnings;  // that were drafted from it
  std::optional<std::string> dismissed;

  // Whether the message has come; something may be known of one that has not.
  bool exists() const { return received.has_value(); }
  // Whether bytes of that digest came under its name, taken in or not.
  bool came_as(std::string_view sm3) const;
  // Whether a signature that counts was seen of it.
  bool trusted() const;
  // Whether what that one says of it counts.
  bool heeds(const Later&) const;
  // By the later messages alone, and with the time.
  State state() const;
  State state_at(Instant now) const;
  // When its time is over.
  Instant ends() const;
  Handling handling() const;
  // Ids of those that count of what has replaced it or taken it back, in their order.
  std::vector<std::string> successors() const;
};

// `at`: when it was recorded.
void apply(Alert&, const Fact&, Instant at);

// Yellow for Moderate and so on: the convention of the 12379 form and of MeteoAlarm. None where the sender does not
// know, or says that it is unlikely or past.
std::optional<Colour> colour_of(std::string_view severity, std::string_view urgency, std::string_view certainty);

// By a way in, which has read the message and looked at its signature. The target is empty; `id` is made of sender and
// identifier. `offence`: the source must sign, and this is not signed so.
struct Receive {
  static constexpr std::string_view kName = "alert.receive";
  std::string id, source, sm3, said;
  Signature signature;
  Message message;
  std::optional<Offence> offence;
};
struct Dismiss {
  static constexpr std::string_view kName = "alert.dismiss";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Dismiss::reason)};
};

using Facts = Outcome<std::vector<Fact>>;

// What comes of a message: no facts where nothing is new. `offence`: it was not taken in, and why.
struct Taken {
  std::vector<Fact> facts;
  std::optional<Offence> offence;
};

// An offence is noted once for each source and content. A message that is trusted goes before one that came under its
// name and is not. `real`: of the real world, into which no exercise and no test comes. Refusals: alert.not_actual,
// alert.expired for a first alert whose time is over (what changes others is followed whenever it comes).
Outcome<Taken> decide(const Alert&, const Receive&, const std::string& organisation, bool real, Instant now);
// What a message that was taken in says of one that it refers to; nothing where that is known there.
std::optional<Fact> succession(const Alert& earlier, const Receive& later);

// Refusals: alert.unknown for another organisation's, alert.dismissed, text.empty.
Facts decide(const Alert&, const Dismiss&, const account::Actor&);
// Part of drafting a warning from it. Refusals: alert.unknown.
Facts decide_use(const Alert&, const account::Actor&, const std::string& warning);

}  // namespace anlan::alert
