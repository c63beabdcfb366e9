#include <gtest/gtest.h>

#include "platform/crypto/encoding.h"
#include "platform/crypto/password.h"
#include "platform/crypto/random.h"
#include "platform/crypto/sm3.h"
#include "platform/crypto/tickets.h"

namespace anlan::crypto {
namespace {

// GB/T 32905-2016, appendix A.
TEST(Sm3, GivesTheValuesOfTheStandard) {
  EXPECT_EQ(to_hex(sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string sixty_four;
  for (int i = 0; i < 16; ++i) sixty_four += "abcd";
  EXPECT_EQ(to_hex(sm3(sixty_four)), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST(Sm3, IsTheSameInPiecesAndStartsAnew) {
  Sm3 hash;
  EXPECT_EQ(hash.update("a").update("bc").finish(), sm3("abc"));
  EXPECT_EQ(hash.update("abc").finish(), sm3("abc"));
}

// Expected values: `openssl dgst -sm3 -mac hmac -macopt key:…`.
TEST(HmacSm3, TakesShortAndLongKeys) {
  EXPECT_EQ(to_hex(hmac_sm3(bytes_of("key"), bytes_of("text"))),
            "2212d8b3f1720666b9bdd9fa67defa0f5e84e54dfbef4fcc5cd06deedca4f641");
  EXPECT_EQ(to_hex(hmac_sm3(bytes_of(std::string(100, 'k')), bytes_of("text"))),
            "3fa7799d422dc6df17c831371f1d2e55b3343f0b9f5c748a1f7db043d2d5175b");
}

TEST(Hex, GoesBothWaysAndRefusesTheRest) {
  EXPECT_EQ(to_hex(bytes_of("\x01\xfe")), "01fe");
  EXPECT_EQ(from_hex("01FE"), Bytes({std::byte{1}, std::byte{0xfe}}));
  EXPECT_EQ(from_hex("0"), std::nullopt);
  EXPECT_EQ(from_hex("0g"), std::nullopt);
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Base64Url, GoesBothWaysAndRefusesTheRest) {
  EXPECT_EQ(to_base64url(bytes_of("\xfb\xff\xfe")), "-__-");
  EXPECT_EQ(to_base64url(bytes_of("a")), "YQ");
  EXPECT_EQ(text_of(*from_base64url("YQ")), "a");
  EXPECT_EQ(from_base64url("YQ=="), std::nullopt);
  EXPECT_EQ(from_base64url("Y+"), std::nullopt);
}

TEST(ConstantTime, ComparesWholeContents) {
  EXPECT_TRUE(equal_in_constant_time(bytes_of("same"), bytes_of("same")));
  EXPECT_FALSE(equal_in_constant_time(bytes_of("same"), bytes_of("sane")));
  EXPECT_FALSE(equal_in_constant_time(bytes_of("same"), bytes_of("sam")));
}

TEST(Password, OpensWithItselfAlone) {
  const std::string hash = hash_password("安澜 correct", kCheapPassword);
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(verify_password(hash, "安澜 correct"));
  EXPECT_FALSE(verify_password(hash, "安澜 wrong"));
  EXPECT_FALSE(verify_password("no hash", "安澜 correct"));
  EXPECT_NE(hash, hash_password("安澜 correct", kCheapPassword));
}

TEST(Password, KnowsAHashOfAnotherCost) {
  const std::string hash = hash_password("x", kCheapPassword);
  EXPECT_TRUE(is_outdated(hash));
  EXPECT_FALSE(is_outdated(hash, kCheapPassword));
}

TEST(Random, SeededRepeatsAndSystemDoesNot) {
  SeededRandom a(1), b(1), c(2);
  const std::string first = random_hex(a, 16);
  EXPECT_EQ(first, random_hex(b, 16));
  EXPECT_NE(first, random_hex(c, 16));
  EXPECT_NE(first, random_hex(a, 16));
  SystemRandom system;
  EXPECT_NE(random_hex(system, 16), random_hex(system, 16));
}

TEST(Tickets, AreReadByTheKeyAndPurposeThatMadeThemAndByNoOther) {
  Key one{}, other{};
  other[0] = std::byte{1};
  const Tickets tickets(one, "calls");
  for (const std::int64_t number : {std::int64_t{0}, std::int64_t{1}, std::int64_t{123456789}, INT64_MAX}) {
    const std::string ticket = tickets.of(number);
    EXPECT_EQ(tickets.read(ticket), number);
    EXPECT_EQ(Tickets(one, "calls").of(number), ticket);
    EXPECT_EQ(Tickets(other, "calls").read(ticket), std::nullopt);
    EXPECT_EQ(Tickets(one, "others").read(ticket), std::nullopt);
    for (std::size_t i = 0; i < ticket.size(); ++i) {
      std::string forged = ticket;
      forged[i] = forged[i] == 'a' ? 'b' : 'a';
      EXPECT_EQ(tickets.read(forged), std::nullopt) << forged;
    }
    EXPECT_EQ(tickets.read("0" + ticket), std::nullopt);
    EXPECT_EQ(tickets.read(ticket + "A"), std::nullopt);
  }
  for (const char* text : {"", "-", "zz", "-1-abc", "99999999999999999999-abc"})
    EXPECT_EQ(tickets.read(text), std::nullopt) << text;
}

}  // namespace
}  // namespace anlan::crypto
