#include <gtest/gtest.h>

#include <filesystem>

#include "platform/machine/files.h"
#include "platform/machine/process.h"

namespace anlan::machine {
namespace {

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    path = testing::TempDir() + "anlan-machine-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(path);
    ASSERT_TRUE(make_folder(path + "/a/b").ok());
  }
  std::string path;
};

TEST_F(Folder, KeepsAFileThatIsWrittenOver) {
  ASSERT_TRUE(write_file(path + "/x", "one").ok());
  ASSERT_TRUE(write_file(path + "/x", std::string("t\0wo", 4)).ok());
  EXPECT_EQ(*read_file(path + "/x"), std::string("t\0wo", 4));
  EXPECT_EQ(files_in(path), std::vector<std::string>{"x"});
}

TEST_F(Folder, SaysWhatCannotBeReadOrWritten) {
  EXPECT_EQ(read_file(path + "/none").error().what, "no file " + path + "/none");
  EXPECT_FALSE(read_file(path).ok());
  EXPECT_FALSE(write_file(path + "/none/x", "").ok());
  EXPECT_TRUE(is_empty_folder(path + "/none"));
  EXPECT_FALSE(is_empty_folder(path));
}

TEST_F(Folder, KnowsWhatLiesInsideOfIt) {
  EXPECT_TRUE(is_inside(path + "/none/x", path));
  EXPECT_TRUE(is_inside(path + "/none", path + "/"));
  EXPECT_TRUE(is_inside(path + "/../" + path.substr(path.rfind('/') + 1) + "/x", path));
  EXPECT_TRUE(is_inside(path, path));
  EXPECT_FALSE(is_inside(path + "-beside", path));
  EXPECT_FALSE(is_inside(path + "/..", path));
}

TEST_F(Folder, IsLockedByOneAtATime) {
  {
    const auto first = FolderLock::take(path);
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(FolderLock::take(path).error().what, path + " is in use by another process");
  }
  EXPECT_TRUE(FolderLock::take(path).ok());
}

TEST_F(Folder, KnowsTheRoomThatIsLeft) {
  const auto room = room_of(path);
  ASSERT_TRUE(room.has_value());
  EXPECT_GT(room->all, 0);
  EXPECT_LE(room->free, room->all);
  EXPECT_FALSE(room_of(path + "/missing").has_value());
}

TEST(Process, KnowsTheTimeAndWhereItLies) {
  EXPECT_GT(SystemClock().now(), from_china_time(2026, 1, 1));
  EXPECT_TRUE(is_folder(program_folder()));
  EXPECT_EQ(environment("ANLAN_IS_NOT_SET_HERE"), std::nullopt);
}

}  // namespace
}  // namespace anlan::machine
