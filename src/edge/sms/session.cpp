#include "edge/sms/session.h"

#include <algorithm>

#include "base/result.h"

namespace anlan::edge {
namespace {

using Outcome = outbox::Outcome;

constexpr Milliseconds kIdleLook{100}, kFirstPause{1'000}, kLongestPause{30'000};
constexpr int kQuestions = 3;
constexpr std::uint32_t kLastSequence = 0x7fffffff;  // SMPP §5.1.4

Outcome::Kind outcome_of(Heard::Verdict verdict) {
  return verdict == Heard::Verdict::kForGood ? Outcome::Kind::kFailed : Outcome::Kind::kLater;
}

}  // namespace

SmsSession::SmsSession(const SmsChannel& channel, outbox::Outbox& outbox, Instant now)
    : channel_(channel),
      outbox_(outbox),
      outbox_channel_{channel.name, false, channel.backoff},
      dialect_(dialect_of(channel)),
      frames_(dialect_->frames()),
      began_(now),
      heard_(now),
      latest_(now),
      counted_(now) {
  ANLAN_ASSERT(channel.world == outbox.world());
  auto hello = dialect_->hello(++sequence_, now);
  if (hello.ok()) {
    outgoing_ = std::move(*hello);
  } else {
    stop(sms::sentence(hello.error()));
  }
}

void SmsSession::stop(const std::string& why) {
  if (!over_) why_ = why;
  over_ = true;
}

void SmsSession::hear(std::string_view bytes, Instant now) {
  heard_ = now;
  asked_ = 0;
  frames_.feed(bytes);
  while (!over_) {
    const auto pdu = frames_.next();
    if (!pdu.ok()) return stop(sms::sentence(pdu.error()));
    if (!pdu->has_value()) return;
    take_up(dialect_->hear(**pdu), now);
  }
}

void SmsSession::take_up(Heard heard, Instant now) {
  switch (heard.kind) {
    case Heard::Kind::kWelcome:
      welcome_ = true;
      break;
    case Heard::Kind::kRefused:
      stop(heard.reason);
      break;
    case Heard::Kind::kAnswer:
      answered(heard, now);
      break;
    case Heard::Kind::kReport:
      reports_.push_back(std::move(heard.report));
      replies_ += heard.reply;
      break;
    case Heard::Kind::kGoodbye:
      outgoing_ += heard.reply;
      stop("the gateway has ended the session");
      break;
    case Heard::Kind::kParted:
      stop("left");
      break;
    case Heard::Kind::kQuestion:
    case Heard::Kind::kNonsense:
      outgoing_ += heard.reply;
      break;
    case Heard::Kind::kAlive:
      break;
  }
}

// "Too fast" is said of the line, not of the part: the same part goes again, first of all, when the pause is over.
void SmsSession::answered(const Heard& heard, Instant now) {
  const auto found = open_.find(heard.sequence);
  if (found == open_.end()) return;  // too late, twice, or to what was never said
  const Part part = found->second;
  open_.erase(found);
  unanswered_since_ = open_.empty() ? std::nullopt : std::optional(now);
  const auto hand = hands_.find(part.message);
  --hand->second.open;
  if (heard.verdict == Heard::Verdict::kTooFast) {
    pause_ = std::clamp(pause_ * 2, kFirstPause, kLongestPause);
    paused_until_ = now + pause_;
    ++hand->second.queued;
    queue_.push_front(part);
    return;
  }
  if (heard.verdict == Heard::Verdict::kGood) {
    pause_ = {};
    hand->second.ids.push_back(heard.gateway_id);
  } else {
    spoil(hand->second, outcome_of(heard.verdict), heard.reason);
  }
  finish_if_done(hand);
}

// A part has failed: the others are not sent any more. A failure for good outweighs a doubt, that a failure for now.
void SmsSession::spoil(Hand& hand, Outcome::Kind kind, const std::string& reason) {
  drop_queued(hand.taken.message);
  hand.queued = 0;
  if (hand.outcome == Outcome::Kind::kFailed) return;
  if (hand.outcome == Outcome::Kind::kUnknown && kind == Outcome::Kind::kLater) return;
  hand.outcome = kind;
  hand.reason = reason;
}

void SmsSession::drop_queued(std::int64_t message) {
  std::erase_if(queue_, [&](const Part& part) { return part.message == message; });
}

void SmsSession::finish_if_done(Hands::iterator hand) {
  Hand& h = hand->second;
  if (h.open > 0 || h.queued > 0) return;
  outcomes_.push_back({h.taken.message, h.taken.leg, h.outcome, std::move(h.ids), std::move(h.reason)});
  hands_.erase(hand);
}

// A machine's clock may be set back: nothing is then waited for that much longer.
void SmsSession::follow_clock(Instant now) {
  if (now < latest_) {
    for (Instant* moment : {&began_, &heard_, &left_, &next_take_, &counted_, &paused_until_})
      *moment = std::min(*moment, now);
    for (auto& [sequence, part] : open_) part.sent = std::min(part.sent, now);
    if (unanswered_since_) unanswered_since_ = std::min(*unanswered_since_, now);
  }
  latest_ = now;
}

std::string SmsSession::work(Instant now) {
  follow_clock(now);
  if (!over_) look_at_time(now);
  give_back(now);
  if (!over_ && welcome_) {
    take(now);
    send(now);
    give_back(now);
  }
  return std::exchange(outgoing_, {});
}

// Results before reports: an answer and its report often come in one piece, and the outbox then finds them in order.
void SmsSession::give_back(Instant now) {
  if (!outcomes_.empty()) outbox_.settle(outbox_channel_, outcomes_, now);
  outcomes_.clear();
  if (!reports_.empty()) outbox_.report(outbox_channel_, reports_, now);
  reports_.clear();
  outgoing_ += std::exchange(replies_, {});
}

// Whole messages, as many as have room if each has one part: what is in hand when a line breaks is uncertain, so no
// more is taken than can be sent at once.
void SmsSession::take(Instant now) {
  if (leaving_ || !queue_.empty() || now < paused_until_ || now < next_take_ || hands_.size() >= channel_.window)
    return;
  auto taken = outbox_.take(outbox_channel_, channel_.window - hands_.size(), now);
  if (taken.empty()) next_take_ = now + kIdleLook;
  for (auto& one : taken) take_in_hand(std::move(one));
}

void SmsSession::take_in_hand(outbox::Taken taken) {
  auto parts = dialect_->parts(taken, reference_++);
  const std::int64_t message = taken.message;
  const auto hand = hands_.emplace(message, Hand{}).first;
  hand->second.taken = std::move(taken);
  if (!parts.ok()) {
    spoil(hand->second, Outcome::Kind::kFailed, sms::sentence(parts.error()));
    return finish_if_done(hand);
  }
  hand->second.pdus = std::move(*parts);
  hand->second.queued = hand->second.pdus.size();
  for (std::size_t i = 0; i < hand->second.queued; ++i) queue_.push_back({message, i});
}

bool SmsSession::may_send(Instant now) {
  const double burst = std::max(1.0, channel_.rate / 10);
  allowance_ = std::min(burst, allowance_ + channel_.rate * static_cast<double>((now - counted_).count()) / 1000);
  counted_ = now;
  return !queue_.empty() && open_.size() < channel_.window && now >= paused_until_ && allowance_ >= 1;
}

void SmsSession::send(Instant now) {
  while (may_send(now)) {
    const Part part = queue_.front();
    const auto hand = hands_.find(part.message);
    Hand& h = hand->second;
    // The outbox gave it out in time, but the window or the rate held it up.
    if (!h.begun && h.taken.expires <= now) {
      spoil(h, Outcome::Kind::kUnsent, "expired");
      finish_if_done(hand);
      continue;
    }
    queue_.pop_front();
    --h.queued;
    ++h.open;
    h.begun = true;
    allowance_ -= 1;
    sequence_ = sequence_ == kLastSequence ? 1 : sequence_ + 1;
    dialect_->number(h.pdus[part.index], sequence_);
    outgoing_ += h.pdus[part.index];
    open_[sequence_] = {part.message, part.index, now};
    if (!unanswered_since_) unanswered_since_ = now;
  }
}

// Parts are in the order in which they were sent, so the first that is still in time ends the search. A gateway that
// answers nothing at all is perhaps better spoken to anew.
void SmsSession::look_at_time(Instant now) {
  if (!welcome_ && now - began_ > channel_.patience) return stop("no answer to the hello");
  while (!open_.empty() && now - open_.begin()->second.sent > channel_.patience) {
    const auto hand = hands_.find(open_.begin()->second.message);
    open_.erase(open_.begin());
    --hand->second.open;
    spoil(hand->second, Outcome::Kind::kUnknown, "no answer");
    finish_if_done(hand);
    if (mute(now)) stop("no answer");
  }
  if (welcome_ && now - heard_ >= channel_.ask_every * (asked_ + 1)) {
    if (asked_++ == kQuestions) return stop("the gateway is silent");
    outgoing_ += dialect_->question(++sequence_);
  }
  if (!leaving_) return;
  if (!welcome_ || now - left_ > channel_.patience) return stop("left");
  if (hands_.empty() && !std::exchange(parting_, true)) outgoing_ += dialect_->goodbye(++sequence_);
}

// Of a message that was begun the rest is still sent: half a text helps nobody.
void SmsSession::leave(Instant now) {
  if (std::exchange(leaving_, true)) return;
  left_ = now;
  for (auto hand = hands_.begin(); hand != hands_.end();) {
    const auto next = std::next(hand);
    if (!hand->second.begun) {
      spoil(hand->second, Outcome::Kind::kUnsent, {});
      finish_if_done(hand);
    }
    hand = next;
  }
}

// A message of several parts of which some were accepted is unknown as a whole: it would be told twice in part.
void SmsSession::end(Instant now) {
  stop("the connection is gone");
  queue_.clear();
  for (const auto& [message, h] : hands_) {
    const bool known = h.outcome != Outcome::Kind::kAccepted;
    const auto kind = known ? h.outcome : h.begun ? Outcome::Kind::kUnknown : Outcome::Kind::kUnsent;
    outcomes_.push_back({message, h.taken.leg, kind, {}, h.reason});
  }
  hands_.clear();
  open_.clear();
  give_back(now);
}

}  // namespace anlan::edge
