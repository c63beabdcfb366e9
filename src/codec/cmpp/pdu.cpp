#include "codec/cmpp/pdu.h"

namespace anlan::cmpp {
namespace {

using sms::Fault;
using sms::FaultKind;
using sms::Reader;
using sms::Writer;

// Where the two versions differ.
struct Form {
  bool is_30 = false;

  std::size_t number() const { return is_30 ? 32 : 21; }
  std::size_t link() const { return is_30 ? 20 : 8; }
};

// Command_Id by the place of a body in the variant.
constexpr std::uint32_t kAnswer = 0x80000000;
constexpr std::uint32_t kCommands[] = {1, kAnswer | 1, 2, kAnswer | 2, 4, kAnswer | 4, 5, kAnswer | 5, 8, kAnswer | 8};
static_assert(std::size(kCommands) == std::variant_size_v<Body>);

// A status or result: one octet, four in 3.0.
void result(Reader& in, std::string_view name, std::uint32_t& out, Form form) {
  std::uint8_t narrow = 0;
  if (form.is_30) return in.u32(name, out);
  in.u8(name, narrow);
  out = narrow;
}

void result(Writer& out, std::string_view name, std::uint32_t value, Form form) {
  if (form.is_30) return out.u32(name, value);
  if (value > 0xFF) out.fail({FaultKind::kValue, std::string(name), std::to_string(value), "0 to 255"});
  out.u8(name, static_cast<std::uint8_t>(value));
}

// Each of the following describes a body's octets for a Reader and for a Writer.
template <class Octets, class T>
void lay_connect(Octets& o, T& t) {
  o.fixed("Source_Addr", t.source_addr, 6);
  o.octets("AuthenticatorSource", t.authenticator_source, 16);
  o.u8("Version", t.version);
  o.u32("Timestamp", t.timestamp);
}

template <class Octets, class T>
void lay_connect_resp(Octets& o, T& t, Form form) {
  result(o, "Status", t.status, form);
  o.octets("AuthenticatorISMG", t.authenticator_ismg, 16);
  o.u8("Version", t.version);
}

template <class Octets, class T>
void lay_submit(Octets& o, T& t, Form form) {
  o.u64("Msg_Id", t.msg_id);
  o.u8("Pk_total", t.pk_total);
  o.u8("Pk_number", t.pk_number);
  o.u8("Registered_Delivery", t.registered_delivery);
  o.u8("Msg_level", t.msg_level);
  o.fixed("Service_Id", t.service_id, 10);
  o.u8("Fee_UserType", t.fee_user_type);
  o.fixed("Fee_terminal_Id", t.fee_terminal_id, form.number());
  if (form.is_30) o.u8("Fee_terminal_type", t.fee_terminal_type);
  o.u8("TP_pId", t.tp_pid);
  o.u8("TP_udhi", t.tp_udhi);
  o.u8("Msg_Fmt", t.msg_fmt);
  o.fixed("Msg_src", t.msg_src, 6);
  o.fixed("FeeType", t.fee_type, 2);
  o.fixed("FeeCode", t.fee_code, 6);
  o.fixed("ValId_Time", t.valid_time, 17);
  o.fixed("At_Time", t.at_time, 17);
  o.fixed("Src_Id", t.src_id, 21);
  o.count("DestUsr_tl", t.dest_terminal_id, {1, kDestinationsLimit});
  for (auto& number : t.dest_terminal_id) o.fixed("Dest_terminal_Id", number, form.number());
  if (form.is_30) o.u8("Dest_terminal_type", t.dest_terminal_type);
  o.counted("Msg_Length", t.msg_content, 255);
  o.fixed(form.is_30 ? "LinkID" : "Reserve", t.link_id, form.link());
}

template <class Octets, class T>
void lay_deliver(Octets& o, T& t, Form form) {
  o.u64("Msg_Id", t.msg_id);
  o.fixed("Dest_Id", t.dest_id, 21);
  o.fixed("Service_Id", t.service_id, 10);
  o.u8("TP_pid", t.tp_pid);
  o.u8("TP_udhi", t.tp_udhi);
  o.u8("Msg_Fmt", t.msg_fmt);
  o.fixed("Src_terminal_Id", t.src_terminal_id, form.number());
  if (form.is_30) o.u8("Src_terminal_type", t.src_terminal_type);
  o.u8("Registered_Delivery", t.registered_delivery);
  o.counted("Msg_Length", t.msg_content, 255);
  o.fixed(form.is_30 ? "LinkID" : "Reserved", t.link_id, form.link());
}

template <class Octets, class T>
void lay(Octets& o, T& t, Form form) {
  using Kind = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Kind, Connect>) lay_connect(o, t);
  if constexpr (std::is_same_v<Kind, ConnectResp>) lay_connect_resp(o, t, form);
  if constexpr (std::is_same_v<Kind, Submit>) lay_submit(o, t, form);
  if constexpr (std::is_same_v<Kind, Deliver>) lay_deliver(o, t, form);
  if constexpr (std::is_same_v<Kind, SubmitResp> || std::is_same_v<Kind, DeliverResp>) {
    o.u64("Msg_Id", t.msg_id);
    result(o, "Result", t.result, form);
  }
  if constexpr (std::is_same_v<Kind, ActiveTestResp>) o.u8("Reserved", t.reserved);
}

// The body of a command, empty; none for an unknown one.
template <std::size_t Place = 0>
std::optional<Body> body_of(std::uint32_t command) {
  if constexpr (Place < std::variant_size_v<Body>) {
    if (kCommands[Place] == command) return Body(std::in_place_index<Place>);
    return body_of<Place + 1>(command);
  }
  return std::nullopt;
}

}  // namespace

sms::Coded<Pdu> decode(std::string_view octets, std::uint8_t version) {
  Reader in(octets);
  Pdu pdu;
  std::uint32_t length = 0, command = 0;
  in.u32("Total_Length", length);
  in.u32("Command_Id", command);
  in.u32("Sequence_Id", pdu.sequence_id);
  if (in.good() && length != octets.size())
    return Fault{FaultKind::kLength, "Total_Length", std::to_string(length), std::to_string(octets.size())};
  auto body = body_of(command);
  if (in.good() && !body) return sms::command_fault("Command_Id", command);
  if (!body) return *in.finish("header");
  pdu.body = std::move(*body);
  Form form{version >= kVersion30};
  constexpr std::size_t kLongConnectResp = 4 + 16 + 1;
  if (std::holds_alternative<ConnectResp>(pdu.body)) form.is_30 = in.left() == kLongConnectResp;
  const bool bare = std::holds_alternative<ActiveTestResp>(pdu.body) && in.left() == 0;
  if (!bare) std::visit([&](auto& each) { lay(in, each, form); }, pdu.body);
  if (const auto fault = in.finish("PDU")) return *fault;
  return pdu;
}

sms::Coded<std::string> encode(const Pdu& pdu, std::uint8_t version) {
  Writer out;
  out.u32("Total_Length", 0);
  out.u32("Command_Id", kCommands[pdu.body.index()]);
  out.u32("Sequence_Id", pdu.sequence_id);
  std::visit([&](const auto& each) { lay(out, each, Form{version >= kVersion30}); }, pdu.body);
  return std::move(out).finish();
}

}  // namespace anlan::cmpp
