// Messages given out.

#include <unordered_map>

#include "outbox/outbox.h"
#include "outbox/schema.h"
#include "outbox/transaction.h"

namespace anlan::outbox {
namespace {

// A batch that has messages ready for a channel.
struct Lane {
  std::int64_t batch = 0;
  std::string id, text;
  Instant expires;
};

// The most urgent first. Batches that have ended still have messages in that state; they are passed over here, and
// nowhere else, so that ending one costs a single row.
std::vector<Lane> lanes(sql::Connection& connection, const std::string& channel, Instant now) {
  std::vector<Lane> result;
  auto& rows = connection.prepare(
      "SELECT b.number, b.id, b.expires, (SELECT w.text FROM wording w WHERE w.batch = b.number AND w.channel IN "
      "(?, '') ORDER BY w.channel DESC LIMIT 1) FROM tally t JOIN batch b ON b.number = t.batch WHERE t.channel = ? "
      "AND "
      "t.state = 0 AND t.messages > 0 AND b.cancelled = 0 AND b.expires > ? ORDER BY b.urgency, b.number");
  rows.bind(channel).bind(channel).bind(to_ms(now));
  while (rows.step())
    result.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(3)), from_ms(rows.integer(2))});
  return result;
}

// Those whose time to wait is over.
std::vector<std::int64_t> due(sql::Connection& connection, const std::string& channel, Instant now) {
  std::vector<std::int64_t> numbers;
  auto& rows = connection.prepare(
      "SELECT number FROM message WHERE state = 1 AND channel = ? AND not_before <= ? ORDER BY not_before LIMIT ?");
  rows.bind(channel).bind(to_ms(now)).bind(static_cast<std::int64_t>(kChunk));
  while (rows.step()) numbers.push_back(rows.integer(0));
  return numbers;
}

// Once: a text has one place for what is the recipient's own.
std::string with(const std::string& text, std::string_view insertion) {
  const auto at = insertion.empty() ? std::string::npos : text.find("{}");
  return at == std::string::npos ? text : text.substr(0, at).append(insertion).append(text, at + 2);
}

// Its oldest ones. The range of numbers is the batch, so that the index of what is ready is read in one piece.
void take_from(sql::Connection& connection, const Lane& lane, const std::string& channel, std::size_t most,
               std::vector<Taken>& taken) {
  auto& rows = connection.prepare(
      "SELECT number, leg, address, insertion, tries FROM message WHERE state = 0 AND channel = ? AND number >= ? AND "
      "number < ? ORDER BY number LIMIT ?");
  rows.bind(channel)
      .bind(first_message(lane.batch))
      .bind(first_message(lane.batch + 1))
      .bind(static_cast<std::int64_t>(most - taken.size()));
  while (rows.step()) {
    const std::int64_t number = rows.integer(0);
    const auto leg = static_cast<int>(rows.integer(1));
    taken.push_back({number, leg, lane.id + "." + std::to_string(place_of(number)) + "." + std::to_string(leg), channel,
                     std::string(rows.text(2)), with(lane.text, rows.text(3)), static_cast<int>(rows.integer(4)) + 1,
                     lane.expires});
  }
}

}  // namespace

std::vector<Taken> Outbox::take(const Channel& channel, std::size_t most, Instant now) {
  Transaction transaction(*this);
  auto& connection = transaction.connection();
  const auto waited = due(connection, channel.name, now);
  for (const std::int64_t number : waited) {
    transaction.prepare("UPDATE message SET state = 0 WHERE number = ?").bind(number).run();
    transaction.tally.move(batch_of(number), channel.name, State::kWaiting, State::kReady);
  }
  // Lanes are found by the tally, so that is to be right before they are looked for.
  transaction.tally.write(connection);
  transaction.tally = {};
  std::vector<Taken> taken;
  for (const Lane& lane : lanes(connection, channel.name, now)) {
    if (taken.size() == most) break;
    take_from(connection, lane, channel.name, most, taken);
  }
  for (const Taken& t : taken) {
    transaction.prepare("UPDATE message SET state = 2, tries = tries + 1, taken = ? WHERE number = ?")
        .bind(to_ms(now))
        .bind(t.message)
        .run();
    transaction.tally.move(batch_of(t.message), channel.name, State::kReady, State::kInFlight);
  }
  // A look that finds nothing costs no sync.
  if (!taken.empty() || !waited.empty()) transaction.commit();
  return taken;
}

}  // namespace anlan::outbox
