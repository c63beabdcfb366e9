#include "edge/peer/admission.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "codec/json_write.h"
#include "journal/fixture.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/random.h"

namespace anlan::edge::peer {
namespace {

class AdmissionTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "anlan-invitations-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    invitations = std::make_unique<Invitations>(folder_);
    secret = *invitations->make({"county", "寿光", {"shouguang"}, journal::kNoon + kInvitationLasts, {}}, random_);
  }
  std::optional<Invitation> opened(const std::string& with, const std::string& node, const std::string& certificate,
                                   Instant now = journal::kNoon) {
    return invitations->opened({with, node, "key"}, certificate, directory, now);
  }
  void is_registered(const std::string& with, const std::string& node, const std::string& certificate) {
    directory.nodes.all[node] = {node, node, "city", "key", {}};
    EXPECT_TRUE(invitations->note_used({with, node, "key"}, certificate).ok());
  }

  std::string folder_, secret;
  state::Directory directory;
  crypto::SystemRandom random_;
  std::unique_ptr<Invitations> invitations;
};

TEST_F(AdmissionTest, ACodeOpensTheDoorOnceAndForItsNodeOnly) {
  EXPECT_FALSE(opened("another", "county", "aa").has_value());
  EXPECT_FALSE(opened(secret, "town", "aa").has_value());
  const auto found = opened(secret, "county", "aa");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->organisations, std::vector<std::string>{"shouguang"});
  is_registered(secret, "county", "aa");
  EXPECT_FALSE(opened(secret, "county", "bb").has_value());
  EXPECT_TRUE(opened(secret, "county", "aa").has_value());  // whose answer was lost
  EXPECT_TRUE(opened(secret, "county", "aa", journal::kNoon + 2 * kInvitationLasts).has_value());
}

TEST_F(AdmissionTest, ACodeWithWhichNobodyWasRegisteredIsNobodys) {
  ASSERT_TRUE(invitations->note_used({secret, "county", "key"}, "aa").ok());
  EXPECT_TRUE(opened(secret, "county", "bb").has_value());
  EXPECT_FALSE(opened(secret, "county", "aa", journal::kNoon + kInvitationLasts + Minutes{1}).has_value());
  EXPECT_EQ(invitations->open(directory, journal::kNoon).size(), 1u);
  ASSERT_TRUE(invitations->withdraw("county", directory).ok());
  EXPECT_FALSE(opened(secret, "county", "aa").has_value());
}

TEST_F(AdmissionTest, ACodeEndsAfterADay) {
  EXPECT_FALSE(opened(secret, "county", "aa", journal::kNoon + kInvitationLasts + Minutes{1}).has_value());
  EXPECT_TRUE(opened(secret, "county", "aa", journal::kNoon + kInvitationLasts).has_value());
}

TEST_F(AdmissionTest, TheFolderDoesNotTellTheSecret) {
  for (const auto& file : std::filesystem::directory_iterator(folder_))
    EXPECT_EQ(file.path().string().find(secret), std::string::npos);
}

TEST_F(AdmissionTest, ACodeIsOneWordThatReadsBack) {
  const Code code{"10.1.2.3", 8470, std::string(64, 'a'), "city", "county", secret};
  const std::string text = to_text(code);
  EXPECT_EQ(text.find_first_of(" \n\"'"), std::string::npos);
  const auto read = code_in(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(json::to_text(*read), json::to_text(code));
  EXPECT_FALSE(code_in("").has_value());
  EXPECT_FALSE(code_in(text.substr(6)).has_value());
  EXPECT_FALSE(code_in(text.substr(0, text.size() - 4)).has_value());
}

// A later release may say more in it.
TEST_F(AdmissionTest, OfACodeOfALaterReleaseWhatIsKnownIsRead) {
  const std::string text = json::to_text(Code{"10.1.2.3", 8470, std::string(64, 'a'), "city", "county", secret});
  const std::string later = text.substr(0, text.size() - 1) + R"(,"relay":"10.1.2.4"})";
  const auto read = code_in("anlan-" + crypto::to_base64url(crypto::bytes_of(later)));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(json::to_text(*read), text);
}

TEST_F(AdmissionTest, OpenAreThoseOfNobodyRegisteredThatLastAndWereNotWithdrawn) {
  const auto open = [&](Instant now) {
    std::vector<std::string> nodes;
    for (const auto& one : invitations->open(directory, now)) nodes.push_back(one.node);
    return nodes;
  };
  const Instant later = journal::kNoon + kInvitationLasts + Minutes{1};
  const auto other = *invitations->make({"town", "羊口", {"yangkou"}, later, {}}, random_);
  EXPECT_EQ(open(journal::kNoon).size(), 2u);
  EXPECT_EQ(open(later), std::vector<std::string>{"town"});
  is_registered(secret, "county", "aa");
  EXPECT_EQ(open(journal::kNoon), std::vector<std::string>{"town"});
  ASSERT_TRUE(invitations->withdraw("town", directory).ok());
  EXPECT_TRUE(open(journal::kNoon).empty());
  EXPECT_FALSE(opened(other, "town", "bb").has_value());
  ASSERT_TRUE(invitations->withdraw("county", directory).ok());
  EXPECT_TRUE(opened(secret, "county", "aa").has_value()) << "what was used stands, for an answer that is lost";
}

TEST_F(AdmissionTest, WhatWasDoneIsNotDoneAgain) {
  const Invitation invitation{"county", "寿光", {"shouguang"}, journal::kNoon, {}};
  directory.organisations.organisations["shouguang"].node = "city";
  EXPECT_EQ(admitting(invitation, "key", "city", directory).size(), 2u);
  directory.nodes.all["county"] = {"county", "寿光", "city", "key", {}};
  EXPECT_EQ(admitting(invitation, "key", "city", directory).size(), 1u);
  directory.organisations.organisations["shouguang"].node = "county";
  EXPECT_TRUE(admitting(invitation, "key", "city", directory).empty());
  EXPECT_EQ(admitting(invitation, "another key", "city", directory).size(), 1u);  // which the register refuses
}

}  // namespace
}  // namespace anlan::edge::peer
