#pragma once
// Text in submit_sm and deliver_sm: §5.2.12 esm_class, §5.2.19 data_coding.

#include <string_view>
#include <vector>

#include "codec/smpp/pdu.h"
#include "codec/sms/segments.h"

namespace anlan::smpp {

inline constexpr std::uint8_t kUdhi = 0x40;  // esm_class: the message begins with a user data header

// data_coding 0 is whatever the message centre's default alphabet is: kGsm by the standard, kLatin1 or kAscii at some.
sms::Alphabet alphabet_of(std::uint8_t data_coding, sms::Alphabet centre_default);

// The submit_sms of a text, like `form` in everything but data_coding, esm_class's header bit and short_message: of the
// default alphabet where it has all characters, 160 of them alone and 153 in a part (one octet each, as the centre
// packs them itself; 140 and 134 in kLatin1), else of UCS-2, 70 alone and 67 in a part. Faults as sms::segments.
sms::Coded<std::vector<SubmitSm>> submits(const SubmitSm& form, std::string_view utf8, std::uint8_t reference,
                                          sms::Alphabet centre_default = sms::Alphabet::kGsm);

// The octets of a message without their header.
sms::Coded<sms::UserData> user_data(const ShortMessage&);

}  // namespace anlan::smpp
