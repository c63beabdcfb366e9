#include "outbox/settling.h"

#include <algorithm>

#include "outbox/route.h"
#include "outbox/schema.h"

namespace anlan::outbox {

bool Settling::find(std::int64_t number, Row& row) {
  auto& rows = connection_.prepare(
      "SELECT m.state, m.leg, m.tries, m.channel, m.address, m.further, m.accepted, m.parts, m.arrived, b.rather_twice "
      "FROM message m JOIN batch b ON b.number = ? WHERE m.number = ?");
  rows.bind(batch_of(number)).bind(number);
  if (!rows.step()) return false;
  row = {number,
         static_cast<State>(rows.integer(0)),
         static_cast<int>(rows.integer(1)),
         static_cast<int>(rows.integer(2)),
         std::string(rows.text(3)),
         std::string(rows.text(4)),
         std::string(rows.text(5)),
         rows.integer(6),
         rows.integer(7),
         rows.integer(8),
         rows.integer(9) != 0};
  rows.reset();
  return true;
}

void Settling::move(const Row& row, State to) {
  connection_.prepare("UPDATE message SET state = ? WHERE number = ?")
      .bind(static_cast<int>(to))
      .bind(row.number)
      .run();
  tally_.move(batch_of(row.number), row.channel, row.state, to);
}

// The row stays and becomes the next leg: what it was on this one goes into a row of its own. A message on its last
// destination keeps all of it, for a person to look at and to send again.
void Settling::fail(Row row, const std::string& reason) {
  if (!row.further.empty()) {
    const Destination next = take_first(row.further);
    return go_on(row, next, row.further, reason);
  }
  connection_.prepare("UPDATE message SET failed = ?, reason = ? WHERE number = ?")
      .bind(to_ms(now_))
      .bind(reason)
      .bind(row.number)
      .run();
  move(row, State::kFailed);
}

void Settling::go_on(const Row& row, const Destination& next, const std::string& further, const std::string& reason) {
  connection_
      .prepare(
          "INSERT INTO leg (message, leg, channel, address, accepted, failed, reason) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(row.number)
      .bind(row.leg)
      .bind(row.channel)
      .bind(row.address)
      .bind(row.accepted)
      .bind(to_ms(now_))
      .bind(reason)
      .run();
  tally_.move(batch_of(row.number), row.channel, row.state, State::kPassedOn);
  connection_
      .prepare(
          "UPDATE message SET state = 0, channel = ?, address = ?, further = ?, leg = leg + 1, tries = 0, parts = "
          "0, arrived = 0, accepted = 0, failed = ?, reason = ? WHERE number = ?")
      .bind(next.channel)
      .bind(next.address)
      .bind(further)
      .bind(to_ms(now_))
      .bind(reason)
      .bind(row.number)
      .run();
  tally_.add(batch_of(row.number), next.channel, State::kReady, 1);
}

// A quarter of the time is spread, so that what failed together does not come back together.
Milliseconds pause(const Backoff& backoff, const Row& row) {
  const Milliseconds full =
      std::min(backoff.first * (std::int64_t{1} << std::clamp(row.tries - 1, 0, 30)), backoff.most);
  return full + full / 4 * (row.number * 37 % 64) / 64;
}

void Settling::wait(const Row& row, Milliseconds time, const std::string& reason) {
  connection_.prepare("UPDATE message SET not_before = ?, reason = ? WHERE number = ?")
      .bind(to_ms(now_ + time))
      .bind(reason)
      .bind(row.number)
      .run();
  move(row, State::kWaiting);
}

// Parts first, then what was told of them too early: a report may end the leg that it belongs to.
void Settling::accept(const Row& row, const std::vector<std::string>& gateway_ids) {
  connection_.prepare("UPDATE message SET accepted = ?, parts = ?, reason = '' WHERE number = ?")
      .bind(to_ms(now_))
      .bind(static_cast<std::int64_t>(gateway_ids.size()))
      .bind(row.number)
      .run();
  move(row, State::kAccepted);
  for (const std::string& id : gateway_ids)
    connection_.prepare("INSERT INTO part (message, leg, channel, gateway_id) VALUES (?, ?, ?, ?)")
        .bind(row.number)
        .bind(row.leg)
        .bind(row.channel)
        .bind(id)
        .run();
  for (const std::string& id : gateway_ids) hear_early(row, id);
}

void Settling::deliver(const Row& row) {
  connection_.prepare("UPDATE message SET delivered = ?, accepted = ?, reason = '' WHERE number = ?")
      .bind(to_ms(now_))
      .bind(row.accepted == 0 ? to_ms(now_) : row.accepted)
      .bind(row.number)
      .run();
  move(row, State::kDelivered);
}

// The number of tries is bounded here too: a message that ends every session it is sent in must not do so forever.
void Settling::doubt(const Row& row, const Channel& channel) {
  if ((channel.knows_keys || row.rather_twice) && row.tries < channel.backoff.tries)
    return wait(row, Milliseconds{0}, "no answer");
  connection_.prepare("UPDATE message SET failed = ?, reason = 'no answer' WHERE number = ?")
      .bind(to_ms(now_))
      .bind(row.number)
      .run();
  move(row, State::kUncertain);
}

// A line that took a message in silence would have it again and again in silence, while another one perhaps speaks.
void Settling::miss_answer(const Row& row, const Channel& channel) {
  if (row.rather_twice && !row.further.empty()) return fail(row, "no answer");
  doubt(row, channel);
}

// It comes back behind the others: lines that are up now may be down when this one is not any more.
bool Settling::pass_on(const Row& row, const std::set<std::string>& up) {
  std::vector<Destination> further;
  for (std::string left = row.further; !left.empty();) further.push_back(take_first(left));
  const auto next = std::ranges::find_if(further, [&](const Destination& d) { return up.contains(d.channel); });
  if (next == further.end()) return false;
  const Destination to = *next;
  further.erase(next);
  further.push_back({row.channel, row.address});
  go_on(row, to, written(further), "line down");
  return true;
}

void Settling::unsend(const Row& row) {
  connection_.prepare("UPDATE message SET tries = tries - 1 WHERE number = ?").bind(row.number).run();
  move(row, State::kReady);
}

void Settling::hear_early(const Row& row, const std::string& gateway_id) {
  auto& found = connection_.prepare("SELECT delivered, reason FROM early WHERE gateway_id = ? AND channel = ?");
  if (!found.bind(gateway_id).bind(row.channel).step()) return;
  const Report report{gateway_id, found.integer(0) != 0, std::string(found.text(1))};
  found.reset();
  connection_.prepare("DELETE FROM early WHERE gateway_id = ? AND channel = ?")
      .bind(gateway_id)
      .bind(row.channel)
      .run();
  this->report({row.channel}, report);
}

void Settling::keep(const Channel& channel, const Report& report) {
  connection_
      .prepare(
          "INSERT INTO early (gateway_id, channel, delivered, reason, told) VALUES (?, ?, ?, ?, ?) ON CONFLICT "
          "(gateway_id, channel) DO UPDATE SET delivered = excluded.delivered, reason = excluded.reason, told = "
          "excluded.told")
      .bind(report.gateway_id)
      .bind(channel.name)
      .bind(report.delivered ? 1 : 0)
      .bind(report.reason)
      .bind(to_ms(now_))
      .run();
}

// Gateways give numbers anew after some time: the last one that bears it is meant.
void Settling::report(const Channel& channel, const Report& report) {
  auto& found = connection_.prepare(
      "SELECT number, message, leg, told FROM part WHERE gateway_id = ? AND channel = ? ORDER BY number DESC LIMIT 1");
  if (!found.bind(report.gateway_id).bind(channel.name).step()) return keep(channel, report);
  const std::int64_t part = found.integer(0), message = found.integer(1);
  const auto leg = static_cast<int>(found.integer(2));
  const bool told = found.integer(3) != 0;
  found.reset();
  if (!told) tell_part(part, message, leg, report);
}

// Of a leg that was given up meanwhile only the good news is kept, beside that leg: the message has gone on.
void Settling::tell_part(std::int64_t part, std::int64_t message, int leg, const Report& report) {
  connection_.prepare("UPDATE part SET told = 1 WHERE number = ?").bind(part).run();
  Row row;
  if (!find(message, row)) return;
  if (row.leg != leg || row.state != State::kAccepted) {
    if (report.delivered)
      connection_.prepare("UPDATE leg SET delivered = ? WHERE message = ? AND leg = ?")
          .bind(to_ms(now_))
          .bind(message)
          .bind(leg)
          .run();
    return;
  }
  if (!report.delivered) return fail(row, report.reason);
  connection_.prepare("UPDATE message SET arrived = arrived + 1 WHERE number = ?").bind(message).run();
  if (row.arrived + 1 == row.parts) deliver(row);
}

}  // namespace anlan::outbox
