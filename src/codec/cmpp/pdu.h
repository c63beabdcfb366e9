#pragma once
// The PDUs of CMPP 2.0 and 3.0 between a service provider and its gateway (ISMG), both ways:
// 中国移动通信互联网短信网关接口协议 V2.0 §7 and V3.0.0 §8. Clauses below are those of V3.0.0, whose text was read;
// where 2.0 differs its field widths are those of programs that speak it.
//
// Pure: octets in, value out. Member names are those of the document. Fields of fixed size hold text before their first
// NUL. QUERY, CANCEL and what gateways say among themselves are not spoken.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/sms/frames.h"

namespace anlan::cmpp {

inline constexpr std::size_t kHeaderOctets = 12;
inline constexpr std::size_t kFrameLimit = 4096;                     // the longest SUBMIT, 3.0 to 99 numbers, has 3586
inline constexpr std::size_t kDestinationsLimit = 99;                // §8.4.3.1 DestUsr_tl
inline constexpr std::uint8_t kVersion20 = 0x20, kVersion30 = 0x30;  // others between them (0x21) have the form of 2.0

// §8.3 Total_Length. One a connection.
inline sms::Frames frames() { return {"Total_Length", {kHeaderOctets, kFrameLimit}}; }

// §8.4.1.1; see cmpp/authenticator.h.
struct Connect {
  std::string source_addr;           // at most 6: SP_Id
  std::string authenticator_source;  // 16 octets
  std::uint8_t version = kVersion30;
  std::uint32_t timestamp = 0;
  bool operator==(const Connect&) const = default;
};

// §8.4.1.2. Read by its length, since it is what tells the version: a status of one octet or of four. Status: 0 good, 1
// structure, 2 source address, 3 authentication, 4 version too high, 5 and up other.
struct ConnectResp {
  std::uint32_t status = 0;
  std::string authenticator_ismg = std::string(16, '\0');
  std::uint8_t version = kVersion30;
  bool operator==(const ConnectResp&) const = default;
};

// §8.4.3.1
struct Submit {
  std::uint64_t msg_id = 0;  // 0: the gateway gives it
  std::uint8_t pk_total = 1, pk_number = 1;
  std::uint8_t registered_delivery = 1;  // 1: a status report is wanted
  std::uint8_t msg_level = 0;
  std::string service_id;              // 10
  std::uint8_t fee_user_type = 2;      // 2: the provider pays
  std::string fee_terminal_id;         // 21; 3.0: 32
  std::uint8_t fee_terminal_type = 0;  // 3.0 only
  std::uint8_t tp_pid = 0, tp_udhi = 0, msg_fmt = 8;
  std::string msg_src;                        // 6: SP_Id
  std::string fee_type = "01";                // 2
  std::string fee_code;                       // 6, hundredths of a yuan
  std::string valid_time, at_time;            // 17, SMPP 3.3 time format
  std::string src_id;                         // 21: the number that the phone shows
  std::vector<std::string> dest_terminal_id;  // 1 to 99 of 21; 3.0: 32
  std::uint8_t dest_terminal_type = 0;        // 3.0 only
  std::string msg_content;  // 255 by its length octet; gateways take less than 160 where msg_fmt is 0, else 140
  std::string link_id;      // 20; 2.0: Reserve of 8
  bool operator==(const Submit&) const = default;
};

// §8.4.3.2
struct SubmitResp {
  std::uint64_t msg_id = 0;
  std::uint32_t result = 0;  // 8: too fast for the gateway
  bool operator==(const SubmitResp&) const = default;
};

// §8.4.5.1. A status report where registered_delivery is 1: see cmpp/report.h.
struct Deliver {
  std::uint64_t msg_id = 0;
  std::string dest_id;     // 21
  std::string service_id;  // 10
  std::uint8_t tp_pid = 0, tp_udhi = 0, msg_fmt = 8;
  std::string src_terminal_id;         // 21; 3.0: 32
  std::uint8_t src_terminal_type = 0;  // 3.0 only
  std::uint8_t registered_delivery = 0;
  std::string msg_content;  // 255
  std::string link_id;      // 20; 2.0: Reserved of 8
  bool operator==(const Deliver&) const = default;
};

// §8.4.5.2
struct DeliverResp {
  std::uint64_t msg_id = 0;
  std::uint32_t result = 0;
  bool operator==(const DeliverResp&) const = default;
};

// §8.4.2, §8.4.7
struct Terminate {
  bool operator==(const Terminate&) const = default;
};
struct TerminateResp {
  bool operator==(const TerminateResp&) const = default;
};
struct ActiveTest {
  bool operator==(const ActiveTest&) const = default;
};
// One reserved octet, which some gateways leave out: written always, not missed when read.
struct ActiveTestResp {
  std::uint8_t reserved = 0;
  bool operator==(const ActiveTestResp&) const = default;
};

using Body = std::variant<Connect, ConnectResp, Terminate, TerminateResp, Submit, SubmitResp, Deliver, DeliverResp,
                          ActiveTest, ActiveTestResp>;

struct Pdu {
  std::uint32_t sequence_id = 0;
  Body body;
  bool operator==(const Pdu&) const = default;
};

// A whole PDU, as Frames gives it. `version` is what both sides agreed on; before that the one that was asked for.
sms::Coded<Pdu> decode(std::string_view octets, std::uint8_t version);
sms::Coded<std::string> encode(const Pdu&, std::uint8_t version);

}  // namespace anlan::cmpp
