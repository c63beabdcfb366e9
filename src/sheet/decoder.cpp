#include "sheet/decoder.h"

#include <iconv.h>

#include <array>
#include <cerrno>

#include "base/result.h"
#include "base/text.h"

namespace anlan::sheet {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kPiece = 1 << 14;
constexpr auto kMark = "\xEF\xBB\xBF"sv;

// GB18030 holds all that GBK and GB 2312 do, in the same bytes.
const char* name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf16Little:
      return "UTF-16LE";
    case Encoding::kUtf16Big:
      return "UTF-16BE";
    default:
      return "GB18030";
  }
}

// The end of the last whole character within the first `most` bytes.
std::size_t whole(std::string_view utf8, std::size_t most) {
  if (most >= utf8.size()) return utf8.size();
  while (most > 0 && (static_cast<unsigned char>(utf8[most]) & 0xC0) == 0x80) --most;
  return most;
}

}  // namespace

Encoding encoding_of(std::string_view bytes) {
  if (bytes.starts_with(kMark)) return Encoding::kUtf8;
  if (bytes.starts_with("\xFF\xFE"sv)) return Encoding::kUtf16Little;
  if (bytes.starts_with("\xFE\xFF"sv)) return Encoding::kUtf16Big;
  return is_utf8(bytes) ? Encoding::kUtf8 : Encoding::kGb18030;
}

Decoder::Decoder(std::string_view bytes)
    : encoding_(encoding_of(bytes)), left_(bytes), converter_(nullptr, iconv_close) {
  if (encoding_ == Encoding::kUtf8) {
    if (left_.starts_with(kMark)) left_.remove_prefix(kMark.size());
    sound_ = is_utf8(left_);
    return;
  }
  if (encoding_ != Encoding::kGb18030) left_.remove_prefix(2);
  converter_.reset(iconv_open("UTF-8", name_of(encoding_)));
  ANLAN_ASSERT(converter_.get() != reinterpret_cast<iconv_t>(-1));
}

// A full buffer is no fault; bytes that stand for nothing, and a character cut short at the end, are.
bool Decoder::next(std::string& piece) {
  piece.clear();
  if (!sound_) return false;
  if (encoding_ == Encoding::kUtf8) {
    const std::size_t size = whole(left_, kPiece);
    piece.assign(left_.substr(0, size));
    left_.remove_prefix(size);
    return true;
  }
  if (left_.empty()) return true;
  std::array<char, kPiece> out;
  char* in = const_cast<char*>(left_.data());  // iconv does not write to it
  char* to = out.data();
  std::size_t rest = left_.size(), room = out.size();
  const bool done = iconv(converter_.get(), &in, &rest, &to, &room) != static_cast<std::size_t>(-1);
  if (!done && errno != E2BIG) return false;
  left_.remove_prefix(left_.size() - rest);
  piece.assign(out.data(), out.size() - room);
  return true;
}

}  // namespace anlan::sheet
