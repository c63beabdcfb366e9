#pragma once
// From the bytes of an alert to the command that receives it, and what came of that.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/texts.h"
#include "command/command.h"
#include "edge/intake/keeping.h"
#include "edge/intake/settings.h"

namespace anlan::edge::intake {

// Of one message, signed or not; more is refused and told.
inline constexpr std::size_t kMostBytes = 5 << 20;

// Our id of a message, "SM3-OF-ITS-NAME.ORGANISATION": the same whenever and however it comes.
std::string alert_id(const Source&, const std::string& sender, const std::string& identifier);

// The command for a CAP alert or one of the 12379 form, of UTF-8 or any encoding that it declares; or everything that
// is wrong with it: cap.invalid by line and element, cap.foreign, alert.too_large, alert.not_a_warning.
Result<alert::Receive, std::vector<Refusal>> read(std::string_view bytes, const Source&, Instant now, const Texts&);

// What came of a message. kLater: the node cannot record it now, or has no room; it must come again.
enum class Fate { kTaken, kKnown, kRefused, kLater };

struct Said {
  Fate fate = Fate::kTaken;
  std::string alert;              // our id; empty where it could not be read
  std::vector<Refusal> refusals;  // of kRefused and kLater: why
};

// What the node lends; all of it outlives its users.
struct Ground {
  const Clock& clock;
  const Texts& texts;
  std::shared_ptr<Keeping> keeping;
  std::function<command::Outcome(command::Envelope)> execute;  // waits
  std::function<void(std::string_view)> log;
};

// After the command of a message of so many bytes that were laid down: they stay where a fact speaks of them. Told in
// the log where so many were refused that these do not.
void settle(const Ground&, const alert::Receive&, std::size_t size, const command::Outcome&);

// As the node itself does it for a feed or a folder. Refusals are told in the log, but for those of what is over or no
// real warning. Waits; thread safe.
Said take(const Ground&, const Source&, std::string_view bytes);

// A refusal for people: each language on a line of its own.
std::string in_words(const std::vector<Refusal>&, const Texts&);

// What the answer of alert::Receive refuses by its status: alert.other_content, alert.unsigned, alert.signature;
// nothing where it took the message in. `c`: the command.
std::optional<Refusal> refusal_in(const command::Answer&, const alert::Receive& c, const Texts&);

}  // namespace anlan::edge::intake
