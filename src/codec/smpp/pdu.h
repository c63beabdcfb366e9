#pragma once
// The PDUs of SMPP 3.4 (SMPP Protocol Specification v3.4, issue 1.2, §4 and §5) between an ESME and a message centre,
// both ways.
//
// Pure: octets in, value out. Member names are those of the document; text ends at a NUL on the wire, sizes count it.
// Other operations are not spoken: a PDU of one is a fault (kCommand), to be answered by generic_nack.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/sms/frames.h"

namespace anlan::smpp {

inline constexpr std::size_t kHeaderOctets = 16;
inline constexpr std::size_t kFrameLimit = 68 * 1024;  // a message_payload of 65,535 octets and all else
inline constexpr std::uint8_t kVersion34 = 0x34;

// §3.2 command_length. One a connection.
inline sms::Frames frames() { return {"command_length", {kHeaderOctets, kFrameLimit}}; }

// §5.1.3, those that a session acts upon.
namespace status {
inline constexpr std::uint32_t kOk = 0x00, kInvalidLength = 0x02, kInvalidCommand = 0x03, kInvalidBindState = 0x04,
                               kAlreadyBound = 0x05, kSystemError = 0x08, kInvalidDestination = 0x0B,
                               kBindFailed = 0x0D, kInvalidPassword = 0x0E, kQueueFull = 0x14, kThrottled = 0x58;
}  // namespace status

// §5.3.2: optional parameters, in the order in which they stand.
struct Tlv {
  std::uint16_t tag = 0;
  std::string value;
  bool operator==(const Tlv&) const = default;
};
namespace tag {
inline constexpr std::uint16_t kReceiptedMessageId = 0x001E, kScInterfaceVersion = 0x0210, kNetworkErrorCode = 0x0423,
                               kMessagePayload = 0x0424, kMessageState = 0x0427;
}  // namespace tag

// The first of a tag; null where there is none.
const std::string* find(const std::vector<Tlv>&, std::uint16_t tag);

enum class Role : std::uint8_t { kReceiver, kTransmitter, kTransceiver };

// §4.1: bind_receiver, bind_transmitter, bind_transceiver.
struct Bind {
  Role role = Role::kTransceiver;
  std::string system_id = {};    // 16
  std::string password = {};     // 9
  std::string system_type = {};  // 13
  std::uint8_t interface_version = kVersion34, addr_ton = 0, addr_npi = 0;
  std::string address_range = {};  // 41
  bool operator==(const Bind&) const = default;
};

// A response whose command_status is not 0 may have no body at all: read as an empty one, and an empty one is so
// written.
struct BindResp {
  Role role = Role::kTransceiver;
  std::string system_id = {};  // 16
  std::vector<Tlv> optional = {};
  bool operator==(const BindResp&) const = default;
};

// §4.4.1 and §4.6.1, which have the same fields.
struct ShortMessage {
  std::string service_type;  // 6
  std::uint8_t source_addr_ton = 0, source_addr_npi = 0;
  std::string source_addr;  // 21
  std::uint8_t dest_addr_ton = 0, dest_addr_npi = 0;
  std::string destination_addr;  // 21
  std::uint8_t esm_class = 0, protocol_id = 0, priority_flag = 0;
  std::string schedule_delivery_time, validity_period;  // empty or 16 characters, §7.1.1
  std::uint8_t registered_delivery = 0, replace_if_present_flag = 0, data_coding = 0, sm_default_msg_id = 0;
  std::string short_message;  // 254 octets
  std::vector<Tlv> optional;
  bool operator==(const ShortMessage&) const = default;

  // The message: message_payload where short_message is empty (§5.3.2.32).
  std::string_view content() const;
};

struct SubmitSm : ShortMessage {
  bool operator==(const SubmitSm&) const = default;
};
struct DeliverSm : ShortMessage {
  bool operator==(const DeliverSm&) const = default;
};

// §4.4.2, as BindResp where the status is not 0.
struct SubmitSmResp {
  std::string message_id;     // 65
  std::vector<Tlv> optional;  // none in 3.4; 5.0 has some
  bool operator==(const SubmitSmResp&) const = default;
};

// §4.6.2: message_id is not used.
struct DeliverSmResp {
  std::string message_id;  // 65
  std::vector<Tlv> optional;
  bool operator==(const DeliverSmResp&) const = default;
};

// §4.2, §4.3, §4.11
struct Unbind {
  bool operator==(const Unbind&) const = default;
};
struct UnbindResp {
  bool operator==(const UnbindResp&) const = default;
};
struct EnquireLink {
  bool operator==(const EnquireLink&) const = default;
};
struct EnquireLinkResp {
  bool operator==(const EnquireLinkResp&) const = default;
};
struct GenericNack {
  bool operator==(const GenericNack&) const = default;
};

using Body = std::variant<Bind, BindResp, SubmitSm, SubmitSmResp, DeliverSm, DeliverSmResp, Unbind, UnbindResp,
                          EnquireLink, EnquireLinkResp, GenericNack>;

struct Pdu {
  std::uint32_t command_status = 0;
  std::uint32_t sequence_number = 0;
  Body body;
  bool operator==(const Pdu&) const = default;
};

// A whole PDU, as Frames gives it.
sms::Coded<Pdu> decode(std::string_view octets);
sms::Coded<std::string> encode(const Pdu&);

// sequence_number of a PDU that decode refuses, 0 where it has none: what a generic_nack names.
std::uint32_t sequence_of(std::string_view octets);

}  // namespace anlan::smpp
