#pragma once
// Text in SUBMIT and DELIVER: §8.4.3.1 Msg_Fmt, TP_udhi, Msg_Length; §8.4.5.1.

#include <string>
#include <string_view>
#include <vector>

#include "codec/cmpp/pdu.h"
#include "codec/sms/segments.h"

namespace anlan::cmpp {

// Msg_Fmt 0, 8 and 15; kBinary for all others.
sms::Alphabet alphabet_of(std::uint8_t msg_fmt);

// The SUBMITs of a text, like `form` in everything but msg_fmt, tp_udhi, pk_total, pk_number and msg_content: one of
// ASCII where it has no more than 159 characters of it, else of UCS-2, 70 characters alone and 67 in a part. A longer
// text is never cut as ASCII: gateways do not agree on how the header and septets go together there. Faults as
// sms::segments.
sms::Coded<std::vector<Submit>> submits(const Submit& form, std::string_view utf8, std::uint8_t reference);

// The octets of a Deliver's or Submit's text without their header.
template <class T>
sms::Coded<sms::UserData> user_data(const T& message) {
  return sms::user_data(message.msg_content, (message.tp_udhi & 1) != 0);
}

}  // namespace anlan::cmpp
