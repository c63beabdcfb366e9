#pragma once
// One connection to a gateway, from hello to goodbye, without its socket: bytes in, bytes out, time handed in. Takes
// from the outbox what the window and the rate allow, and gives back what became of it.

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "edge/sms/dialect.h"

namespace anlan::edge {

// Not thread safe. What the outbox throws passes through; end() is not called then, and the channel is to be resumed.
class SmsSession {
 public:
  // Both outlive it. A channel of drills has a drill's outbox, and the other way round: a mistake there is an
  // assertion.
  SmsSession(const SmsChannel&, outbox::Outbox&, Instant now);

  // Bytes that have come.
  void hear(std::string_view bytes, Instant now);
  // Does what there is to do, and returns what is to be written. Reports are kept before they are answered.
  std::string work(Instant now);
  // Takes nothing more, waits for the answers that are due and parts.
  void leave(Instant now);
  // The connection is gone: what nobody answered is unknown, what was not sent is not.
  void end(Instant now);

  bool welcome() const { return welcome_; }
  // What was sent is not answered, for so long that the line is better thought to be down.
  bool mute(Instant now) const { return unanswered_since_ && now - *unanswered_since_ > channel_.patience / 4; }
  // Nothing more will come of it; why.
  bool over() const { return over_; }
  const std::string& why() const { return why_; }
  // Something is under way, so that work() should be called soon.
  bool busy() const { return !hands_.empty() || !welcome_ || leaving_; }

 private:
  // A message with its parts. It has one outcome, which is settled when no part is to be sent or waited for any more:
  // accepted when all are, else what was worst.
  struct Hand {
    outbox::Taken taken;
    std::vector<std::string> pdus;
    std::size_t queued = 0, open = 0;  // parts that are to be sent, or wait for an answer
    bool begun = false;                // something of it was sent
    std::vector<std::string> ids;
    outbox::Outcome::Kind outcome = outbox::Outcome::Kind::kAccepted;
    std::string reason;
  };
  struct Part {
    std::int64_t message = 0;
    std::size_t index = 0;
    Instant sent = {};
  };
  using Hands = std::map<std::int64_t, Hand>;

  // What is heard.
  void take_up(Heard, Instant now);
  void answered(const Heard&, Instant now);
  // What is sent.
  void take(Instant now);
  void take_in_hand(outbox::Taken);
  void send(Instant now);
  bool may_send(Instant now);
  void look_at_time(Instant now);
  void follow_clock(Instant now);
  // What becomes of messages.
  void spoil(Hand&, outbox::Outcome::Kind, const std::string& reason);
  void drop_queued(std::int64_t message);
  void finish_if_done(Hands::iterator);
  void give_back(Instant now);
  void stop(const std::string& why);

  const SmsChannel& channel_;
  outbox::Outbox& outbox_;
  const outbox::Channel outbox_channel_;
  const std::unique_ptr<SmsDialect> dialect_;
  sms::Frames frames_;
  std::string outgoing_;

  Hands hands_;                         // by message
  std::deque<Part> queue_;              // to be sent
  std::map<std::uint32_t, Part> open_;  // by sequence, so by time too
  std::vector<outbox::Outcome> outcomes_;
  std::vector<outbox::Report> reports_;
  std::string replies_;  // to them

  // The sequence of a part is given when it is sent, so that numbers rise as they go out. References tell the parts of
  // long texts to one phone apart; going round after 256 of them is what the header has room for.
  std::uint32_t sequence_ = 0;
  std::uint8_t reference_ = 0;
  bool welcome_ = false, leaving_ = false, parting_ = false, over_ = false;
  std::string why_;
  Instant began_, heard_, left_, next_take_, latest_;
  std::optional<Instant> unanswered_since_;  // of all that was sent nothing since then
  int asked_ = 0;
  // Of the rate: what may be sent now, in parts, and when that was reckoned; at most a tenth of a second's is saved up.
  double allowance_ = 0;
  Instant counted_;
  // After a "too fast": each time twice as long, until an answer is good.
  Instant paused_until_;
  Milliseconds pause_{0};
};

}  // namespace anlan::edge
