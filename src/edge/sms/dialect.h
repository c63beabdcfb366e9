#pragma once
// What CMPP and SMPP have in common, and what a session need not know of them.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/sms/fault.h"
#include "codec/sms/frames.h"
#include "edge/sms/channel.h"
#include "outbox/types.h"

namespace anlan::edge {

// A PDU of the other side.
struct Heard {
  enum class Kind : std::uint8_t {
    kWelcome,   // it knows us, and has proved that it knows the secret where the protocol has that
    kRefused,   // it does not let us in; `reason`
    kAnswer,    // to the part under `sequence`
    kReport,    // to be answered by `reply` once it is kept
    kQuestion,  // `reply` is all that is to be done
    kAlive,     // the answer to a question of ours
    kGoodbye,   // it ends the session; `reply`
    kParted,    // the answer to our goodbye
    kNonsense,  // `reason`, and `reply` where there is one
  };
  enum class Verdict : std::uint8_t { kGood, kForGood, kForNow, kTooFast };

  Kind kind = Kind::kNonsense;
  std::uint32_t sequence = 0;
  std::string reply = {}, reason = {};
  Verdict verdict = Verdict::kGood;
  std::string gateway_id = {};  // of a good answer
  outbox::Report report = {};
};

// Of one connection: it may remember what was said. Not thread safe.
class SmsDialect {
 public:
  virtual ~SmsDialect() = default;
  virtual sms::Frames frames() const = 0;
  virtual sms::Coded<std::string> hello(std::uint32_t sequence, Instant now) = 0;
  virtual std::string question(std::uint32_t sequence) const = 0;
  virtual std::string goodbye(std::uint32_t sequence) const = 0;
  // The PDUs of a message, to be numbered.
  virtual sms::Coded<std::vector<std::string>> parts(const outbox::Taken&, std::uint8_t reference) const = 0;
  virtual void number(std::string& pdu, std::uint32_t sequence) const = 0;
  virtual Heard hear(std::string_view pdu) = 0;
};

// What of the settings the protocol cannot say.
std::optional<sms::Fault> fault_of_form(const SmsChannel&);

// `channel` outlives it.
std::unique_ptr<SmsDialect> dialect_of(const SmsChannel& channel);
std::unique_ptr<SmsDialect> cmpp_dialect(const SmsChannel&);
std::unique_ptr<SmsDialect> smpp_dialect(const SmsChannel&);

}  // namespace anlan::edge
