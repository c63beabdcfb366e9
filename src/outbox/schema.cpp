#include "outbox/schema.h"

#include <fmt/format.h>

namespace anlan::outbox {
namespace {

constexpr std::int64_t kForm = 1;

// Tables are named without their database, which is the connection's only one. Indices are partial where a question
// asks for few of many: a message is in each of them only while it is what that one finds. The numbers of states are
// those of State.
//   batch    what one text says to many; `filled` is the cursor of its source, `messages` how many were queued
//   wording  its text for each channel
//   message  one row a recipient, which it keeps from queue to end; `further` are the destinations behind this one
//   leg      the ways that a message has left behind, for those few that have any
//   part     what gateways call the parts of a message; `told`: it was reported, and what comes again is passed over
//   early    reports that came before the answer which names them
//   tally    messages of a batch by channel and state
constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS store (purpose TEXT NOT NULL, form INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS batch (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, urgency INTEGER NOT NULL, expires INTEGER NOT NULL,
  rather_twice INTEGER NOT NULL, opened INTEGER NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0,
  filled TEXT NOT NULL DEFAULT '', messages INTEGER NOT NULL DEFAULT 0, complete INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS batch_expires ON batch(expires);
CREATE TABLE IF NOT EXISTS wording (batch INTEGER NOT NULL, channel TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (batch, channel));
CREATE TABLE IF NOT EXISTS message (
  number INTEGER PRIMARY KEY, channel TEXT NOT NULL, address TEXT NOT NULL, further TEXT NOT NULL,
  recipient TEXT NOT NULL, insertion TEXT NOT NULL, queued INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0,
  leg INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0,
  parts INTEGER NOT NULL DEFAULT 0, arrived INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0, delivered INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS message_ready ON message(channel, number) WHERE state = 0;
CREATE INDEX IF NOT EXISTS message_waiting ON message(channel, not_before) WHERE state = 1;
CREATE INDEX IF NOT EXISTS message_in_flight ON message(channel, number) WHERE state = 2;
CREATE INDEX IF NOT EXISTS message_dead ON message(number) WHERE state >= 5;
CREATE TABLE IF NOT EXISTS leg (
  message INTEGER NOT NULL, leg INTEGER NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
  accepted INTEGER NOT NULL, failed INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL,
  PRIMARY KEY (message, leg));
CREATE TABLE IF NOT EXISTS part (
  number INTEGER PRIMARY KEY, message INTEGER NOT NULL, leg INTEGER NOT NULL, channel TEXT NOT NULL,
  gateway_id TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS part_named ON part(gateway_id, channel);
CREATE INDEX IF NOT EXISTS part_message ON part(message);
CREATE TABLE IF NOT EXISTS early (
  gateway_id TEXT NOT NULL, channel TEXT NOT NULL, delivered INTEGER NOT NULL, reason TEXT NOT NULL,
  told INTEGER NOT NULL, PRIMARY KEY (gateway_id, channel));
CREATE INDEX IF NOT EXISTS early_told ON early(told);
CREATE TABLE IF NOT EXISTS tally (batch INTEGER NOT NULL, channel TEXT NOT NULL, state INTEGER NOT NULL,
  messages INTEGER NOT NULL, PRIMARY KEY (batch, channel, state));
CREATE INDEX IF NOT EXISTS tally_ready ON tally(channel, batch) WHERE state = 0 AND messages > 0
)";

}  // namespace

void create_tables(sql::Connection& connection, std::string_view purpose) {
  connection.execute(kTables);
  auto& known = connection.prepare("SELECT purpose, form FROM store");
  if (!known.step()) {
    connection.prepare("INSERT INTO store (purpose, form) VALUES (?, ?)").bind(purpose).bind(kForm).run();
    return;
  }
  if (known.text(0) != purpose) throw sql::Error(fmt::format("the outbox is for {}, not {}", known.text(0), purpose));
  if (known.integer(1) != kForm) throw sql::Error(fmt::format("the outbox has form {}", known.integer(1)));
  known.reset();
}

}  // namespace anlan::outbox
