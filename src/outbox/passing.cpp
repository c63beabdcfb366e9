// Messages whose line is down, on their way to another.

#include "outbox/outbox.h"
#include "outbox/settling.h"
#include "outbox/transaction.h"

namespace anlan::outbox {
namespace {

// The next that are ready; those of them that may go are told apart here, so that none is looked at twice.
std::int64_t look_at_ready(sql::Connection& connection, const std::string& channel, int urgency, std::int64_t after,
                           Instant now, std::vector<std::int64_t>& numbers) {
  auto& rows = connection.prepare(
      "SELECT m.number, CASE WHEN m.further <> '' AND b.cancelled = 0 AND b.urgency <= ? AND b.expires > ? THEN 1 "
      "ELSE 0 END FROM message m JOIN batch b ON b.number = m.number / 4294967296 WHERE m.state = 0 AND m.channel = ? "
      "AND m.number > ? ORDER BY m.number LIMIT ?");
  rows.bind(urgency).bind(to_ms(now)).bind(channel).bind(after).bind(static_cast<std::int64_t>(kChunk));
  std::size_t seen = 0;
  for (; rows.step(); ++seen) {
    after = rows.integer(0);
    if (rows.integer(1) != 0) numbers.push_back(after);
  }
  return seen == kChunk ? after : 0;
}

void look_at_waiting(sql::Connection& connection, const std::string& channel, int urgency, Instant now,
                     std::vector<std::int64_t>& numbers) {
  auto& rows = connection.prepare(
      "SELECT m.number FROM message m JOIN batch b ON b.number = m.number / 4294967296 WHERE m.state = 1 AND "
      "m.channel = ? AND m.further <> '' AND b.cancelled = 0 AND b.urgency <= ? AND b.expires > ? ORDER BY "
      "m.not_before LIMIT ?");
  rows.bind(channel).bind(urgency).bind(to_ms(now)).bind(static_cast<std::int64_t>(kChunk));
  while (rows.step()) numbers.push_back(rows.integer(0));
}

}  // namespace

// What was tried on the line already may have come to the other side, whatever was said of it.
std::int64_t Outbox::pass_on(const Channel& channel, int urgency, std::int64_t after, Instant now) {
  auto up = lines_up(now);
  up.erase(channel.name);
  if (up.empty()) return 0;
  Transaction transaction(*this);
  std::vector<std::int64_t> numbers;
  if (after == 0) look_at_waiting(transaction.connection(), channel.name, urgency, now, numbers);
  const auto last = look_at_ready(transaction.connection(), channel.name, urgency, after, now, numbers);
  Settling settling(transaction.connection(), transaction.tally, now);
  bool moved = false;
  for (const std::int64_t number : numbers) {
    Row row;
    if (settling.find(number, row) && (row.tries == 0 || row.rather_twice)) moved |= settling.pass_on(row, up);
  }
  if (moved) transaction.commit();
  return last;
}

}  // namespace anlan::outbox
