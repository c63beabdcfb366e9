#pragma once
// A report upward (首报, 续报, 核报, 终报): immutable versions, signed by the leader on duty, sent, received, accepted
// or returned. Content follows the national overall plan's list (突发事件应急预案管理办法; 突发事件信息报告要素).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "domain/grade/types.h"

namespace anlan::report {

// Each kind meets another leg of the clocks. First and final happen once, follow-ups are numbered.
enum class Kind { kFirst, kFollowUp, kVerified, kFinal };
constexpr auto names_of(Kind) {
  using enum Kind;
  using P = std::pair<Kind, std::string_view>;
  return std::array{P{kFirst, "first"}, P{kFollowUp, "follow_up"}, P{kVerified, "verified"}, P{kFinal, "final"}};
}

// Of one version on its way; returned leads to a new version, accepted is the end.
enum class State { kDraft, kSigned, kSent, kReceived, kAccepted, kReturned };
constexpr auto names_of(State) {
  using enum State;
  using P = std::pair<State, std::string_view>;
  return std::array{P{kDraft, "draft"},       P{kSigned, "signed"},     P{kSent, "sent"},
                    P{kReceived, "received"}, P{kAccepted, "accepted"}, P{kReturned, "returned"}};
}

enum class Decision { kAccepted, kReturned };
constexpr auto names_of(Decision) {
  using P = std::pair<Decision, std::string_view>;
  return std::array{P{Decision::kAccepted, "accepted"}, P{Decision::kReturned, "returned"}};
}

// How the answer of an organisation that works on no node came: somebody noted it, or its platform gave it.
enum class Channel { kNoted, kInterface, kFile };
constexpr auto names_of(Channel) {
  using enum Channel;
  using P = std::pair<Channel, std::string_view>;
  return std::array{P{kNoted, "noted"}, P{kInterface, "interface"}, P{kFile, "file"}};
}

// What such an organisation said about its answer: the number given there, who answered, and when.
struct Outside {
  Channel channel = Channel::kNoted;
  std::optional<std::string> number, by;
  std::optional<Instant> at;
  static constexpr auto fields = std::tuple{field("channel", &Outside::channel), field("number", &Outside::number, 60),
                                            field("by", &Outside::by, 60), field("at", &Outside::at)};
};

struct Content {
  std::string situation;
  std::optional<std::string> cause, casualties, impact, trend, handling, next_steps, requests, contact_name,
      contact_phone;
  grade::Figures figures;
  static constexpr auto fields = std::tuple{field("situation", &Content::situation, 4000),
                                            field("cause", &Content::cause, 2000),
                                            field("casualties", &Content::casualties, 2000),
                                            field("impact", &Content::impact, 2000),
                                            field("trend", &Content::trend, 2000),
                                            field("handling", &Content::handling, 4000),
                                            field("next_steps", &Content::next_steps, 2000),
                                            field("requests", &Content::requests, 2000),
                                            field("contact_name", &Content::contact_name, 40),
                                            field("contact_phone", &Content::contact_phone, 40),
                                            field("figures", &Content::figures)};
};

}  // namespace anlan::report
