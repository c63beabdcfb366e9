// What the operator sees of damage: `anlan verify` on the files of a whole node.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "desk.h"
#include "served.h"

namespace anlan {
namespace {

class FlippedByte : public testing::Test {
 protected:
  std::string journal() const { return folder_.path() + "/journal.db"; }

  void flip(std::uint64_t at, int bits) const {
    std::fstream file(journal(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const int before = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(before ^ bits));
  }
  void change(const char* statement) const {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(journal().c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, statement, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }

  CityFolder folder_;
};

TEST_F(FlippedByte, AnywhereInTheJournalIsFound) {
  ASSERT_EQ(folder_.verify().code, 0);
  const auto size = std::filesystem::file_size(journal());
  std::mt19937_64 chance(1);
  for (int i = 0; i < 40; ++i) {
    const std::uint64_t at = chance() % size;
    const int bits = 1 << chance() % 8;
    flip(at, bits);
    const Ran verified = folder_.verify();
    EXPECT_EQ(verified.code, 1) << "byte " << at;
    EXPECT_EQ(bench::member(verified.output, "sound"), "false") << "byte " << at;
    flip(at, bits);
  }
  EXPECT_EQ(folder_.verify().code, 0);
}

TEST_F(FlippedByte, ATextChangedWithAnotherToolIsNamedByItsPosition) {
  change("UPDATE fact SET body = replace(body, '{', '{ ') WHERE position = 7");
  const Ran verified = folder_.verify();
  EXPECT_EQ(verified.code, 1);
  EXPECT_EQ(bench::member(verified.output, "first_bad_fact"), "7") << verified.output;
}

}  // namespace
}  // namespace anlan
