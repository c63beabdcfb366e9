#include "codec/cmpp/pdu.h"

#include <gmock/gmock.h>

#include "codec/cmpp/authenticator.h"
#include "codec/cmpp/report.h"
#include "codec/cmpp/sample_test.h"
#include "codec/cmpp/text.h"

namespace anlan::cmpp {
namespace {

using sms::Fault;
using sms::FaultKind;

template <class T>
T body_of(const std::string& hex_text, std::uint8_t version, std::uint32_t sequence = 23) {
  const auto pdu = decode(octets_of(hex_text), version);
  if (!pdu) ADD_FAILURE() << sms::sentence(pdu.error());
  EXPECT_EQ(pdu->sequence_id, sequence);
  EXPECT_EQ(hex_of(encode(*pdu, version).value()), hex_text);
  return std::get<T>(pdu->body);
}

// Laid out by another program, from the tables of V3.0.0 §8.4 and with another MD5.
TEST(CmppPdu, ReadsAConnectAndItsProof) {
  const auto connect =
      body_of<Connect>("000000270000000100000017393031323334e43242f4a668795f7f0d92403e78d882212acdf454", 0x21);
  EXPECT_EQ(connect.source_addr, "901234");
  EXPECT_EQ(connect.version, 0x21);
  EXPECT_EQ(connect.timestamp, 718140500u);
  EXPECT_EQ(connect.authenticator_source, authenticator_source("901234", "drill-2026", 718140500));
  EXPECT_NE(connect.authenticator_source, authenticator_source("901234", "drill-2027", 718140500));
  EXPECT_EQ(timestamp(*parse_rfc3339("2026-07-18T14:05:00+08:00")), 718140500u);
  EXPECT_EQ(timestamp(*parse_rfc3339("2026-01-02T16:00:00Z")), 103000000u);
}

TEST(CmppPdu, ReadsTheAnswerOfEitherVersionByItsLength) {
  const std::string source = authenticator_source("901234", "drill-2026", 718140500);
  const std::string of_20 = "0000001e800000010000001700434e5b4870763f4de0a47019e7810d7120";
  const auto short_one = body_of<ConnectResp>(of_20, kVersion20);
  EXPECT_EQ(short_one.status, 0u);
  EXPECT_EQ(short_one.version, kVersion20);
  EXPECT_EQ(short_one.authenticator_ismg, authenticator_ismg(0, source, "drill-2026", kVersion20));
  const auto long_one =
      body_of<ConnectResp>("00000021800000010000001700000000c78eaf2eca7b44e29746b1e88bbeafe930", kVersion30);
  EXPECT_EQ(long_one.status, 0u);
  EXPECT_EQ(long_one.version, kVersion30);
  EXPECT_EQ(long_one.authenticator_ismg, authenticator_ismg(0, source, "drill-2026", kVersion30));
  EXPECT_EQ(decode(octets_of(of_20), kVersion30).value(), decode(octets_of(of_20), kVersion20).value());
}

void expect_submit(const Submit& submit) {
  EXPECT_EQ(submit.msg_id, 0u);
  EXPECT_EQ(submit.pk_total, 1);
  EXPECT_EQ(submit.pk_number, 1);
  EXPECT_EQ(submit.registered_delivery, 1);
  EXPECT_EQ(submit.msg_level, 1);
  EXPECT_EQ(submit.service_id, "warn");
  EXPECT_EQ(submit.fee_user_type, 2);
  EXPECT_EQ(submit.fee_terminal_id, "13800000001");
  EXPECT_EQ(submit.tp_udhi, 0);
  EXPECT_EQ(submit.msg_fmt, 8);
  EXPECT_EQ(submit.msg_src, "901234");
  EXPECT_EQ(submit.fee_type, "02");
  EXPECT_EQ(submit.fee_code, "10");
  EXPECT_EQ(submit.valid_time, "260718140500032+");
  EXPECT_EQ(submit.at_time, "");
  EXPECT_EQ(submit.src_id, "10690001");
  EXPECT_THAT(submit.dest_terminal_id, testing::ElementsAre("13800000001"));
  EXPECT_EQ(sms::decoded(user_data(submit)->octets, alphabet_of(submit.msg_fmt)), "暴雨预警 drill");
}

TEST(CmppPdu, ReadsASubmitOfEitherVersion) {
  const auto earlier = body_of<Submit>(
      "000000b300000004000000170000000000000000010101017761726e00000000000002313338303030303030303100000000"
      "00000000000000000839303132333430323130000000003236303731383134303530303033322b0000000000000000000000"
      "0000000000000031303639303030310000000000000000000000000001313338303030303030303100000000000000000000"
      "1466b496e898848b660020006400720069006c006c0000000000000000",
      kVersion20);
  expect_submit(earlier);
  EXPECT_EQ(earlier.fee_terminal_type, 0);
  const auto later = body_of<Submit>(
      "000000d700000004000000170000000000000000010101017761726e00000000000002313338303030303030303100000000"
      "0000000000000000000000000000000000010000083930313233343032313000000000323630373138313430353030303332"
      "2b00000000000000000000000000000000000031303639303030310000000000000000000000000001313338303030303030"
      "3031000000000000000000000000000000000000000000011466b496e898848b660020006400720069006c006c6c696e6b00"
      "000000000000000000000000000000",
      kVersion30);
  expect_submit(later);
  EXPECT_EQ(later.fee_terminal_type, 1);
  EXPECT_EQ(later.dest_terminal_type, 1);
  EXPECT_EQ(later.link_id, "link");
}

TEST(CmppPdu, ReadsTheAnswerToASubmit) {
  const auto of_20 = body_of<SubmitResp>("00000015800000040000001774994500001a2b0700", kVersion20);
  EXPECT_EQ(of_20.msg_id, 0x74994500001A2B07u);
  EXPECT_EQ(of_20.result, 0u);
  EXPECT_EQ(body_of<SubmitResp>("00000018800000040000001774994500001a2b0700000000", kVersion30), of_20);
  EXPECT_EQ(body_of<SubmitResp>("00000015800000040000001774994500001a2b0708", kVersion20).result, 8u);
}

TEST(CmppPdu, ReadsWhatKeepsAndEndsAConnection) {
  body_of<Terminate>("0000000c0000000200000017", kVersion20);
  body_of<TerminateResp>("0000000c8000000200000017", kVersion20);
  body_of<ActiveTest>("0000000c0000000800000018", kVersion20, 24);
  body_of<ActiveTestResp>("0000000d800000080000001800", kVersion20, 24);
  EXPECT_EQ(decode(octets_of("0000000c8000000800000018"), kVersion30).value(), (Pdu{24, ActiveTestResp{}}));
}

TEST(CmppPdu, CarriesAMessageFromAPhone) {
  Deliver deliver;
  deliver.dest_id = "10690001";
  deliver.service_id = "warn";
  deliver.msg_fmt = 15;
  deliver.src_terminal_id = "13800000001";
  deliver.msg_content = "\xCA\xD5\xB5\xBD";
  const std::string octets = encode({5, deliver}, kVersion20).value();
  EXPECT_EQ(octets.size(), 12 + 8 + 21 + 10 + 3 + 21 + 1 + 1 + 4 + 8u);
  EXPECT_EQ(encode({5, deliver}, kVersion30)->size(), octets.size() + 11 + 1 + 12);
  const auto read = std::get<Deliver>(decode(octets, kVersion20)->body);
  EXPECT_EQ(read, deliver);
  EXPECT_EQ(sms::decoded(user_data(read)->octets, alphabet_of(read.msg_fmt)), "收到");
  EXPECT_EQ(encode({5, DeliverResp{7, 0}}, kVersion20)->size(), 21u);
}

TEST(CmppPdu, NamesWhatIsWrong) {
  const std::string submit = encode({1, sample_submit()}, kVersion20).value();
  for (std::size_t size = 0; size < submit.size(); ++size)
    EXPECT_FALSE(decode(submit.substr(0, size), kVersion20).ok()) << size;
  EXPECT_EQ(decode(octets_of("0000000c00000009"), kVersion20).error(),
            (Fault{FaultKind::kStructure, "Sequence_Id", "0 octets", "4 octets"}));
  EXPECT_EQ(decode(octets_of("0000000d0000000800000018"), kVersion20).error(),
            (Fault{FaultKind::kLength, "Total_Length", "13", "12"}));
  EXPECT_EQ(decode(octets_of("0000000c0000000900000018"), kVersion20).error(),
            (Fault{FaultKind::kCommand, "Command_Id", "0x00000009", "a command that is spoken here"}));
  EXPECT_EQ(decode(octets_of("0000000d000000080000001800"), kVersion20).error(),
            (Fault{FaultKind::kStructure, "PDU", "1 octets", "no octets behind its last field"}));
  EXPECT_EQ(decode(octets_of("00000014800000040000001774994500001a2b07"), kVersion20).error(),
            (Fault{FaultKind::kStructure, "Result", "0 octets", "1 octets"}));
  std::string nobody = submit;
  nobody[12 + 116] = 0;  // DestUsr_tl
  EXPECT_EQ(decode(nobody, kVersion20).error(), (Fault{FaultKind::kValue, "DestUsr_tl", "0", "1 to 99"}));
  nobody[12 + 116] = 100;
  EXPECT_EQ(decode(nobody, kVersion20).error(), (Fault{FaultKind::kValue, "DestUsr_tl", "100", "1 to 99"}));
}

TEST(CmppPdu, RefusesToWriteWhatDoesNotFit) {
  Submit submit = sample_submit();
  submit.dest_terminal_id.assign(99, "13800000000");
  submit.msg_content.assign(255, 'x');
  EXPECT_EQ(encode({1, submit}, kVersion30)->size(), 3586u);
  EXPECT_LE(encode({1, submit}, kVersion30)->size(), kFrameLimit);
  submit.dest_terminal_id.emplace_back("13800000000");
  EXPECT_EQ(encode({1, submit}, kVersion30).error(), (Fault{FaultKind::kValue, "DestUsr_tl", "100", "1 to 99"}));
  submit.dest_terminal_id = {"1380000000013800000000"};
  EXPECT_TRUE(encode({1, submit}, kVersion30).ok());
  EXPECT_EQ(encode({1, submit}, kVersion20).error(),
            (Fault{FaultKind::kValue, "Dest_terminal_Id", "22 octets", "at most 21 octets"}));
  submit = sample_submit();
  submit.msg_content.assign(256, 'x');
  EXPECT_EQ(encode({1, submit}, kVersion20).error().field, "Msg_Length");
  EXPECT_EQ(encode({1, SubmitResp{1, 256}}, kVersion20).error(),
            (Fault{FaultKind::kValue, "Result", "256", "0 to 255"}));
  EXPECT_EQ(encode({1, Connect{"900001", "short", kVersion20, 0}}, kVersion20).error().field, "AuthenticatorSource");
}

TEST(CmppFrames, HaveTheLimitsOfTheProtocol) {
  auto frames = cmpp::frames();
  frames.feed(
      octets_of("0000000c0000000800000018"
                "0000000b"));
  EXPECT_EQ(hex_of(*frames.next().value()), "0000000c0000000800000018");
  EXPECT_EQ(frames.next().error(), (Fault{FaultKind::kLength, "Total_Length", "11", "12 to 4096"}));
}

}  // namespace
}  // namespace anlan::cmpp
