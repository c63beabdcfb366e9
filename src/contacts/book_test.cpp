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
  List replace(const std::string& list, const std::vector<Contact>& contacts, const std::string& digest) {
    Book::Replacing replacing(*book, list, "county", digest);
    for (const Contact& c : contacts) replacing.add(c);
    return replacing.finish(kNow);
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
  EXPECT_TRUE(book->has("villages", "d1"));
  EXPECT_FALSE(book->has("villages", "d2"));
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
  EXPECT_TRUE(book->has("villages", "d1"));
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
