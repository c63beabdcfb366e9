#include "codec/smpp/receipt.h"

#include <gmock/gmock.h>

#include "codec/smpp/text.h"

namespace anlan::smpp {
namespace {

DeliverSm with_text(const std::string& text) {
  DeliverSm deliver;
  deliver.esm_class = 0x04;
  deliver.short_message = text;
  return deliver;
}

TEST(SmppReceipt, IsReadFromTheTextOfTheStandard) {
  const Receipt receipt =
      read_receipt(with_text("id:0123456789 sub:001 dlvrd:001 submit date:0809011130 done date:0809011131 "
                             "stat:DELIVRD err:000 text:hello stat:EXPIRED id:9"))
          .value();
  EXPECT_EQ(receipt.message_id, "0123456789");
  EXPECT_EQ(receipt.delivery, sms::Delivery::kDelivered);
  EXPECT_EQ(receipt.stat, "DELIVRD");
  EXPECT_EQ(receipt.error, "000");
  EXPECT_EQ(receipt.submit_date, "0809011130");
  EXPECT_EQ(receipt.done_date, "0809011131");
}

TEST(SmppReceipt, IsReadInTheFormsOfVendors) {
  const Receipt capitals = read_receipt(with_text("Id:7f-1 Stat:UNDELIV Err:21 Text:")).value();
  EXPECT_EQ(capitals.message_id, "7f-1");
  EXPECT_EQ(capitals.delivery, sms::Delivery::kUndeliverable);
  EXPECT_EQ(capitals.error, "21");
  const Receipt order = read_receipt(with_text("stat:REJECTD msgid:5 id:6")).value();
  EXPECT_EQ(order.message_id, "6");
  EXPECT_EQ(order.delivery, sms::Delivery::kRejected);
  const Receipt code = read_receipt(with_text(std::string("id:6 stat:MB:0021\0", 18))).value();
  EXPECT_EQ(code.stat, "MB:0021");
  EXPECT_EQ(code.delivery, sms::Delivery::kOther);
}

TEST(SmppReceipt, PrefersTheParametersToTheText) {
  DeliverSm deliver = with_text("id:1 stat:UNKNOWN");
  deliver.optional = {{tag::kReceiptedMessageId, std::string("A7F\0", 4)},
                      {tag::kMessageState, "\5"},
                      {tag::kNetworkErrorCode, std::string("\3\1\2", 3)}};
  const Receipt receipt = read_receipt(deliver).value();
  EXPECT_EQ(receipt.message_id, "A7F");
  EXPECT_EQ(receipt.delivery, sms::Delivery::kUndeliverable);
  EXPECT_EQ(receipt.error, "258");
  EXPECT_EQ(receipt.stat, "UNKNOWN");
  deliver.short_message.clear();
  EXPECT_EQ(read_receipt(deliver)->delivery, sms::Delivery::kUndeliverable);
  deliver.optional.push_back({tag::kMessagePayload, "id:2 stat:DELIVRD err:001"});
  EXPECT_EQ(read_receipt(deliver)->error, "001");
}

TEST(SmppReceipt, WithoutAnIdentifierOrAStateIsAFault) {
  EXPECT_EQ(
      read_receipt(with_text("stat:DELIVRD")).error(),
      (sms::Fault{sms::FaultKind::kStructure, "receipt", "without an identifier", "id: or receipted_message_id"}));
  EXPECT_EQ(read_receipt(with_text("id:1")).error().found, "without a state");
  DeliverSm deliver = with_text("id:1");
  deliver.optional = {{tag::kMessageState, "\x63"}};
  EXPECT_EQ(read_receipt(deliver).error().found, "without a state");
  EXPECT_FALSE(read_receipt(with_text("")).ok());
}

TEST(SmppReceipt, IsToldFromAMessageByItsClass) {
  EXPECT_TRUE(is_receipt(with_text("")));
  DeliverSm deliver;
  EXPECT_FALSE(is_receipt(deliver));
  deliver.esm_class = 0x20;
  EXPECT_TRUE(is_receipt(deliver));
  deliver.esm_class = kUdhi;
  EXPECT_FALSE(is_receipt(deliver));
}

TEST(SmppReceipt, IsReadAsItWasWritten) {
  for (const sms::Delivery delivery :
       {sms::Delivery::kEnroute, sms::Delivery::kDelivered, sms::Delivery::kExpired, sms::Delivery::kDeleted,
        sms::Delivery::kUndeliverable, sms::Delivery::kAccepted, sms::Delivery::kUnknown, sms::Delivery::kRejected}) {
    const Receipt receipt{"5f3", delivery, std::string(sms::stat(delivery)), "000", "2607181405", "2607181406"};
    DeliverSm deliver;
    write_receipt(receipt, "warning text", deliver);
    EXPECT_TRUE(is_receipt(deliver));
    EXPECT_EQ(read_receipt(deliver).value(), receipt);
    DeliverSm without = deliver;
    without.optional.clear();
    EXPECT_EQ(read_receipt(without).value(), receipt);
    without = deliver;
    without.short_message.clear();
    EXPECT_EQ(read_receipt(without)->delivery, delivery);
    EXPECT_EQ(read_receipt(without)->message_id, "5f3");
  }
  DeliverSm other;
  write_receipt({"5f3", sms::Delivery::kOther, "MB:0021", "021", "2607181405", "2607181406"}, "", other);
  EXPECT_EQ(read_receipt(other)->stat, "MB:0021");
  EXPECT_EQ(find(other.optional, tag::kMessageState), nullptr);
}

TEST(SmppText, IsCutByTheAlphabetOfTheCentre) {
  SubmitSm form;
  form.destination_addr = "8613800000000";
  form.esm_class = 0x03;
  const auto alone = submits(form, std::string(160, 'a'), 9).value();
  ASSERT_EQ(alone.size(), 1u);
  EXPECT_EQ(alone[0].data_coding, 0);
  EXPECT_EQ(alone[0].esm_class, 0x03);
  const auto two = submits(form, std::string(161, 'a'), 9).value();
  ASSERT_EQ(two.size(), 2u);
  EXPECT_EQ(two[0].short_message.size(), 6 + 153u);
  EXPECT_EQ(two[0].esm_class, 0x43);
  EXPECT_EQ(two[1].destination_addr, "8613800000000");
  EXPECT_EQ(user_data(two[1])->part, (sms::Part{9, 2, 2}));
  EXPECT_EQ(user_data(two[1])->octets, "aaaaaaaa");

  const auto chinese = submits(form, "暴雨红色预警", 9).value();
  ASSERT_EQ(chinese.size(), 1u);
  EXPECT_EQ(chinese[0].data_coding, 8);
  EXPECT_EQ(sms::decoded(chinese[0].short_message, alphabet_of(8, sms::Alphabet::kGsm)), "暴雨红色预警");
  EXPECT_EQ(submits(form, "[a]", 9)->at(0).short_message,
            "\x1B\x3C"
            "a\x1B\x3E");
  EXPECT_EQ(submits(form, "[a]", 9, sms::Alphabet::kAscii)->at(0).short_message, "[a]");
  EXPECT_EQ(submits(form, std::string(141, 'a'), 9, sms::Alphabet::kLatin1)->at(0).short_message.size(), 140u);
}

TEST(SmppText, KnowsTheCodingsOfMessages) {
  EXPECT_EQ(alphabet_of(0, sms::Alphabet::kGsm), sms::Alphabet::kGsm);
  EXPECT_EQ(alphabet_of(0, sms::Alphabet::kLatin1), sms::Alphabet::kLatin1);
  EXPECT_EQ(alphabet_of(1, sms::Alphabet::kGsm), sms::Alphabet::kAscii);
  EXPECT_EQ(alphabet_of(3, sms::Alphabet::kGsm), sms::Alphabet::kLatin1);
  EXPECT_EQ(alphabet_of(8, sms::Alphabet::kGsm), sms::Alphabet::kUcs2);
  EXPECT_EQ(alphabet_of(4, sms::Alphabet::kGsm), sms::Alphabet::kBinary);
}

}  // namespace
}  // namespace anlan::smpp
