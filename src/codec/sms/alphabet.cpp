#include "codec/sms/alphabet.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "base/result.h"
#include "base/text.h"

namespace anlan::sms {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char16_t kEscape = 0x1B;

// 3GPP TS 23.038 §6.2.1, by septet.
constexpr std::u16string_view kDefault =
    u"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    u"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static_assert(kDefault.size() == 128);

// §6.2.1.1: the septet behind the escape, and what the two stand for.
struct Extended {
  char septet;
  char16_t character;
};
constexpr std::array kExtension = {
    Extended{0x0A, u'\f'}, Extended{0x14, u'^'}, Extended{0x28, u'{'}, Extended{0x29, u'}'}, Extended{0x2F, u'\\'},
    Extended{0x3C, u'['},  Extended{0x3D, u'~'}, Extended{0x3E, u']'}, Extended{0x40, u'|'}, Extended{0x65, u'€'}};

// The first character of text that is_utf8, removed from its front.
char32_t next(std::string_view& utf8) {
  const auto first = static_cast<unsigned char>(utf8.front());
  const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t c = size == 1 ? first : first & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) c = c << 6 | (static_cast<unsigned char>(utf8[i]) & 0x3Fu);
  utf8.remove_prefix(size);
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  const int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr unsigned kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[more] | c >> (6 * more));
  for (int i = more; i-- > 0;) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
}

void append_unit(std::string& out, char32_t unit) {
  out += static_cast<char>(unit >> 8);
  out += static_cast<char>(unit & 0xFF);
}

bool append_ucs2(std::string& out, char32_t c) {
  if (c < 0x10000) return append_unit(out, c), true;
  append_unit(out, 0xD800 + ((c - 0x10000) >> 10));
  append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
  return true;
}

bool append_gsm(std::string& out, char32_t c) {
  const auto plain = std::ranges::find(kDefault, c);
  if (plain != kDefault.end() && c != kEscape) return out += static_cast<char>(plain - kDefault.begin()), true;
  const auto* extended = std::ranges::find(kExtension, c, &Extended::character);
  if (extended == kExtension.end()) return false;
  out += static_cast<char>(kEscape);
  out += extended->septet;
  return true;
}

bool append(std::string& out, char32_t c, Alphabet alphabet) {
  switch (alphabet) {
    case Alphabet::kAscii:
      return c < 0x80 && (out += static_cast<char>(c), true);
    case Alphabet::kLatin1:
      return c < 0x100 && (out += static_cast<char>(c), true);
    case Alphabet::kUcs2:
      return append_ucs2(out, c);
    case Alphabet::kGsm:
      return append_gsm(out, c);
    default:
      return false;
  }
}

// One turn of iconv: what could be read of `bytes` is removed from it; false where its front stands for nothing.
bool convert(iconv_t converter, std::string_view& bytes, std::string& out) {
  std::array<char, 512> room;
  while (!bytes.empty()) {
    char* in = const_cast<char*>(bytes.data());
    char* to = room.data();
    std::size_t left = bytes.size(), free = room.size();
    const bool whole = iconv(converter, &in, &left, &to, &free) != static_cast<std::size_t>(-1);
    const bool full = errno == E2BIG;
    out.append(room.data(), room.size() - free);
    bytes.remove_prefix(bytes.size() - left);
    if (!whole && !full) return false;
  }
  return true;
}

using Converter = std::unique_ptr<void, int (*)(iconv_t)>;

Converter converter(const char* to, const char* from) {
  Converter made(iconv_open(to, from), iconv_close);
  ANLAN_ASSERT(made.get() != reinterpret_cast<iconv_t>(-1));
  return made;
}

std::string decoded_gbk(std::string_view octets) {
  const Converter to_utf8 = converter("UTF-8", "GB18030");
  std::string out;
  while (!convert(to_utf8.get(), octets, out)) {
    append_utf8(out, kReplacement);
    octets.remove_prefix(1);
  }
  return out;
}

char32_t unit_at(std::string_view octets, std::size_t at) {
  return static_cast<char32_t>(static_cast<unsigned char>(octets[at]) << 8 |
                               static_cast<unsigned char>(octets[at + 1]));
}

std::string decoded_ucs2(std::string_view octets) {
  std::string out;
  std::size_t at = 0;
  for (; at + 1 < octets.size(); at += 2) {
    const char32_t unit = unit_at(octets, at);
    const char32_t low = at + 3 < octets.size() ? unit_at(octets, at + 2) : 0;
    if (unit < 0xD800 || unit > 0xDFFF) {
      append_utf8(out, unit);
    } else if (unit < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF) {
      append_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
      at += 2;
    } else {
      append_utf8(out, kReplacement);
    }
  }
  if (at < octets.size()) append_utf8(out, kReplacement);
  return out;
}

// §6.2.1.1: behind the escape, a septet without a character of its own there stands for that of the default alphabet.
std::string decoded_gsm(std::string_view septets) {
  std::string out;
  for (std::size_t i = 0; i < septets.size(); ++i) {
    const auto* extended = kExtension.end();
    if (septets[i] == kEscape && i + 1 < septets.size()) {
      ++i;
      extended = std::ranges::find(kExtension, septets[i], &Extended::septet);
    }
    const auto septet = static_cast<unsigned char>(septets[i]);
    if (extended != kExtension.end())
      append_utf8(out, extended->character);
    else
      append_utf8(out, septet < kDefault.size() && septet != kEscape ? kDefault[septet] : kReplacement);
  }
  return out;
}

}  // namespace

std::optional<std::string> encoded(std::string_view utf8, Alphabet alphabet) {
  if (!is_utf8(utf8)) return std::nullopt;
  std::string out;
  if (alphabet == Alphabet::kGbk) {
    const Converter to_gbk = converter("GBK", "UTF-8");
    return convert(to_gbk.get(), utf8, out) ? std::optional(out) : std::nullopt;
  }
  while (!utf8.empty())
    if (!append(out, next(utf8), alphabet)) return std::nullopt;
  return out;
}

std::string decoded(std::string_view octets, Alphabet alphabet) {
  if (alphabet == Alphabet::kUcs2) return decoded_ucs2(octets);
  if (alphabet == Alphabet::kGsm) return decoded_gsm(octets);
  if (alphabet == Alphabet::kGbk) return decoded_gbk(octets);
  const char32_t end = alphabet == Alphabet::kAscii ? 0x80 : alphabet == Alphabet::kLatin1 ? 0x100 : 0;
  std::string out;
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    append_utf8(out, octet < end ? octet : kReplacement);
  }
  return out;
}

}  // namespace anlan::sms
