#include "contacts/book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

#include "platform/sql/store_fixture.h"

namespace anlan::contacts {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class SeededRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    std::ranges::generate(bytes, [this] { return static_cast<std::byte>(engine_()); });
  }

 private:
  std::mt19937_64 engine_{3};
};

const Instant kNow = from_china_time(2026, 7, 20, 13, 0);

Contact somebody(const std::string& reference, const std::string& phone, double lng = 118.5) {
  Contact c;
  c.reference = reference;
  c.name = "张三" + reference;
  c.phone = phone;
  c.division = "370783115";
  c.point = LngLat{lng, 36.5};
  c.roles = {"resident"};
  return c;
}

class BookTest : public testing::Test {
 protected:
  BookTest() { open(); }
  void open() { book = std::make_unique<Book>(store.where(), key, random); }
  List replace(const std::string& list, const std::vector<Contact>& contacts, const std::string& digest,
               Instant now = kNow, const std::string& organisation = "county") {
    Book::Replacing replacing(*book, list, organisation, digest);
    for (const Contact& c : contacts) replacing.add(c);
    return replacing.finish(now);
  }
  std::string digest_of(const std::string& list) { return book->list(list, "county").value_or(List{}).digest; }
  std::vector<std::int64_t> ids() const {
    warning::Area area;
    area.divisions = {"370783"};
    auto found = book->index()->collect(area, {}, "370700");
    std::ranges::sort(found);
    return found;
  }
  std::int64_t people() const {
    warning::Area area;
    area.divisions = {"370783"};
    return book->index()->count(area, {}, "370700");
  }

  sql::TestStore store;
  SeededRandom random;
  const crypto::Key key{};
  std::unique_ptr<Book> book;
};

TEST_F(BookTest, KeepsAListOverARestart) {
  const List list = replace("villages", {somebody("1", "100-0001"), somebody("2", "100-0002")}, "d1");
  EXPECT_EQ(list.rows, 2);
  EXPECT_EQ(people(), 2);
  book.reset();
  open();
  EXPECT_EQ(people(), 2);
  ASSERT_THAT(book->lists(), SizeIs(1));
  EXPECT_EQ(book->lists()[0].organisation, "county");
  EXPECT_EQ(digest_of("villages"), "d1");
  EXPECT_EQ(digest_of("others"), "");
}

TEST_F(BookTest, ReplacesAListAsAWholeAndLeavesTheOthers) {
  replace("villages", {somebody("1", "100-0001"), somebody("2", "100-0002")}, "d1");
  replace("enterprises", {somebody("1", "100-0003")}, "d2");
  const auto before = book->index();
  replace("villages", {somebody("3", "100-0004")}, "d3");
  EXPECT_EQ(people(), 2);
  EXPECT_EQ(before->lines(), 3U) << "who asked before goes on with what was";
  EXPECT_THAT(book->lists(), SizeIs(2));
}

TEST_F(BookTest, AListOfAnotherOrganisationIsAnotherListWhateverItsName) {
  replace("villages", {somebody("1", "100-0001")}, "d1");
  replace("villages", {somebody("1", "100-0002")}, "d1", kNow, "town");
  EXPECT_EQ(people(), 2);
  ASSERT_THAT(book->lists(), SizeIs(2));
  EXPECT_THAT(book->unrecorded(), SizeIs(2));
  book->note_recorded(book->lists()[0]);
  EXPECT_THAT(book->unrecorded(), SizeIs(1));
}

TEST_F(BookTest, WhoStaysInAListKeepsTheId) {
  replace("villages", {somebody("1", "100-0001"), somebody("2", "100-0002")}, "d1");
  const auto before = ids();
  ASSERT_THAT(before, SizeIs(2));
  replace("villages", {somebody("9", "100-0009"), somebody("2", "100-7777"), somebody("1", "100-0001")}, "d2");
  const auto after = ids();
  ASSERT_THAT(after, SizeIs(3));
  EXPECT_EQ(after[0], before[0]);
  EXPECT_EQ(after[1], before[1]);
  EXPECT_EQ(Addresses(store.where(), key).find(before[1])->phone, "100-7777") << "as the list has it now";
}

TEST_F(BookTest, WhoIsGoneCanBeToldForTwoDaysAndIsFoundByNoQuestion) {
  replace("villages", {somebody("1", "100-0001"), somebody("2", "100-0002")}, "d1");
  const auto before = ids();
  replace("villages", {somebody("1", "100-0001")}, "d2");
  EXPECT_EQ(ids(), std::vector{before[0]});
  book.reset();
  open();
  EXPECT_EQ(people(), 1);
  ASSERT_TRUE(Addresses(store.where(), key).find(before[1]));
  EXPECT_EQ(Addresses(store.where(), key).find(before[1])->phone, "100-0002");
  book->forget(kNow + kKeptWhenGone);
  EXPECT_TRUE(Addresses(store.where(), key).find(before[1]));
  book->forget(kNow + kKeptWhenGone + Minutes{1});
  EXPECT_FALSE(Addresses(store.where(), key).find(before[1]));
  EXPECT_TRUE(Addresses(store.where(), key).find(before[0]));
}

