#include "codec/smpp/pdu.h"

#include <gmock/gmock.h>

#include <random>

#include "codec/smpp/receipt.h"
#include "codec/smpp/text.h"

namespace anlan::smpp {
namespace {

using sms::Fault;
using sms::FaultKind;

std::string octets_of(std::string_view hex) {
  std::string out;
  for (; hex.size() > 1; hex.remove_prefix(2))
    out += static_cast<char>(std::stoi(std::string(hex.substr(0, 2)), nullptr, 16));
  return out;
}

std::string with_length(std::string octets) {
  octets[2] = static_cast<char>(octets.size() >> 8);
  octets[3] = static_cast<char>(octets.size());
  return octets;
}

// Laid out by hand from §4.1.1.
constexpr std::string_view kBind =
    "0000002F000000020000000000000001"
    "534D50503354455354007365637265743038005355424D4954310034010100";

TEST(SmppPdu, ReadsABindFieldByField) {
  const Pdu pdu = decode(octets_of(kBind)).value();
  EXPECT_EQ(pdu.sequence_number, 1u);
  const auto& bind = std::get<Bind>(pdu.body);
  EXPECT_EQ(bind.role, Role::kTransmitter);
  EXPECT_EQ(bind.system_id, "SMPP3TEST");
  EXPECT_EQ(bind.password, "secret08");
  EXPECT_EQ(bind.system_type, "SUBMIT1");
  EXPECT_EQ(bind.interface_version, kVersion34);
  EXPECT_EQ(bind.addr_ton, 1);
  EXPECT_EQ(bind.addr_npi, 1);
  EXPECT_EQ(bind.address_range, "");
  EXPECT_EQ(encode(pdu).value(), octets_of(kBind));
}

TEST(SmppPdu, KnowsTheCommandsByTheirNumbers) {
  const std::pair<Body, const char*> all[] = {{Bind{Role::kReceiver}, "00000001"},
                                              {BindResp{Role::kReceiver}, "80000001"},
                                              {Bind{Role::kTransmitter}, "00000002"},
                                              {BindResp{Role::kTransmitter}, "80000002"},
                                              {Bind{Role::kTransceiver}, "00000009"},
                                              {BindResp{Role::kTransceiver}, "80000009"},
                                              {SubmitSm{}, "00000004"},
                                              {SubmitSmResp{}, "80000004"},
                                              {DeliverSm{}, "00000005"},
                                              {DeliverSmResp{}, "80000005"},
                                              {Unbind{}, "00000006"},
                                              {UnbindResp{}, "80000006"},
                                              {EnquireLink{}, "00000015"},
                                              {EnquireLinkResp{}, "80000015"},
                                              {GenericNack{}, "80000000"}};
  for (const auto& [body, command] : all) {
    const std::string octets = encode({0, 7, body}).value();
    EXPECT_EQ(octets.substr(4, 4), octets_of(command));
    EXPECT_EQ(decode(octets).value(), (Pdu{0, 7, body})) << command;
  }
}

TEST(SmppPdu, ReadsASubmitFieldByField) {
  const std::string good =
      with_length(octets_of("00000000000000040000000000000005"
                            "00"
                            "0201"
                            "383130303000"
                            "0101"
                            "3836313338303030303030303000"
                            "400001"
                            "00"
                            "00"
                            "01"
                            "00"
                            "08"
                            "00"
                            "0400616C93"
                            "0204000200AB"));
  const auto submit = std::get<SubmitSm>(decode(good)->body);
  EXPECT_EQ(submit.service_type, "");
  EXPECT_EQ(submit.source_addr_ton, 2);
  EXPECT_EQ(submit.source_addr_npi, 1);
  EXPECT_EQ(submit.source_addr, "81000");
  EXPECT_EQ(submit.dest_addr_ton, 1);
  EXPECT_EQ(submit.destination_addr, "8613800000000");
  EXPECT_EQ(submit.esm_class, kUdhi);
  EXPECT_EQ(submit.priority_flag, 1);
  EXPECT_EQ(submit.registered_delivery, 1);
  EXPECT_EQ(submit.data_coding, 8);
  EXPECT_EQ(submit.content(), octets_of("00616C93"));
  ASSERT_NE(find(submit.optional, 0x0204), nullptr);
  EXPECT_EQ(*find(submit.optional, 0x0204), octets_of("00AB"));
  EXPECT_EQ(encode({0, 5, submit}).value(), good);
}

TEST(SmppPdu, TakesTheMessageFromThePayloadWhereTheOtherIsEmpty) {
  DeliverSm deliver;
  deliver.optional = {{tag::kMessagePayload, std::string(65535, 'x')}};
  const std::string octets = encode({0, 1, deliver}).value();
  EXPECT_LE(octets.size(), kFrameLimit);
  EXPECT_EQ(std::get<DeliverSm>(decode(octets)->body).content().size(), 65535u);
  deliver.short_message = "short";
  EXPECT_EQ(deliver.content(), "short");
  deliver.optional[0].value += 'x';
  EXPECT_EQ(encode({0, 1, deliver}).error().field, "optional parameter");
}

TEST(SmppPdu, ReadsARefusalWithAndWithoutABody) {
  const std::string bare = octets_of("00000010800000040000005800000009");
  EXPECT_EQ(decode(bare).value(), (Pdu{status::kThrottled, 9, SubmitSmResp{}}));
  EXPECT_EQ(encode({status::kThrottled, 9, SubmitSmResp{}}).value(), bare);
  EXPECT_EQ(decode(octets_of("0000001180000004000000580000000900")).value(),
            (Pdu{status::kThrottled, 9, SubmitSmResp{}}));
  EXPECT_EQ(decode(octets_of("00000010800000090000000E00000001")).value(),
            (Pdu{status::kInvalidPassword, 1, BindResp{Role::kTransceiver}}));
  EXPECT_EQ(decode(octets_of("00000010800000040000000000000009")).error(),
            (Fault{FaultKind::kStructure, "message_id", "without a NUL in 0 octets", "a NUL within 65 octets"}));
}

TEST(SmppPdu, NamesWhatIsWrong) {
  EXPECT_EQ(decode(octets_of("000000100000000300000000000000AA")).error(),
            (Fault{FaultKind::kCommand, "command_id", "0x00000003", "a command that is spoken here"}));
  EXPECT_EQ(sequence_of(octets_of("000000100000000300000000000000AA")), 0xAAu);
  EXPECT_EQ(sequence_of(octets_of("0000001000000003")), 0u);
  EXPECT_EQ(decode(octets_of("000000110000001500000000000000AA")).error(),
            (Fault{FaultKind::kLength, "command_length", "17", "16"}));
  EXPECT_EQ(decode(octets_of("000000110000001500000000000000AA00")).error().found, "1 octets");
  EXPECT_EQ(decode("abc").error().field, "command_length");
  EXPECT_EQ(encode({0, 1, Bind{Role::kTransceiver, "id", "123456789"}}).error(),
            (Fault{FaultKind::kValue, "password", "9 octets", "at most 8 octets"}));
  SubmitSm submit;
  submit.short_message.assign(255, 'x');
  EXPECT_EQ(encode({0, 1, submit}).error().field, "sm_length");
  submit.short_message = "text";
  submit.optional = {{tag::kMessageState, "\2"}};
  const std::string octets = encode({0, 1, submit}).value();
  for (std::size_t size = 0; size < octets.size(); ++size) {
    std::string cut = octets.substr(0, size);
    if (size >= 4) cut = with_length(cut);
    EXPECT_EQ(decode(cut).ok(), size == octets.size() - 5) << size;  // without the parameter it is whole
  }
}

TEST(SmppFrames, HaveTheLimitsOfTheProtocol) {
  auto frames = smpp::frames();
  frames.feed(octets_of("0000000F"));
  EXPECT_EQ(frames.next().error(), (Fault{FaultKind::kLength, "command_length", "15", "16 to 69632"}));
}

class Values {
 public:
  explicit Values(std::uint64_t seed) : random_(seed) {}
  std::uint64_t number() { return random_(); }
  std::uint8_t u8() { return static_cast<std::uint8_t>(random_()); }
  std::string octets(std::size_t size) {
    std::string out;
    while (out.size() < size) out += static_cast<char>(random_());
    return out;
  }
  std::string text(std::size_t most) {  // without a NUL
    std::string out = octets(random_() % 4 == 0 ? most - 1 : random_() % most);
    for (char& c : out) c = c == 0 ? '0' : c;
    return out;
  }
  std::vector<Tlv> optional() {
    std::vector<Tlv> out(random_() % 4);
    for (Tlv& each : out) each = {static_cast<std::uint16_t>(random_()), octets(random_() % 300)};
    return out;
  }

