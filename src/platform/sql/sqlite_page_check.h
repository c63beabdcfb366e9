#pragma once
// SQLite checks its log, but not its pages: a flipped bit in a page is handed out as data. So every page of our files
// carries a checksum in its reserved bytes, written and verified by a thin VFS above the real one.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace anlan::sql::sqlite {

inline constexpr int kPageSize = 4096, kPageReserve = 8;

// Whether the checksum fits the page, which is number `number` (from 1) of its file. A page of zeros is sound: it was
// never written, and where one should have been written the engine misses its content.
bool page_sound(std::span<const std::byte, kPageSize> page, std::uint32_t number);

// Puts the checksum into the page.
void mark_page(std::span<std::byte, kPageSize> page, std::uint32_t number);

// Name of the VFS that checks pages above the VFS called `base` (empty: the system's); registered on first use. Under
// it, reading a damaged page fails with SQLITE_IOERR_DATA. Thread safe.
std::string checked_vfs(const std::string& base);

struct Damage {
  std::string database;  // "journal"
  std::uint32_t page;
};

// What was last found damaged on this thread, and forgets it.
std::optional<Damage> take_damage();

}  // namespace anlan::sql::sqlite
