#include "edge/peer/proved.h"

#include <gtest/gtest.h>

namespace anlan::edge::peer {
namespace {

using Holder = Proved::Holder;

TEST(ProvedTest, OneNodeHasAFewAndTheNewestStay) {
  const Holder a{"a", "key"}, b{"b", "key"};
  Proved proved;
  proved.add("of-another", b);
  const int most = Proved::kMostOfNode;
  for (int i = 0; i < 100; ++i) proved.add("c" + std::to_string(i), a);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(proved.holder_of("c" + std::to_string(i)), i < 100 - most ? std::nullopt : std::optional(a)) << i;
  EXPECT_EQ(proved.holder_of("of-another"), b);
}

TEST(ProvedTest, ACertificateIsOfWhoHasProvedItLast) {
  const Holder a{"a", "key"}, anew{"a", "new key"}, b{"b", "key"};
  Proved proved;
  proved.add("c", a);
  proved.add("c", a);
  proved.add("c", anew);
  EXPECT_EQ(proved.holder_of("c"), anew);
  proved.add("c", b);
  EXPECT_EQ(proved.holder_of("c"), b);
  for (std::size_t i = 0; i < Proved::kMostOfNode; ++i) proved.add("d" + std::to_string(i), a);
  EXPECT_EQ(proved.holder_of("c"), b) << "it is not of those of the first any more";
  EXPECT_EQ(proved.holder_of("unknown"), std::nullopt);
}

}  // namespace
}  // namespace anlan::edge::peer