 private:
  std::mt19937_64 random_;
};

template <class T>
T message(Values& v) {
  T m;
  m.service_type = v.text(6);
  m.source_addr = v.text(21);
  m.destination_addr = v.text(21);
  for (std::uint8_t* field :
       {&m.source_addr_ton, &m.source_addr_npi, &m.dest_addr_ton, &m.dest_addr_npi, &m.esm_class, &m.protocol_id,
        &m.priority_flag, &m.registered_delivery, &m.replace_if_present_flag, &m.data_coding, &m.sm_default_msg_id})
    *field = v.u8();
  m.schedule_delivery_time = v.text(17);
  m.validity_period = v.text(17);
  m.short_message = v.octets(v.number() % 255);
  m.optional = v.optional();
  return m;
}

Body body(Values& v) {
  const Role role = static_cast<Role>(v.number() % 3);
  const Body all[] = {Bind{role, v.text(16), v.text(9), v.text(13), v.u8(), v.u8(), v.u8(), v.text(41)},
                      BindResp{role, v.text(16), v.optional()},
                      message<SubmitSm>(v),
                      SubmitSmResp{v.text(65), v.optional()},
                      message<DeliverSm>(v),
                      DeliverSmResp{v.text(65), {}},
                      Unbind{},
                      UnbindResp{},
                      EnquireLink{},
                      EnquireLinkResp{},
                      GenericNack{}};
  return all[v.number() % std::size(all)];
}

TEST(SmppPdu, IsReadAsItWasWritten) {
  Values v(40);
  auto frames = smpp::frames();
  for (int round = 0; round < 20000; ++round) {
    const auto status = static_cast<std::uint32_t>(v.number() % 2 == 0 ? 0 : v.number());
    const Pdu pdu{status, static_cast<std::uint32_t>(v.number()), body(v)};
    const auto octets = encode(pdu);
    ASSERT_TRUE(octets.ok()) << sms::sentence(octets.error());
    frames.feed(*octets);
    ASSERT_EQ(frames.next().value(), *octets);
    ASSERT_EQ(decode(*octets).value(), pdu);
  }
}

}  // namespace
}  // namespace anlan::smpp