TEST_F(BookTest, WhoComesBackHasTheIdOfBeforeAndNobodyElseGetsIt) {
  replace("villages", {somebody("1", "100-0001"), somebody("2", "100-0002")}, "d1");
  const auto before = ids();
  replace("villages", {somebody("1", "100-0001")}, "d2");
  replace("villages", {somebody("1", "100-0001"), somebody("2", "100-0002")}, "d3");
  EXPECT_EQ(ids(), before);
  replace("villages", {somebody("1", "100-0001")}, "d4");
  replace("villages", {somebody("1", "100-0001")}, "d5", kNow + kKeptWhenGone + Minutes{1});
  book.reset();
  open();
  replace("villages", {somebody("1", "100-0001"), somebody("3", "100-0003")}, "d6", kNow + std::chrono::hours{100});
  EXPECT_GT(ids()[1], before[1]) << "an id of somebody who was removed is not given again";
}

TEST_F(BookTest, HalfAListIsNone) {
  replace("villages", {somebody("1", "100-0001")}, "d1");
  {
    Book::Replacing replacing(*book, "villages", "county", "d2");
    replacing.add(somebody("9", "100-0009"));
  }
  EXPECT_EQ(people(), 1);
  EXPECT_THAT(book->lists(), SizeIs(1)) << "and the book can be read";
  book.reset();
  open();
  EXPECT_EQ(people(), 1);
  EXPECT_EQ(digest_of("villages"), "d1");
}

TEST_F(BookTest, KnowsAPersonByTheTelephoneHoweverItIsWritten) {
  replace("villages", {somebody("1", "100-0001"), somebody("2", "100 0001", 118.6)}, "d1");
  replace("grid", {somebody("7", "1000001")}, "d2");
  EXPECT_EQ(people(), 1);
}

TEST_F(BookTest, LeavesOutALineOfAReferenceThatWasThere) {
  Book::Replacing replacing(*book, "villages", "county", "d1");
  EXPECT_TRUE(replacing.add(somebody("1", "100-0001")));
  EXPECT_FALSE(replacing.add(somebody("1", "100-0002")));
  EXPECT_EQ(replacing.finish(kNow).rows, 1);
}

TEST_F(BookTest, GivesAnAddressForSendingAndNoOtherKeyOpensIt) {
  replace("villages", {somebody("1", "100-0001")}, "d1");
  warning::Area area;
  area.divisions = {"370783"};
  const auto ids = book->index()->collect(area, {}, "370700");
  ASSERT_THAT(ids, SizeIs(1));
  const auto address = Addresses(store.where(), key).find(ids[0]);
  ASSERT_TRUE(address);
  EXPECT_EQ(address->name, "张三1");
  EXPECT_EQ(address->phone, "100-0001");
  EXPECT_EQ(address->mail, "");
  EXPECT_FALSE(Addresses(store.where(), key).find(ids[0] + 1));
  crypto::Key other{};
  other[0] = std::byte{1};
  EXPECT_FALSE(Addresses(store.where(), other).find(ids[0]));
}

TEST_F(BookTest, KeepsNoNameAndNoTelephoneInTheClear) {
  if (sql::TestStore::on_postgres()) GTEST_SKIP() << "files of the server";
  replace("villages", {somebody("1", "100-7777-0001")}, "d1");
  for (const char* file : {"/contacts.db", "/contacts.db-wal"}) {
    std::ifstream in(store.directory() + file, std::ios::binary);
    const std::string bytes = (std::ostringstream() << in.rdbuf()).str();
    EXPECT_EQ(bytes.find("张三"), std::string::npos) << file;
    EXPECT_EQ(bytes.find("7777"), std::string::npos) << file;
  }
}

TEST_F(BookTest, TellsWhatTheJournalHasStillToSay) {
  replace("villages", {somebody("1", "100-0001")}, "d1");
  book.reset();
  open();
  const auto waiting = book->unrecorded();
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].name, "villages");
  book->note_recorded(waiting[0]);
  EXPECT_THAT(book->unrecorded(), SizeIs(0));
  replace("villages", {somebody("1", "100-0001")}, "d2");
  EXPECT_THAT(book->unrecorded(), SizeIs(1));
}

}  // namespace
}  // namespace anlan::contacts
