#include "platform/sql/sqlite_log_scan.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>

#include "platform/sql/sql.h"
#include "platform/sql/sqlite_page_check.h"

// The format is SQLite's own: "WAL-mode File Format", section 4 of "Database File Format" (sqlite.org/fileformat2).

namespace anlan::sql::sqlite {
namespace {

constexpr int kHeader = 32, kFrameHeader = 24, kFrame = kFrameHeader + kPageSize, kSector = 512;
constexpr std::uint32_t kMagic = 0x377f0682;  // the lowest bit says that checksums read big-endian words

// SQLite's running checksum: of two words at a time, each frame continuing where the one before ended.
struct Sums {
  std::uint32_t first = 0, second = 0;
  bool operator==(const Sums&) const = default;
};

std::uint32_t big_endian(const std::byte* p) {
  return std::to_integer<std::uint32_t>(p[0]) << 24 | std::to_integer<std::uint32_t>(p[1]) << 16 |
         std::to_integer<std::uint32_t>(p[2]) << 8 | std::to_integer<std::uint32_t>(p[3]);
}

std::uint32_t little_endian(const std::byte* p) { return __builtin_bswap32(big_endian(p)); }

Sums add(Sums sums, std::span<const std::byte> data, bool words_big_endian) {
  for (std::size_t i = 0; i + 8 <= data.size(); i += 8) {
    const auto word = [&](std::size_t at) {
      return words_big_endian ? big_endian(data.data() + at) : little_endian(data.data() + at);
    };
    sums.first += word(i) + sums.second;
    sums.second += word(i + 4) + sums.first;
  }
  return sums;
}

// True: whole; false: the file ends before.
bool read(sqlite3_file* file, std::span<std::byte> into, std::int64_t offset) {
  const int code = file->pMethods->xRead(file, into.data(), static_cast<int>(into.size()), offset);
  if (code == SQLITE_IOERR_SHORT_READ) return false;
  if (code != SQLITE_OK) throw Error(fmt::format("a log cannot be read ({})", code));
  return true;
}

struct Header {
  bool sound, words_big_endian;
  bool torn;  // half of a new header over the old one
  Sums sums;
  std::uint32_t salt1, salt2;
};

void count_down(std::byte* word) {
  const std::uint32_t less = __builtin_bswap32(big_endian(word) - 1);
  std::memcpy(word, &less, sizeof less);
}

// A log that begins anew counts up its sequence and its first salt, and draws the second; everything in it is in the
// file by then. So a header whose sums fit when the count is taken back was torn by a power cut, at no loss.
bool is_torn_restart(std::array<std::byte, kHeader> raw, bool words_big_endian) {
  const Sums stored{big_endian(raw.data() + 24), big_endian(raw.data() + 28)};
  for (const int counter : {12, 16}) {
    count_down(raw.data() + counter);
    if (add({}, std::span(raw).first(24), words_big_endian) == stored) return true;
  }
  return false;
}

std::optional<Header> read_header(sqlite3_file* file) {
  std::array<std::byte, kHeader> raw;
  if (!read(file, raw, 0)) return std::nullopt;
  const std::uint32_t magic = big_endian(raw.data());
  Header header{};
  header.words_big_endian = (magic & 1) != 0;
  header.sums = add({}, std::span(raw).first(24), header.words_big_endian);
  header.salt1 = big_endian(raw.data() + 16);
  header.salt2 = big_endian(raw.data() + 20);
  header.sound = (magic & ~1u) == kMagic && big_endian(raw.data() + 8) == kPageSize &&
                 header.sums == Sums{big_endian(raw.data() + 24), big_endian(raw.data() + 28)};
  header.torn = is_torn_restart(raw, header.words_big_endian);
  return header;
}

struct Frame {
  bool salted, summed, commit;  // of this round; its sums follow from the frame before; ends a transaction
  bool flag_apart;  // what says "commit" lies in another sector than the salts, so a tear can keep an old one
  Sums sums, stored;
  std::uint32_t salt1, salt2;
};

std::optional<Frame> read_frame(sqlite3_file* file, std::int64_t index, const Header& header, Sums before) {
  std::array<std::byte, kFrame> raw;
  if (!read(file, raw, kHeader + index * kFrame)) return std::nullopt;
  Frame frame{};
  frame.sums = add(before, std::span(raw).first(8), header.words_big_endian);
  frame.sums = add(frame.sums, std::span(raw).subspan(kFrameHeader), header.words_big_endian);
  frame.commit = big_endian(raw.data() + 4) != 0;
  frame.salt1 = big_endian(raw.data() + 8);
  frame.salt2 = big_endian(raw.data() + 12);
  frame.salted = frame.salt1 == header.salt1 && frame.salt2 == header.salt2;
  frame.stored = {big_endian(raw.data() + 16), big_endian(raw.data() + 20)};
  frame.summed = frame.sums == frame.stored;
  frame.flag_apart = (kHeader + index * kFrame) % kSector == kSector - 8;
  return frame;
}

// What stands from the first bad slot on. A log is synced at every commit, so a power cut can tear one transaction at
// most: its frames carry the present salts, and only its last is a commit.
void judge_rest(sqlite3_file* file, const Header& header, Sums sums, std::int64_t bad, LogScan& scan) {
  int commits = 0;
  bool commit_is_last = true;
  std::int64_t present = 0;
  for (std::int64_t i = bad;; ++i) {
    const auto frame = read_frame(file, i, header, sums);
    if (!frame) break;
    if (i == bad && frame->summed && !frame->salted) scan.damage = fmt::format("frame {} has another salt", i + 1);
    if (frame->salted) ++present;
    if (frame->salted && commits > 0) commit_is_last = false;
    if (frame->salted && frame->commit && (frame->summed || !frame->flag_apart)) ++commits;
    sums = frame->stored;
  }
  if (commits > 1 || !commit_is_last) {
    scan.damage = fmt::format("frame {} is damaged, and committed frames follow", bad + 1);
  } else if (present > 0) {
    scan.broken_tail = fmt::format("frame {}, in the last transaction, is broken", bad + 1);
  }
}

LogScan scan_without_header(sqlite3_file* file, const Header& header) {
  LogScan scan;
  const auto first = read_frame(file, 0, header, header.sums);
  // Frames are written after the header was synced, so a frame that shares its salts proves that it was whole once.
  const bool shares_salt = first && (first->salt1 == header.salt1 || first->salt2 == header.salt2);
  if (shares_salt && !header.torn) {
    scan.damage = "the header is damaged, and frames follow";
  } else {
    scan.broken_tail = "the header is broken";
  }
  return scan;
}

}  // namespace

LogScan scan_log(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  if (file->pMethods->xFileSize(file, &size) != SQLITE_OK) throw Error("the size of a log cannot be read");
  if (size < kHeader + kFrame) return {};
  const auto header = read_header(file);
  if (!header) return {};
  if (!header->sound) return scan_without_header(file, *header);
  LogScan scan;
  Sums sums = header->sums;
  for (std::int64_t i = 0;; ++i) {
    const auto frame = read_frame(file, i, *header, sums);
    if (!frame) return scan;
    if (!frame->salted || !frame->summed) {
      judge_rest(file, *header, sums, i, scan);
      return scan;
    }
    sums = frame->sums;
    if (frame->commit) scan.frames = i + 1;
  }
}

}  // namespace anlan::sql::sqlite
