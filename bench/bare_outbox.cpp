#include "bare_outbox.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "outbox/outbox.h"

namespace anlan::bench {
namespace {

void check(int code, int expected, sqlite3* handle) {
  if (code == expected) return;
  std::fprintf(stderr, "bench: %s\n", sqlite3_errmsg(handle));
  std::exit(1);
}

void remove(const std::string& directory) {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(directory + "/bare.db" + suffix);
}

}  // namespace

double bare_outbox(const std::string& directory, std::size_t count) {
  sqlite3* handle = nullptr;
  remove(directory);
  check(sqlite3_open((directory + "/bare.db").c_str(), &handle), SQLITE_OK, handle);
  const auto execute = [&](const char* text) {
    check(sqlite3_exec(handle, text, nullptr, nullptr, nullptr), 0, handle);
  };
  execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
  execute(
      "CREATE TABLE message (number INTEGER PRIMARY KEY, channel TEXT, address TEXT, further TEXT, recipient TEXT, "
      "insertion TEXT, queued INTEGER, state INTEGER DEFAULT 0, leg INTEGER DEFAULT 0, tries INTEGER DEFAULT 0, "
      "not_before INTEGER DEFAULT 0, parts INTEGER DEFAULT 0, arrived INTEGER DEFAULT 0, taken INTEGER DEFAULT 0, "
      "accepted INTEGER DEFAULT 0, delivered INTEGER DEFAULT 0, failed INTEGER DEFAULT 0, reason TEXT DEFAULT '');"
      "CREATE INDEX message_ready ON message(channel, number) WHERE state = 0");
  sqlite3_stmt* insert = nullptr;
  check(sqlite3_prepare_v2(handle,
                           "INSERT INTO message (number, channel, address, further, recipient, insertion, queued) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?)",
                           -1, &insert, nullptr),
        SQLITE_OK, handle);
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < count; ++i) {
    if (i % outbox::kChunk == 0) execute("BEGIN IMMEDIATE");
    const std::string channel = "sms", address = std::to_string(13'000'000'000 + i), none,
                      recipient = "contact-" + std::to_string(i);
    const std::string* texts[] = {&channel, &address, &none, &recipient, &none};
    sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>((1ULL << 32) + i));
    for (int column = 0; column < 5; ++column)
      sqlite3_bind_text(insert, column + 2, texts[column]->data(), static_cast<int>(texts[column]->size()),
                        SQLITE_STATIC);
    sqlite3_bind_int64(insert, 7, 1'790'000'000'000);
    check(sqlite3_step(insert), SQLITE_DONE, handle);
    sqlite3_reset(insert);
    if ((i + 1) % outbox::kChunk == 0 || i + 1 == count) execute("COMMIT");
  }
  const double rate =
      static_cast<double>(count) / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  sqlite3_finalize(insert);
  sqlite3_close_v2(handle);
  remove(directory);
  return rate;
}

}  // namespace anlan::bench
