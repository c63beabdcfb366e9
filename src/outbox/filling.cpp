// Batches: opened, filled, cancelled, forgotten.

#include <algorithm>
#include <array>

#include "base/result.h"
#include "outbox/outbox.h"
#include "outbox/route.h"
#include "outbox/schema.h"
#include "outbox/transaction.h"

namespace anlan::outbox {
namespace {

// What separates destinations in the text of those to come may not stand in one.
bool is_plain(const Destination& d) { return (d.channel + d.address).find_first_of("\t\n") == std::string::npos; }

// The rows of message; what is said of its way afterwards has its defaults.
void insert(sql::Connection& connection, std::int64_t number, std::span<const Addressed> messages, Instant now) {
  static constexpr std::array<std::string_view, 7> kColumns = {"number",    "channel",   "address", "further",
                                                               "recipient", "insertion", "queued"};
  const auto rows = connection.bulk("message", kColumns);
  for (const Addressed& m : messages) {
    ANLAN_ASSERT(!m.destinations.empty() && std::ranges::all_of(m.destinations, is_plain));
    const Destination& first = m.destinations.front();
    const std::string further = written(std::span(m.destinations).subspan(1));
    const std::array<sql::Value, 7> row = {number++,
                                           std::string_view(first.channel),
                                           std::string_view(first.address),
                                           std::string_view(further),
                                           std::string_view(m.recipient),
                                           std::string_view(m.insertion),
                                           to_ms(now)};
    rows->add(row);
  }
  rows->finish();
}

// The first kChunk of a batch; false where there are none.
bool forget_messages(sql::Connection& connection, std::int64_t batch) {
  auto& end = connection.prepare(
      "SELECT MAX(number) FROM (SELECT number FROM message WHERE number >= ? AND number < ? ORDER BY number LIMIT ?) "
      "AS chunk");
  end.bind(first_message(batch)).bind(first_message(batch + 1)).bind(static_cast<std::int64_t>(kChunk));
  const bool any = end.step() && !end.is_null(0);
  const std::int64_t last = any ? end.integer(0) : 0;
  end.reset();
  if (!any) return false;
  for (const char* text :
       {"DELETE FROM part WHERE message >= ? AND message <= ?", "DELETE FROM leg WHERE message >= ? AND message <= ?",
        "DELETE FROM message WHERE number >= ? AND number <= ?"})
    connection.prepare(text).bind(first_message(batch)).bind(last).run();
  return true;
}

}  // namespace

Outbox::Filling Outbox::open(const Batch& batch, Instant now) {
  Transaction transaction(*this);
  transaction
      .prepare(
          "INSERT INTO batch (id, urgency, expires, rather_twice, opened) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (id) DO NOTHING")
      .bind(batch.id)
      .bind(batch.urgency)
      .bind(to_ms(batch.expires))
      .bind(batch.rather_twice ? 1 : 0)
      .bind(to_ms(now))
      .run();
  auto& found = transaction.prepare("SELECT number, filled, complete FROM batch WHERE id = ?").bind(batch.id);
  ANLAN_ASSERT(found.step());
  Filling filling{found.integer(0), std::string(found.text(1)), found.integer(2) != 0};
  found.reset();
  for (const auto& [channel, text] : batch.wordings)
    transaction
        .prepare("INSERT INTO wording (batch, channel, text) VALUES (?, ?, ?) ON CONFLICT (batch, channel) DO NOTHING")
        .bind(filling.batch)
        .bind(channel)
        .bind(text)
        .run();
  transaction.commit();
  return filling;
}

Outbox::Filled Outbox::fill(std::int64_t batch, const std::string& from, std::span<const Addressed> messages,
                            const std::string& to, bool last, Instant now) {
  ANLAN_ASSERT(messages.size() <= kChunk);
  Transaction transaction(*this);
  auto& found = transaction.prepare("SELECT filled, messages, complete, cancelled, expires FROM batch WHERE number = ?")
                    .bind(batch);
  if (!found.step()) return Filled::kEnded;  // and forgotten
  // Asked first: who finds another's cursor must not take the batch for one that has ended, nor the other way round.
  const bool elsewhere = found.text(0) != from || found.integer(2) != 0;
  const bool ended = found.integer(3) != 0 || found.integer(4) <= to_ms(now);
  const std::int64_t before = found.integer(1);
  found.reset();
  if (elsewhere) return Filled::kElsewhere;
  if (ended) return Filled::kEnded;
  insert(transaction.connection(), first_message(batch) + before, messages, now);
  // By runs: of a thousand messages nearly all go by the same channel.
  for (auto m = messages.begin(); m != messages.end();) {
    const std::string& channel = m->destinations.front().channel;
    const auto run =
        std::find_if(m, messages.end(), [&](const Addressed& a) { return a.destinations.front().channel != channel; });
    transaction.tally.add(batch, channel, State::kReady, run - m);
    m = run;
  }
  transaction.prepare("UPDATE batch SET filled = ?, messages = messages + ?, complete = ? WHERE number = ?")
      .bind(to)
      .bind(static_cast<std::int64_t>(messages.size()))
      .bind(last ? 1 : 0)
      .bind(batch)
      .run();
  transaction.commit();
  return Filled::kQueued;
}

bool Outbox::cancel(const std::string& batch_id, Instant now) {
  Transaction transaction(*this);
  transaction.prepare("UPDATE batch SET cancelled = ? WHERE id = ? AND cancelled = 0")
      .bind(to_ms(now))
      .bind(batch_id)
      .run();
  auto& found = transaction.prepare("SELECT number FROM batch WHERE id = ?").bind(batch_id);
  const bool there = found.step();
  found.reset();
  transaction.commit();
  return there;
}

// The one batch that expired first, piece by piece: its row goes last, so that who is interrupted finds it again.
bool Outbox::purge(Instant before) {
  Transaction transaction(*this);
  transaction.prepare("DELETE FROM early WHERE told < ?").bind(to_ms(before)).run();
  auto& found = transaction.prepare("SELECT number FROM batch WHERE expires < ? ORDER BY expires LIMIT 1");
  const bool any = found.bind(to_ms(before)).step();
  const std::int64_t batch = any ? found.integer(0) : 0;
  found.reset();
  if (any && !forget_messages(transaction.connection(), batch))
    for (const char* text : {"DELETE FROM wording WHERE batch = ?", "DELETE FROM tally WHERE batch = ?",
                             "DELETE FROM batch WHERE number = ?"})
      transaction.prepare(text).bind(batch).run();
  transaction.commit();
  return any;
}

}  // namespace anlan::outbox
