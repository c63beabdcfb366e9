#include "codec/sms/alphabet.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "codec/sms/delivery.h"

namespace anlan::sms {
namespace {

TEST(SmsAlphabet, WritesUcs2WithTheMostSignificantOctetFirst) {
  EXPECT_EQ(encoded("测试a", Alphabet::kUcs2), std::string("\x6D\x4B\x8B\xD5\0a", 6));
  EXPECT_EQ(encoded("𠮷", Alphabet::kUcs2), "\xD8\x42\xDF\xB7");
  EXPECT_EQ(decoded(std::string("\x6D\x4B\x8B\xD5\0a", 6), Alphabet::kUcs2), "测试a");
  EXPECT_EQ(decoded("\xD8\x42\xDF\xB7", Alphabet::kUcs2), "𠮷");
}

TEST(SmsAlphabet, WritesTheDefaultAlphabetOfGsmAndItsExtension) {
  EXPECT_EQ(encoded("@a_€[", Alphabet::kGsm), std::string("\0a\x11\x1B\x65\x1B\x3C", 7));
  EXPECT_EQ(decoded(std::string("\0a\x11\x1B\x65\x1B\x3C", 7), Alphabet::kGsm), "@a_€[");
  EXPECT_EQ(encoded("Ñüà§", Alphabet::kGsm), "\x5D\x7E\x7F\x5F");
  EXPECT_EQ(encoded("中", Alphabet::kGsm), std::nullopt);
  EXPECT_EQ(encoded("`", Alphabet::kGsm), std::nullopt);
  EXPECT_EQ(encoded("\x1B", Alphabet::kGsm), std::nullopt);
  EXPECT_EQ(decoded("\x1B\x41", Alphabet::kGsm), "A");
  EXPECT_EQ(decoded("\x1B", Alphabet::kGsm), "\uFFFD");
}

TEST(SmsAlphabet, ReadsChineseOfGbkAsPhonesSendIt) {
  EXPECT_EQ(decoded("\xCA\xD5\xB5\xBD 1", Alphabet::kGbk), "收到 1");
  EXPECT_EQ(encoded("收到 1", Alphabet::kGbk), "\xCA\xD5\xB5\xBD 1");
  EXPECT_EQ(decoded("\xCA\xD5\xFF\xB5", Alphabet::kGbk), "收\uFFFD\uFFFD");
  EXPECT_EQ(decoded(std::string(2000, 'a'), Alphabet::kGbk), std::string(2000, 'a'));
  EXPECT_EQ(encoded("😀", Alphabet::kGbk), std::nullopt);
}

TEST(SmsAlphabet, ReplacesWhatStandsForNoCharacter) {
  EXPECT_EQ(decoded("\xD8\x42", Alphabet::kUcs2), "\uFFFD");
  EXPECT_EQ(decoded(std::string("\xDF\xB7\0b\0", 5), Alphabet::kUcs2), "\uFFFDb\uFFFD");
  EXPECT_EQ(decoded(std::string("\xD8\x42\0b", 4), Alphabet::kUcs2), "\uFFFDb");
  EXPECT_EQ(decoded("a\xE9", Alphabet::kAscii), "a\uFFFD");
  EXPECT_EQ(decoded("a\xE9", Alphabet::kLatin1), "aé");
  EXPECT_EQ(decoded("a", Alphabet::kBinary), "\uFFFD");
  EXPECT_EQ(encoded("\xC3", Alphabet::kUcs2), std::nullopt);
  EXPECT_EQ(encoded("é", Alphabet::kAscii), std::nullopt);
}

// A random character of any plane, more often of those that Chinese texts have.
std::string character(std::mt19937_64& random) {
  char32_t c = 0;
  do {
    constexpr char32_t kEnds[] = {0x80, 0x100, 0x9FFF, 0x10000, 0x110000};
    c = static_cast<char32_t>(random() % kEnds[random() % std::size(kEnds)]);
  } while (c >= 0xD800 && c <= 0xDFFF);
  std::string out;
  if (c < 0x80) return std::string(1, static_cast<char>(c));
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr unsigned kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[more] | c >> (6 * more));
  for (int i = more; i-- > 0;) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
  return out;
}

TEST(SmsAlphabet, ReadsBackWhateverItCouldWrite) {
  std::mt19937_64 random(21);
  int written = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t i = random() % 4; i-- > 0;) text += character(random);
    ASSERT_TRUE(is_utf8(text));
    for (const auto alphabet : {Alphabet::kAscii, Alphabet::kGsm, Alphabet::kLatin1, Alphabet::kUcs2, Alphabet::kGbk}) {
      const auto octets = encoded(text, alphabet);
      ASSERT_EQ(decoded(octets.value_or(""), alphabet), octets ? text : "") << static_cast<int>(alphabet);
      written += octets.has_value();
    }
    ASSERT_TRUE(encoded(text, Alphabet::kUcs2).has_value());
  }
  EXPECT_GT(written, 30000);
}

TEST(SmsAlphabet, MakesTextOfAnyOctets) {
  std::mt19937_64 random(22);
  for (int round = 0; round < 20000; ++round) {
    std::string octets;
    for (std::size_t i = random() % 12; i-- > 0;) octets += static_cast<char>(random());
    for (const auto alphabet :
         {Alphabet::kAscii, Alphabet::kGsm, Alphabet::kLatin1, Alphabet::kUcs2, Alphabet::kGbk, Alphabet::kBinary})
      ASSERT_TRUE(is_utf8(decoded(octets, alphabet))) << static_cast<int>(alphabet);
  }
}

TEST(SmsDelivery, KnowsTheWordsOfReportsAndTheirNumbers) {
  EXPECT_EQ(delivery_of("DELIVRD"), Delivery::kDelivered);
  EXPECT_EQ(delivery_of("undeliv"), Delivery::kUndeliverable);
  EXPECT_EQ(delivery_of("REJECTD"), Delivery::kRejected);
  EXPECT_EQ(delivery_of("MB:0021"), Delivery::kOther);
  EXPECT_EQ(delivery_of(""), Delivery::kOther);
  EXPECT_EQ(delivery_of(std::uint8_t{2}), Delivery::kDelivered);
  EXPECT_EQ(delivery_of(std::uint8_t{0}), std::nullopt);
  EXPECT_EQ(delivery_of(std::uint8_t{9}), std::nullopt);
  EXPECT_EQ(stat(Delivery::kExpired), "EXPIRED");
  EXPECT_TRUE(is_final(Delivery::kDelivered));
  EXPECT_TRUE(is_final(Delivery::kOther));
  EXPECT_FALSE(is_final(Delivery::kEnroute));
  EXPECT_FALSE(is_final(Delivery::kAccepted));
}

}  // namespace
}  // namespace anlan::sms
