#include "codec/smpp/pdu.h"

#include <algorithm>

namespace anlan::smpp {
namespace {

using sms::Fault;
using sms::FaultKind;
using sms::Reader;
using sms::Writer;

constexpr std::size_t kPayloadLimit = 0xFFFF;
constexpr std::uint32_t kAnswer = 0x80000000;

// §5.1.2.1
constexpr std::uint32_t kBinds[] = {0x01, 0x02, 0x09};  // by Role
constexpr std::uint32_t kSubmitSm = 0x04, kDeliverSm = 0x05, kUnbind = 0x06, kEnquireLink = 0x15;

void lay_optional(Reader& in, std::vector<Tlv>& out) {
  while (in.left() > 0) {
    Tlv& each = out.emplace_back();
    std::uint16_t length = 0;
    in.u16("tag", each.tag);
    in.u16("length", length);
    in.octets("optional parameter", each.value, length);
  }
}

void lay_optional(Writer& out, const std::vector<Tlv>& all) {
  for (const Tlv& each : all) {
    if (each.value.size() > kPayloadLimit)
      return out.fail({FaultKind::kValue, "optional parameter", std::to_string(each.value.size()) + " octets",
                       "at most 65535 octets"});
    out.u16("tag", each.tag);
    out.u16("length", static_cast<std::uint16_t>(each.value.size()));
    out.octets("optional parameter", each.value, each.value.size());
  }
}

template <class Octets, class T>
void lay_bind(Octets& o, T& t) {
  o.terminated("system_id", t.system_id, 16);
  o.terminated("password", t.password, 9);
  o.terminated("system_type", t.system_type, 13);
  o.u8("interface_version", t.interface_version);
  o.u8("addr_ton", t.addr_ton);
  o.u8("addr_npi", t.addr_npi);
  o.terminated("address_range", t.address_range, 41);
}

template <class Octets, class T>
void lay_message(Octets& o, T& t) {
  o.terminated("service_type", t.service_type, 6);
  o.u8("source_addr_ton", t.source_addr_ton);
  o.u8("source_addr_npi", t.source_addr_npi);
  o.terminated("source_addr", t.source_addr, 21);
  o.u8("dest_addr_ton", t.dest_addr_ton);
  o.u8("dest_addr_npi", t.dest_addr_npi);
  o.terminated("destination_addr", t.destination_addr, 21);
  o.u8("esm_class", t.esm_class);
  o.u8("protocol_id", t.protocol_id);
  o.u8("priority_flag", t.priority_flag);
  o.terminated("schedule_delivery_time", t.schedule_delivery_time, 17);
  o.terminated("validity_period", t.validity_period, 17);
  o.u8("registered_delivery", t.registered_delivery);
  o.u8("replace_if_present_flag", t.replace_if_present_flag);
  o.u8("data_coding", t.data_coding);
  o.u8("sm_default_msg_id", t.sm_default_msg_id);
  o.counted("sm_length", t.short_message, 254);
  lay_optional(o, t.optional);
}

template <class Octets, class T>
void lay(Octets& o, T& t) {
  if constexpr (std::is_base_of_v<ShortMessage, T>) {
    lay_message(o, t);
  } else if constexpr (requires { t.password; }) {
    lay_bind(o, t);
  } else if constexpr (requires { t.message_id; }) {
    o.terminated("message_id", t.message_id, 65);
    lay_optional(o, t.optional);
  } else if constexpr (requires { t.system_id; }) {
    o.terminated("system_id", t.system_id, 16);
    lay_optional(o, t.optional);
  }
}

// What may come without its body where command_status is not 0.
template <class T>
bool is_empty(const T& body) {
  if constexpr (requires { body.message_id; }) return body.message_id.empty() && body.optional.empty();
  if constexpr (std::is_same_v<T, BindResp>) return body.system_id.empty() && body.optional.empty();
  return false;
}

std::optional<Body> body_of(std::uint32_t command) {
  for (std::size_t i = 0; i < std::size(kBinds); ++i) {
    if (command == kBinds[i]) return Bind{static_cast<Role>(i)};
    if (command == (kBinds[i] | kAnswer)) return BindResp{static_cast<Role>(i)};
  }
  switch (command) {
    case kSubmitSm:
      return SubmitSm();
    case kSubmitSm | kAnswer:
      return SubmitSmResp();
    case kDeliverSm:
      return DeliverSm();
    case kDeliverSm | kAnswer:
      return DeliverSmResp();
    case kUnbind:
      return Unbind();
    case kUnbind | kAnswer:
      return UnbindResp();
    case kEnquireLink:
      return EnquireLink();
    case kEnquireLink | kAnswer:
      return EnquireLinkResp();
    case kAnswer:
      return GenericNack();
    default:
      return std::nullopt;
  }
}

std::uint32_t command_of(const Body& body) {
  constexpr std::uint32_t kByPlace[] = {0,
                                        0,
                                        kSubmitSm,
                                        kSubmitSm | kAnswer,
                                        kDeliverSm,
                                        kDeliverSm | kAnswer,
                                        kUnbind,
                                        kUnbind | kAnswer,
                                        kEnquireLink,
                                        kEnquireLink | kAnswer,
                                        kAnswer};
  static_assert(std::size(kByPlace) == std::variant_size_v<Body>);
  if (const auto* bind = std::get_if<Bind>(&body)) return kBinds[static_cast<std::size_t>(bind->role)];
  if (const auto* resp = std::get_if<BindResp>(&body)) return kBinds[static_cast<std::size_t>(resp->role)] | kAnswer;
  return kByPlace[body.index()];
}

}  // namespace

const std::string* find(const std::vector<Tlv>& all, std::uint16_t tag) {
  const auto found = std::ranges::find(all, tag, &Tlv::tag);
  return found == all.end() ? nullptr : &found->value;
}

std::string_view ShortMessage::content() const {
  const std::string* payload = short_message.empty() ? find(optional, tag::kMessagePayload) : nullptr;
  return payload ? *payload : short_message;
}

sms::Coded<Pdu> decode(std::string_view octets) {
  Reader in(octets);
  Pdu pdu;
  std::uint32_t length = 0, command = 0;
  in.u32("command_length", length);
  in.u32("command_id", command);
  in.u32("command_status", pdu.command_status);
  in.u32("sequence_number", pdu.sequence_number);
  if (in.good() && length != octets.size())
    return Fault{FaultKind::kLength, "command_length", std::to_string(length), std::to_string(octets.size())};
  auto body = body_of(command);
  if (in.good() && !body) return sms::command_fault("command_id", command);
  if (!body) return *in.finish("header");
  pdu.body = std::move(*body);
  std::visit(
      [&](auto& each) {
        if (pdu.command_status == 0 || in.left() > 0 || !is_empty(each)) lay(in, each);
      },
      pdu.body);
  if (const auto fault = in.finish("PDU")) return *fault;
  return pdu;
}

sms::Coded<std::string> encode(const Pdu& pdu) {
  Writer out;
  out.u32("command_length", 0);
  out.u32("command_id", command_of(pdu.body));
  out.u32("command_status", pdu.command_status);
  out.u32("sequence_number", pdu.sequence_number);
  std::visit(
      [&](const auto& each) {
        if (pdu.command_status == 0 || !is_empty(each)) lay(out, each);
      },
      pdu.body);
  return std::move(out).finish();
}

std::uint32_t sequence_of(std::string_view octets) {
  std::uint32_t sequence = 0;
  if (octets.size() >= kHeaderOctets) Reader(octets.substr(12)).u32("sequence_number", sequence);
  return sequence;
}

}  // namespace anlan::smpp
