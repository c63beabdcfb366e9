#include "codec/cmpp/text.h"

namespace anlan::cmpp {
namespace {

constexpr sms::Capacity kCapacities[] = {{sms::Alphabet::kAscii, 159, 0}, sms::kUcs2Capacity};
constexpr std::uint8_t kAscii = 0, kUcs2 = 8, kGbk = 15;

}  // namespace

sms::Alphabet alphabet_of(std::uint8_t msg_fmt) {
  if (msg_fmt == kAscii) return sms::Alphabet::kAscii;
  if (msg_fmt == kUcs2) return sms::Alphabet::kUcs2;
  return msg_fmt == kGbk ? sms::Alphabet::kGbk : sms::Alphabet::kBinary;
}

sms::Coded<std::vector<Submit>> submits(const Submit& form, std::string_view utf8, std::uint8_t reference) {
  auto text = sms::segments(utf8, kCapacities, reference);
  if (!text) return text.error();
  std::vector<Submit> out(text->contents.size(), form);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].msg_fmt = text->alphabet == sms::Alphabet::kAscii ? kAscii : kUcs2;
    out[i].tp_udhi = text->header;
    out[i].pk_total = static_cast<std::uint8_t>(out.size());
    out[i].pk_number = static_cast<std::uint8_t>(i + 1);
    out[i].msg_content = std::move(text->contents[i]);
  }
  return out;
}

}  // namespace anlan::cmpp
