#include "outbox/reading.h"

#include "outbox/fixture.h"

namespace anlan::outbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> said(const std::vector<Recipient>& recipients) {
  std::vector<std::string> result;
  for (const Recipient& one : recipients) result.push_back(one.recipient + " " + one.address);
  return result;
}

TEST_F(OutboxTest, SaysWhomABatchWasForPieceByPieceAlsoAfterItsEnd) {
  fill(batch("w1"), people(1, 3));
  fill(batch("w2"), people(7, 1));
  outbox.cancel("w1", at(1));
  const auto first = recipients(*reading, "w1", 0, 2);
  EXPECT_THAT(said(first), ElementsAre("contact-1 sms1", "contact-2 sms2"));
  EXPECT_THAT(said(recipients(*reading, "w1", first.back().message, 2)), ElementsAre("contact-3 sms3"));
  EXPECT_THAT(recipients(*reading, "none", 0, 2), IsEmpty());
}

TEST_F(OutboxTest, SaysWhereAMessageIsAndWhereItWouldGoNext) {
  fill(batch("w1"), people(1, 1, {"sms", "mail"}));
  const std::int64_t message = recipients(*reading, "w1", 0, 1).at(0).message;
  EXPECT_THAT(destinations(*reading, message), ElementsAre(Destination{"sms", "sms1"}, Destination{"mail", "mail1"}));
  settle(outbox.take(sms, 1, at(0))[0], Outcome::Kind::kFailed);
  EXPECT_THAT(destinations(*reading, message), ElementsAre(Destination{"mail", "mail1"}));
  EXPECT_THAT(destinations(*reading, message + 1), IsEmpty());
}

}  // namespace
}  // namespace anlan::outbox
