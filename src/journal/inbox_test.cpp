#include "journal/inbox.h"

#include <gtest/gtest.h>

#include "journal/fixture.h"

namespace anlan::journal {
namespace {

class InboxTest : public JournalTest {
 protected:
  void say(Place place, Instant said_at) {
    sql_->begin();
    note_read_by(*sql_, "county", place, said_at);
    sql_->commit();
  }
};

TEST_F(InboxTest, OfWhatANeighbourHasSaidTheLatestCountsInWhateverOrderItComes) {
  open();
  EXPECT_EQ(read_by(*sql_, "county"), Place{});
  say({7, 5}, kNoon);
  EXPECT_EQ(read_by(*sql_, "county"), (Place{7, 5}));
  say({9, 9}, kNoon - Minutes{1});
  EXPECT_EQ(read_by(*sql_, "county"), (Place{7, 5})) << "an older file that comes late";
  say({3, 2}, kNoon + Minutes{1});
  EXPECT_EQ(read_by(*sql_, "county"), (Place{3, 2})) << "it was restored from a backup";
  EXPECT_EQ(read_by(*sql_, "town"), Place{});
}

}  // namespace
}  // namespace anlan::journal
