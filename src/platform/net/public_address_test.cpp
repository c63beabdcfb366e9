#include "platform/net/public_address.h"

#include <gtest/gtest.h>

namespace anlan::net {
namespace {

TEST(PublicAddress, AreThoseOfTheInternet) {
  for (const char* text : {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1",
                           "172.32.0.1", "192.167.1.1", "223.255.255.255", "2606:4700::1111", "2400:3200::1",
                           "::ffff:1.1.1.1", "2002:0101:0101::1", "64:ff9b::101:101"})
    EXPECT_TRUE(is_public(text)) << text;
}

TEST(PublicAddress, AreNotThoseOfThisMachineItsLinksAndItsNetworksHoweverTheyAreWritten) {
  for (const char* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.0.1",
                           "192.0.2.1",
                           "198.18.0.1",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::127.0.0.1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::7f00:1",
                           "2002:7f00:0001::1",
                           "2002:c0a8:0101::1",
                           "fc00::1",
                           "fd12::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "2001::1",
                           "2001:db8::1",
                           "3fff::1",
                           "",
                           "example",
                           "127.1",
                           "0x7f000001",
                           "2130706433"})
    EXPECT_FALSE(is_public(text)) << text;
}

TEST(PublicAddress, IsNoneOfAnotherFamily) {
  sockaddr other{};
  other.sa_family = AF_UNIX;
  EXPECT_FALSE(net::is_public(other));
}

}  // namespace
}  // namespace anlan::net
