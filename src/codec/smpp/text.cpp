#include "codec/smpp/text.h"

namespace anlan::smpp {
namespace {

constexpr std::uint8_t kDefault = 0, kIa5 = 1, kLatin1 = 3, kUcs2 = 8;

}  // namespace

sms::Alphabet alphabet_of(std::uint8_t data_coding, sms::Alphabet centre_default) {
  switch (data_coding) {
    case kDefault:
      return centre_default;
    case kIa5:
      return sms::Alphabet::kAscii;
    case kLatin1:
      return sms::Alphabet::kLatin1;
    case kUcs2:
      return sms::Alphabet::kUcs2;
    default:
      return sms::Alphabet::kBinary;
  }
}

sms::Coded<std::vector<SubmitSm>> submits(const SubmitSm& form, std::string_view utf8, std::uint8_t reference,
                                          sms::Alphabet centre_default) {
  const bool octets = centre_default == sms::Alphabet::kLatin1;
  const sms::Capacity capacities[] = {{centre_default, octets ? 140u : 160u, octets ? 134u : 153u}, sms::kUcs2Capacity};
  auto text = sms::segments(utf8, capacities, reference);
  if (!text) return text.error();
  std::vector<SubmitSm> out(text->contents.size(), form);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].data_coding = text->alphabet == sms::Alphabet::kUcs2 ? kUcs2 : kDefault;
    out[i].esm_class = static_cast<std::uint8_t>((form.esm_class & ~kUdhi) | (text->header ? kUdhi : 0));
    out[i].short_message = std::move(text->contents[i]);
  }
  return out;
}

sms::Coded<sms::UserData> user_data(const ShortMessage& message) {
  return sms::user_data(message.content(), (message.esm_class & kUdhi) != 0);
}

}  // namespace anlan::smpp
