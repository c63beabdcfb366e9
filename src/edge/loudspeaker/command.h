#pragma once
// What devices are told and answer: docs/loudspeaker-commands.md.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::edge {

inline constexpr std::int64_t kMostNumber = 9'007'199'254'740'991;  // what all readers of JSON hold exactly

struct Play {
  std::int64_t times = 3, volume = 80;
  static constexpr auto fields = std::tuple{field("times", &Play::times, 100), field("volume", &Play::volume, 100)};
};

struct Command {
  std::string kind = "command", device;
  std::int64_t number = 0;
  Instant issued, expires;
  std::string key, text;
  bool drill = false;
  Play play;
  static constexpr auto fields = std::tuple{field("kind", &Command::kind, 7),
                                            field("device", &Command::device, 40),
                                            field("number", &Command::number, kMostNumber),
                                            field("issued", &Command::issued),
                                            field("expires", &Command::expires),
                                            field("key", &Command::key),
                                            field("text", &Command::text, 8200),
                                            field("drill", &Command::drill),
                                            field("play", &Command::play)};
};

struct Answer {
  std::string kind = "answer", device;
  std::int64_t number = 0;  // of the command
  std::string key, result;  // "played", or why not
  Instant at;
  static constexpr auto fields = std::tuple{field("kind", &Answer::kind, 7),
                                            field("device", &Answer::device, 40),
                                            field("number", &Answer::number, kMostNumber),
                                            field("key", &Answer::key),
                                            field("result", &Answer::result, 40),
                                            field("at", &Answer::at)};
};

// With the signature before it.
std::string signed_text(const Command&, std::string_view secret);
std::string signed_text(const Answer&, std::string_view secret);
// Nothing where the signature is another one, or what it signs is no answer.
std::optional<Answer> proved_answer(std::string_view payload, std::string_view secret);

// Of a device: what it must remember, also without power.
struct DeviceMemory {
  std::int64_t number = 0;        // the largest that it has obeyed
  std::vector<std::string> keys;  // of the last commands that it has obeyed, kKeys of them
};
inline constexpr std::size_t kKeys = 64;

enum class Judgement : std::uint8_t {
  kPlay,
  kRepeated,  // it has obeyed it under another number: answered again, not played again
  kExpired,
  kReplayed,  // a number that is not larger than the last one
  kForged,
  kMalformed,
  kNotMine,
};

struct Judged {
  Judgement judgement = Judgement::kMalformed;
  Command command = {};          // where it is proved
  std::string_view result = {};  // to be answered: "played", also of what was played before; empty: no answer
};

// What a device does with what comes under its topic. Only kPlay changes its memory. What is forged, malformed or for
// another one is not answered.
Judged judge(std::string_view payload, std::string_view device, std::string_view secret, Instant now, DeviceMemory&);
}  // namespace anlan::edge
