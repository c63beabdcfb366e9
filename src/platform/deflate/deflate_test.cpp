#include "platform/deflate/deflate.h"

#include <gtest/gtest.h>

namespace anlan::deflate {
namespace {

TEST(DeflateTest, GivesBackWhatWasPacked) {
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string(1'000'000, 'x'), std::string("\0\xff", 2)})
    EXPECT_EQ(unpack(pack(bytes), bytes.size()), bytes);
  EXPECT_LT(pack(std::string(1'000'000, 'x')).size(), 10'000u);
}

TEST(DeflateTest, MoreThanTheBoundDoesNotComeOut) {
  const std::string bomb = pack(std::string(50'000'000, '\0'));
  EXPECT_LT(bomb.size(), 300'000u);
  EXPECT_EQ(unpack(bomb, 49'999'999), std::nullopt);
  EXPECT_EQ(unpack(bomb, 1000), std::nullopt);
}

TEST(DeflateTest, BytesThatAreNotWholeAreNothing) {
  const std::string packed = pack("facts of a county");
  for (std::size_t size = 0; size < packed.size(); ++size) EXPECT_EQ(unpack(packed.substr(0, size), 100), std::nullopt);
  EXPECT_EQ(unpack(packed + "x", 100), std::nullopt);
  EXPECT_EQ(unpack("no deflate at all", 100), std::nullopt);
  for (std::size_t i = 0; i < packed.size(); ++i) {
    std::string flipped = packed;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x20);
    const auto read = unpack(flipped, 100);
    EXPECT_TRUE(!read || *read == "facts of a county") << i;  // padding may say anything, the checksum covers the rest
  }
  std::string other = packed;
  other.back() = static_cast<char>(other.back() ^ 1);
  EXPECT_EQ(unpack(other, 100), std::nullopt);
}

}  // namespace
}  // namespace anlan::deflate
