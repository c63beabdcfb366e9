// What became of the messages that were given out.

#include "outbox/outbox.h"
#include "outbox/schema.h"
#include "outbox/settling.h"
#include "outbox/transaction.h"

namespace anlan::outbox {

void Outbox::settle(const Channel& channel, std::span<const Outcome> outcomes, Instant now) {
  Transaction transaction(*this);
  Settling settling(transaction.connection(), transaction.tally, now);
  for (const Outcome& o : outcomes) {
    Row row;
    if (!settling.find(o.message, row) || row.state != State::kInFlight || row.leg != o.leg) continue;
    const bool last_try = row.tries >= channel.backoff.tries;
    switch (o.kind) {
      case Outcome::Kind::kAccepted:
        settling.accept(row, o.gateway_ids);
        break;
      case Outcome::Kind::kDelivered:
        settling.deliver(row);
        break;
      case Outcome::Kind::kFailed:
        settling.fail(row, o.reason);
        break;
      case Outcome::Kind::kLater:
        if (last_try) {
          settling.fail(row, o.reason);
        } else {
          settling.wait(row, o.wait > Milliseconds{0} ? o.wait : pause(channel.backoff, row), o.reason);
        }
        break;
      case Outcome::Kind::kUnsent:
        settling.unsend(row);
        break;
      case Outcome::Kind::kUnknown:
        settling.miss_answer(row, channel);
        break;
    }
  }
  transaction.commit();
}

void Outbox::report(const Channel& channel, std::span<const Report> reports, Instant now) {
  Transaction transaction(*this);
  Settling settling(transaction.connection(), transaction.tally, now);
  for (const Report& r : reports) settling.report(channel, r);
  transaction.commit();
}

// Piece by piece like all else: a channel of a wide window may have had thousands in flight.
void Outbox::resume(const Channel& channel, Instant now) {
  for (bool more = true; more;) {
    Transaction transaction(*this);
    Settling settling(transaction.connection(), transaction.tally, now);
    auto& rows =
        transaction.prepare("SELECT number FROM message WHERE state = 2 AND channel = ? ORDER BY number LIMIT ?");
    rows.bind(channel.name).bind(static_cast<std::int64_t>(kChunk));
    std::vector<std::int64_t> numbers;
    while (rows.step()) numbers.push_back(rows.integer(0));
    for (const std::int64_t number : numbers) {
      Row row;
      if (settling.find(number, row)) settling.doubt(row, channel);
    }
    more = numbers.size() == kChunk;
    if (!numbers.empty()) transaction.commit();
  }
}

// The reason and moments of what failed go into a leg of their own, so that the trail of a message has no gap.
std::size_t Outbox::resend(std::span<const std::int64_t> messages, Instant now) {
  Transaction transaction(*this);
  Settling settling(transaction.connection(), transaction.tally, now);
  std::size_t count = 0;
  for (const std::int64_t number : messages) {
    Row row;
    if (!settling.find(number, row) || (row.state != State::kFailed && row.state != State::kUncertain)) continue;
    auto& living = transaction.prepare("SELECT number FROM batch WHERE number = ? AND cancelled = 0 AND expires > ?");
    if (!living.bind(batch_of(number)).bind(to_ms(now)).step()) continue;
    living.reset();
    transaction
        .prepare(
            "INSERT INTO leg (message, leg, channel, address, accepted, failed, reason) SELECT number, leg, channel, "
            "address, accepted, failed, reason FROM message WHERE number = ?")
        .bind(number)
        .run();
    transaction
        .prepare(
            "UPDATE message SET leg = leg + 1, tries = 0, parts = 0, arrived = 0, accepted = 0, failed = 0, reason = "
            "'' WHERE number = ?")
        .bind(number)
        .run();
    settling.move(row, State::kReady);
    ++count;
  }
  transaction.commit();
  return count;
}

}  // namespace anlan::outbox
