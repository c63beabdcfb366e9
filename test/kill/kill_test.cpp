// ANLAN_KILL_ROUNDS: how often the node is killed. ANLAN_KILL_SEED: the same moments and incidents again.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "campaign.h"

namespace anlan {
namespace {

constexpr int kRoundsBetweenChecks = 25;

unsigned number_of(const char* variable, unsigned otherwise) {
  const char* text = std::getenv(variable);
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

TEST(Kill, EveryAcknowledgedCommandIsThereOnceAndTheJournalIsSound) {
  const unsigned rounds = number_of("ANLAN_KILL_ROUNDS", 5);
  const unsigned seed = number_of("ANLAN_KILL_SEED", std::random_device()());
  std::printf("ANLAN_KILL_SEED=%u\n", seed);
  Campaign campaign(seed);
  for (unsigned i = 1; i <= rounds && !testing::Test::HasFailure(); ++i) {
    campaign.round();
    if (i % kRoundsBetweenChecks != 0) continue;
    campaign.expect_sound();
    std::printf("%u rounds, %zu commands sent, %zu acknowledged before the kill\n", i, campaign.sent(),
                campaign.acknowledged());
    std::fflush(stdout);
  }
  campaign.finish();
  campaign.expect_sound();
  EXPECT_GT(campaign.acknowledged(), 0U);
  std::printf("%u kills, %zu commands, %zu acknowledged, each there once\n", rounds, campaign.sent(),
              campaign.acknowledged());
}

}  // namespace
}  // namespace anlan
