#pragma once
// The tables of an outbox.

#include <cstdint>
#include <string_view>

#include "platform/sql/sql.h"

namespace anlan::outbox {

// Makes what is missing. Throws sql::Error where the store has another purpose or another release's form. Inside a
// transaction.
void create_tables(sql::Connection&, std::string_view purpose);

// A message's number holds its batch's, so that a batch lies in one piece and no other index is needed for that.
constexpr std::int64_t first_message(std::int64_t batch) { return batch << 32; }
constexpr std::int64_t batch_of(std::int64_t message) { return message >> 32; }
constexpr std::int64_t place_of(std::int64_t message) { return message & 0xffffffff; }

}  // namespace anlan::outbox
