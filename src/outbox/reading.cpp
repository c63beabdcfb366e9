#include "outbox/reading.h"

#include <algorithm>
#include <limits>
#include <map>

#include "outbox/route.h"
#include "outbox/schema.h"

namespace anlan::outbox {
namespace {

// What the end of its batch has made of one that was not given out.
State seen(State stored, bool cancelled, bool expired) {
  if (stored != State::kReady && stored != State::kWaiting) return stored;
  return cancelled ? State::kCancelled : expired ? State::kExpired : stored;
}

// Each question is kept prepared by its text, so that lives as long as the process.
std::string asked(const char* batch, const char* which) {
  return std::string(
             "SELECT m.number, b.id, m.recipient, m.channel, m.address, m.state, b.cancelled, b.expires, m.leg, "
             "m.tries, "
             "m.queued, m.taken, m.accepted, m.delivered, m.failed, m.reason FROM message m JOIN batch b ON b.number "
             "= ")
      .append(batch)
      .append(" WHERE ")
      .append(which);
}

std::optional<std::int64_t> number_of(sql::Connection& connection, const std::string& batch_id) {
  auto& found = connection.prepare("SELECT number FROM batch WHERE id = ?");
  const auto number = found.bind(batch_id).step() ? std::optional(found.integer(0)) : std::nullopt;
  found.reset();
  return number;
}

// Rows of asked(), in the order of its columns.
std::vector<Message> read(sql::Statement& rows, Instant now) {
  std::vector<Message> result;
  const auto moment = [&](int column) { return from_ms(rows.integer(column)); };
  const auto text = [&](int column) { return std::string(rows.text(column)); };
  while (rows.step()) {
    const State state = seen(static_cast<State>(rows.integer(5)), rows.integer(6) != 0, moment(7) <= now);
    result.push_back({rows.integer(0), text(1), text(2), text(3), text(4), state, static_cast<int>(rows.integer(8)),
                      static_cast<int>(rows.integer(9)), moment(10), moment(11), moment(12), moment(13), moment(14),
                      text(15)});
  }
  return result;
}

}  // namespace

std::optional<Summary> summary(sql::Connection& connection, const std::string& batch_id, Instant now) {
  auto& batch = connection.prepare("SELECT number, complete, cancelled, opened, expires FROM batch WHERE id = ?");
  if (!batch.bind(batch_id).step()) return std::nullopt;
  Summary result{batch.integer(0),          batch.integer(1) != 0,     batch.integer(2) != 0,
                 from_ms(batch.integer(3)), from_ms(batch.integer(4)), {}};
  batch.reset();
  std::map<std::pair<std::string, State>, std::int64_t> sums;
  auto& rows = connection.prepare("SELECT channel, state, messages FROM tally WHERE batch = ?");
  rows.bind(result.batch);
  while (rows.step()) {
    const State state = seen(static_cast<State>(rows.integer(1)), result.cancelled, result.expires <= now);
    sums[{std::string(rows.text(0)), state}] += rows.integer(2);
  }
  for (const auto& [key, count] : sums)
    if (count != 0) result.counts.push_back({key.first, key.second, count});
  return result;
}

std::vector<Message> messages(sql::Connection& connection, const std::string& batch_id, std::int64_t after,
                              std::int64_t limit, Instant now) {
  const auto batch = number_of(connection, batch_id);
  if (!batch) return {};
  static const std::string kPage = asked("?", "m.number > ? AND m.number < ? ORDER BY m.number LIMIT ?");
  auto& rows = connection.prepare(kPage);
  rows.bind(*batch).bind(std::max(after, first_message(*batch) - 1)).bind(first_message(*batch + 1)).bind(limit);
  return read(rows, now);
}

std::vector<Recipient> recipients(sql::Connection& connection, const std::string& batch_id, std::int64_t after,
                                  std::int64_t limit) {
  const auto batch = number_of(connection, batch_id);
  if (!batch) return {};
  auto& rows = connection.prepare(
      "SELECT number, recipient, address FROM message WHERE number > ? AND number < ? ORDER BY number LIMIT ?");
  rows.bind(std::max(after, first_message(*batch) - 1)).bind(first_message(*batch + 1)).bind(limit);
  std::vector<Recipient> result;
  while (rows.step()) result.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2))});
  return result;
}

std::vector<Destination> destinations(sql::Connection& connection, std::int64_t message) {
  auto& row = connection.prepare("SELECT channel, address, further FROM message WHERE number = ?");
  if (!row.bind(message).step()) return {};
  std::vector<Destination> result{{std::string(row.text(0)), std::string(row.text(1))}};
  std::string further(row.text(2));
  row.reset();
  while (!further.empty()) result.push_back(take_first(further));
  return result;
}

std::vector<Message> dead_letters(sql::Connection& connection, std::int64_t before, std::int64_t limit, Instant now) {
  static const std::string kDead =
      asked("m.number / 4294967296", "m.state >= 5 AND m.number < ? ORDER BY m.number DESC LIMIT ?");
  auto& rows = connection.prepare(kDead);
  rows.bind(before == 0 ? std::numeric_limits<std::int64_t>::max() : before).bind(limit);
  return read(rows, now);
}

std::vector<Leg> legs(sql::Connection& connection, std::int64_t message) {
  auto& rows = connection.prepare(
      "SELECT leg, channel, address, accepted, failed, delivered, reason FROM leg WHERE message = ? ORDER BY leg");
  rows.bind(message);
  std::vector<Leg> result;
  while (rows.step())
    result.push_back({static_cast<int>(rows.integer(0)), std::string(rows.text(1)), std::string(rows.text(2)),
                      from_ms(rows.integer(3)), from_ms(rows.integer(4)), from_ms(rows.integer(5)),
                      std::string(rows.text(6))});
  return result;
}

}  // namespace anlan::outbox
