#pragma once
// Status reports (V3.0.0 §8.4.5.1) and the message identifiers by which they answer (§8.4.3.2).

#include <string>
#include <string_view>

#include "codec/cmpp/pdu.h"
#include "codec/sms/delivery.h"

namespace anlan::cmpp {

struct Report {
  std::uint64_t msg_id = 0;            // that of SUBMIT_RESP
  std::string stat;                    // 7: a word of sms/delivery.h, or a code such as "MB:0021"
  std::string submit_time, done_time;  // 10: YYMMDDhhmm in China's time
  std::string dest_terminal_id;        // 21; 3.0: 32
  std::uint32_t smsc_sequence = 0;
  bool operator==(const Report&) const = default;

  sms::Delivery delivery() const { return sms::delivery_of(stat); }
};

// From the msg_content of a Deliver with registered_delivery 1; msg_fmt says nothing of it. The form is told by the
// length, 60 octets or 71, since gateways of 3.0 were seen to send the shorter one.
sms::Coded<Report> read_report(std::string_view msg_content);
sms::Coded<std::string> write_report(const Report&, std::uint8_t version);

// The parts of a Msg_Id.
struct MsgId {
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::uint32_t gateway = 0;   // 22 bits
  std::uint16_t sequence = 0;  // goes round
  bool operator==(const MsgId&) const = default;
};

MsgId msg_id_parts(std::uint64_t);
// What is too large for its bits loses its upper ones.
std::uint64_t msg_id(const MsgId&);

}  // namespace anlan::cmpp
