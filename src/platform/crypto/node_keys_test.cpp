#include "platform/crypto/node_keys.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "platform/crypto/random.h"

namespace anlan::crypto {
namespace {

namespace fs = std::filesystem;

class NodeKeysTest : public testing::Test {
 protected:
  NodeKeysTest() {
    std::string pattern = (fs::temp_directory_path() / "anlan-keys-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~NodeKeysTest() override { fs::remove_all(root_); }

  Result<NodeKeys> load() { return load_or_create_keys((root_ / "keys").string(), random_); }

  fs::path root_;
  SeededRandom random_{1};
};

TEST_F(NodeKeysTest, MakesThemOnceForTheOwnerAlone) {
  const auto made = load();
  ASSERT_TRUE(made.ok());
  for (const char* name : {"master.key", "node.pem", "node.pub.pem"})
    EXPECT_EQ(fs::status(root_ / "keys" / name).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const auto again = load();
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->master, made->master);
  EXPECT_EQ(again->pair.private_pem, made->pair.private_pem);
}

TEST_F(NodeKeysTest, NeverMakesANewMasterKeyBesideOldOnes) {
  ASSERT_TRUE(load().ok());
  fs::remove(root_ / "keys" / "master.key");
  const auto again = load();
  ASSERT_FALSE(again.ok());
  EXPECT_NE(again.error().what.find("master.key"), std::string::npos);
}

TEST_F(NodeKeysTest, NamesTheFirstFileThatIsMissing) {
  fs::create_directory(root_ / "keys");
  EXPECT_EQ(missing_key((root_ / "keys").string()), "master.key");
  fs::remove(root_ / "keys");
  ASSERT_TRUE(load().ok());
  EXPECT_EQ(missing_key((root_ / "keys").string()), std::nullopt);
  fs::remove(root_ / "keys" / "node.pub.pem");
  EXPECT_EQ(missing_key((root_ / "keys").string()), "node.pub.pem");
}

TEST_F(NodeKeysTest, RefusesSecretsThatOthersMayRead) {
  ASSERT_TRUE(load().ok());
  fs::permissions(root_ / "keys" / "node.pem", fs::perms::group_read, fs::perm_options::add);
  const auto again = load();
  ASSERT_FALSE(again.ok());
  EXPECT_NE(again.error().what.find("chmod 600"), std::string::npos);
}

TEST_F(NodeKeysTest, ACrashWhileMakingThemLeavesNoHalf) {
  fs::create_directory(root_ / "keys.new");
  ASSERT_TRUE(load().ok());
  EXPECT_FALSE(fs::exists(root_ / "keys.new"));
}

}  // namespace
}  // namespace anlan::crypto
