#include "codec/cmpp/report.h"

#include <gmock/gmock.h>

#include "codec/cmpp/sample_test.h"
#include "codec/cmpp/text.h"

namespace anlan::cmpp {
namespace {

const Report kDelivered{0xB2B9DA8000010000, "DELIVRD", "1511051429", "1511051430", "13500002696", 1};

TEST(CmppReport, IsReadAtItsTwoLengths) {
  const std::string of_20 = write_report(kDelivered, kVersion20).value();
  EXPECT_EQ(hex_of(of_20),
            "b2b9da8000010000"
            "44454c49565244"
            "31353131303531343239"
            "31353131303531343330"
            "313335303030303236393600000000000000000000"
            "00000001");
  EXPECT_EQ(of_20.size(), 60u);
  EXPECT_EQ(write_report(kDelivered, kVersion30)->size(), 71u);
  for (const std::uint8_t version : {kVersion20, kVersion30}) {
    const auto report = read_report(write_report(kDelivered, version).value());
    EXPECT_EQ(report.value(), kDelivered);
    EXPECT_EQ(report->delivery(), sms::Delivery::kDelivered);
  }
}

TEST(CmppReport, KeepsACodeOfTheNetworkAsWritten) {
  Report report = kDelivered;
  report.stat = "MB:0021";
  const auto read = read_report(write_report(report, kVersion20).value());
  EXPECT_EQ(read->stat, "MB:0021");
  EXPECT_EQ(read->delivery(), sms::Delivery::kOther);
}

TEST(CmppReport, OfAnotherLengthIsAFault) {
  const std::string octets = write_report(kDelivered, kVersion20).value();
  EXPECT_EQ(read_report(octets.substr(0, 59)).error(),
            (sms::Fault{sms::FaultKind::kStructure, "SMSC_sequence", "3 octets", "4 octets"}));
  EXPECT_EQ(read_report(octets + "x").error().field, "status report");
  EXPECT_FALSE(read_report("").ok());
  Report long_number = kDelivered;
  long_number.dest_terminal_id = "1380000000013800000000";
  EXPECT_EQ(write_report(long_number, kVersion20).error().field, "Dest_terminal_Id");
}

TEST(CmppMsgId, HasTheTimeTheGatewayAndANumber) {
  const MsgId parts = msg_id_parts(0xB2B9DA8000010000);
  EXPECT_EQ(parts, (MsgId{11, 5, 14, 29, 42, 1, 0}));
  EXPECT_EQ(msg_id(parts), 0xB2B9DA8000010000u);
  EXPECT_EQ(msg_id({12, 31, 23, 59, 59, 0x3FFFFF, 0xFFFF}), 0xCFDFBEFFFFFFFFFFu);
  EXPECT_EQ(msg_id_parts(msg_id({12, 31, 23, 59, 59, 0x3FFFFF, 0xFFFF})),
            (MsgId{12, 31, 23, 59, 59, 0x3FFFFF, 0xFFFF}));
}

TEST(CmppText, IsOneMessageOfAsciiOrSeveralOfUcs2) {
  const auto short_one = submits(sample_submit(), "drill", 9).value();
  ASSERT_EQ(short_one.size(), 1u);
  EXPECT_EQ(short_one[0].msg_fmt, 0);
  EXPECT_EQ(short_one[0].tp_udhi, 0);
  EXPECT_EQ(short_one[0].msg_content, "drill");
  EXPECT_EQ(short_one[0].service_id, "warn");

  std::string text;
  for (int i = 0; i < 100; ++i) text += "汛";
  const auto parts = submits(sample_submit(), text, 9).value();
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[1].msg_fmt, 8);
  EXPECT_EQ(parts[1].tp_udhi, 1);
  EXPECT_EQ(parts[1].pk_total, 2);
  EXPECT_EQ(parts[1].pk_number, 2);
  EXPECT_EQ(parts[1].msg_content.substr(0, 6), std::string("\5\0\3\x9\2\2", 6));
  EXPECT_EQ(user_data(parts[1])->part, (sms::Part{9, 2, 2}));
  EXPECT_EQ(sms::decoded(user_data(parts[1])->octets, alphabet_of(8)), text.substr(0, 33 * 3));
  EXPECT_EQ(submits(sample_submit(), std::string(160, 'a'), 9)->size(), 3u);
  EXPECT_EQ(submits(sample_submit(), "\xFF", 9).error().field, "text");
}

TEST(CmppText, KnowsTheFormatsOfMessages) {
  EXPECT_EQ(alphabet_of(0), sms::Alphabet::kAscii);
  EXPECT_EQ(alphabet_of(8), sms::Alphabet::kUcs2);
  EXPECT_EQ(alphabet_of(15), sms::Alphabet::kGbk);
  EXPECT_EQ(alphabet_of(4), sms::Alphabet::kBinary);
}

}  // namespace
}  // namespace anlan::cmpp
