#include "platform/deflate/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/result.h"

namespace anlan::deflate {
namespace {

// Fast rather than small: the hashes and signatures among the bytes do not get smaller at any level.
constexpr int kLevel = 3;
constexpr std::size_t kPiece = 64 << 10;

// zlib reads through a pointer that it does not write to.
Bytef* input(std::string_view bytes) { return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); }

}  // namespace

std::string pack(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string packed(size, '\0');
  ANLAN_ASSERT(compress2(reinterpret_cast<Bytef*>(packed.data()), &size, input(bytes), bytes.size(), kLevel) == Z_OK);
  packed.resize(size);
  return packed;
}

std::optional<std::string> unpack(std::string_view packed, std::size_t most) {
  z_stream stream{};
  ANLAN_ASSERT(inflateInit(&stream) == Z_OK);
  stream.next_in = input(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::array<char, kPiece> piece;
  int result = Z_OK;
  while (result == Z_OK && out.size() <= most) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    result = inflate(&stream, Z_NO_FLUSH);
    out.append(piece.data(), piece.size() - stream.avail_out);
  }
  const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (!whole || out.size() > most) return std::nullopt;
  return out;
}

}  // namespace anlan::deflate
