#include "main/first_start.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "journal/credentials.h"
#include "main/load.h"
#include "main/stopped_node.h"
#include "platform/crypto/password.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"
#include "platform/sql/store_fixture.h"

namespace anlan {
namespace {

class FirstStart : public testing::Test {
 protected:
  void SetUp() override {
    c.share = ANLAN_SOURCE_DIR;
    c.data = testing::TempDir() + "anlan-first-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(c.data);
    std::filesystem::create_directories(c.data);
    sql::open(c.data, sql::Access::kWrite);  // a node is a folder with a journal
    auto opened = StoppedNode::open(c, clock, random);
    ASSERT_TRUE(opened.ok()) << opened.error().what;
    node = std::move(*opened);
  }
  Configuration c;
  machine::SystemClock clock;
  crypto::SystemRandom random;
  Texts texts = load_texts(ANLAN_SOURCE_DIR "/data/text").value();
  std::unique_ptr<StoppedNode> node;
};

TEST_F(FirstStart, MakesThreeAdministratorsWithPasswordsOfOneUse) {
  const auto passwords = first_start(c, texts, random, node->executor());
  ASSERT_TRUE(passwords.ok()) << passwords.error().what;
  ASSERT_EQ(passwords->size(), 3u);
  const auto store = sql::open(c.data, sql::Access::kRead);
  for (const auto& [name, password] : *passwords) {
    const auto& account = node->directory().accounts.at(name);
    EXPECT_TRUE(account.must_change);
    EXPECT_EQ(account.roles.size(), 1u);
    EXPECT_TRUE(account::acceptable({}, name, password));
    EXPECT_TRUE(crypto::verify_password(*journal::credential(*store, "password/" + name), password));
  }
  EXPECT_NE((*passwords)[0].password, (*passwords)[1].password);
  EXPECT_EQ(node->directory().organisations.organisations.at("own").division, "370700");
}

TEST_F(FirstStart, HandsThePasswordsOverBeforeAnAccountIsThere) {
  std::vector<OneTimePassword> kept;
  const auto refused = first_start(c, texts, random, node->executor(), [&](const auto& made) -> Result<Done> {
    kept = made;
    return Failure{"disk full"};
  });
  EXPECT_EQ(refused.error().what, "disk full");
  EXPECT_EQ(kept.size(), 3u);
  EXPECT_EQ(state::Directory::read(*sql::open(c.data, sql::Access::kRead)).accounts.size(), 0u);
}

TEST_F(FirstStart, SpendsAPasswordByChangingItOrDisablingItsAccount) {
  ASSERT_TRUE(first_start(c, texts, random, node->executor()).ok());
  const auto done = [&](command::Command command, const std::string& target, const std::string& by) {
    auto envelope = by_node(std::move(command), target);
    if (by != "system") envelope.actor = node->directory().actor(by);
    EXPECT_FALSE(first_passwords_are_spent(node->directory()));
    EXPECT_TRUE(run_all(node->executor(), {envelope}).ok());
  };
  done(command::SetPassword{"hash", true}, "", "sysadmin");
  done(command::SetPassword{"hash", true}, "", "secadmin");
  done(account::Disable{"left"}, "auditadmin", "secadmin");
  EXPECT_TRUE(first_passwords_are_spent(node->directory()));
}

TEST_F(FirstStart, MakesThemOnce) {
  ASSERT_EQ(first_start(c, texts, random, node->executor())->size(), 3u);
  EXPECT_EQ(first_start(c, texts, random, node->executor())->size(), 0u);
}

// The other one is first just when this one has handed its passwords over.
TEST_F(FirstStart, OfTwoProcessesOnOneEmptyStoreOneMakesThem) {
  if (!sql::TestStore::on_postgres()) GTEST_SKIP() << "the other engine has one process";
  const sql::TestStore shared;
  Configuration one = c, other = c;
  one.storage = other.storage = shared.where();
  one.data += "/one";
  other.data += "/other";
  for (const auto& configuration : {one, other}) std::filesystem::create_directories(configuration.data);
  const auto first = StoppedNode::open(one, clock, random);
  ASSERT_TRUE(first.ok()) << first.error().what;
  std::filesystem::copy(one.data + "/keys", other.data + "/keys", std::filesystem::copy_options::recursive);
  const auto second = StoppedNode::open(other, clock, random);
  ASSERT_TRUE(second.ok()) << second.error().what;
  std::vector<OneTimePassword> passwords;
  const auto late = first_start(other, texts, random, (*second)->executor(), [&](const auto& made) -> Result<Done> {
    EXPECT_EQ(made.size(), 3u);
    passwords = *first_start(one, texts, random, (*first)->executor());
    return Done{};
  });
  ASSERT_TRUE(late.ok()) << late.error().what;
  EXPECT_EQ(late->size(), 0u) << "its own open nothing";
  ASSERT_EQ(passwords.size(), 3u);
  const auto store = sql::open(shared.where(), sql::Access::kRead);
  for (const auto& [name, password] : passwords)
    EXPECT_TRUE(crypto::verify_password(*journal::credential(*store, "password/" + name), password));
}

TEST_F(FirstStart, LeavesADirectoryToTheProcessThatWorksOnIt) {
  EXPECT_EQ(StoppedNode::open(c, clock, random).error().what, c.data + " is in use by another process");
}

}  // namespace
}  // namespace anlan
