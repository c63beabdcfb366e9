#include "journal/vault.h"

#include <fstream>
#include <iterator>
#include <thread>

#include "journal/fixture.h"
#include "platform/crypto/random.h"

namespace anlan::journal {
namespace {

class VaultTest : public JournalTest {
 protected:
  VaultTest() {
    open();
    vault_.emplace(*sql_, master_, random_);
  }

  Reference seal(const std::string& text) {
    sql_->begin();
    const Sealed entry = vault_->seal(text);
    vault_->keep(entry, kNoon);
    sql_->commit();
    return entry.reference;
  }
  bool destroy(const std::string& id) {
    sql_->begin();
    const bool done = vault_->destroy(id);
    sql_->commit();
    return done;
  }
  std::string wrapped(const std::string& id) {
    auto& row = sql_->prepare("SELECT wrapped FROM seal_key WHERE id = ?");
    row.bind(id).step();
    std::string bytes(crypto::text_of(row.blob(0)));
    row.reset();
    return bytes;
  }
  // A server may have transactions of other databases under way, which other tests write to.
  bool scrubbed_in_the_end() {
    for (int tries = sql::TestStore::on_postgres() ? 300 : 1; tries > 0; --tries) {
      if (scrub(*sql_)) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }
  // How often the bytes stand in any file of the node.
  int copies(const std::string& bytes) {
    if (sql::TestStore::on_postgres()) return 0;
    int found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(where_)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string all(std::istreambuf_iterator<char>(file), {});
      for (auto at = all.find(bytes); at != std::string::npos; at = all.find(bytes, at + 1)) ++found;
    }
    return found;
  }

  crypto::SeededRandom random_{7};
  const crypto::Key master_ = crypto::random_key(random_);
  std::optional<Vault> vault_;
};

class VaultFilesTest : public VaultTest {
 protected:
  void SetUp() override {
    if (sql::TestStore::on_postgres()) GTEST_SKIP() << "the other engine has no such files";
  }
};

TEST_F(VaultTest, OpensWhatWasSealed) {
  const std::string text = R"({"name":"虚构一","telephone":"000"})";
  const Reference reference = seal(text);
  EXPECT_EQ(vault_->open(reference.id), text);
  EXPECT_EQ(copies("虚构一"), 0);
  EXPECT_EQ(to_json(reference).size(), 11 + 32 + 9 + 64 + 2u);
}

TEST_F(VaultTest, ADestroyedEntryIsGoneAndItsCipherStays) {
  const Reference gone = seal("gone"), kept = seal("kept");
  EXPECT_TRUE(destroy(gone.id));
  EXPECT_EQ(vault_->open(gone.id), std::nullopt);
  EXPECT_EQ(vault_->open(kept.id), "kept");
  EXPECT_FALSE(destroy(gone.id));
  EXPECT_FALSE(destroy("never there"));
}

TEST_F(VaultFilesTest, NoCopyOfADestroyedKeyIsLeftInAnyFile) {
  std::vector<Reference> entries;
  sql_->begin();
  for (int i = 0; i < 300; ++i) {
    const Sealed entry = vault_->seal("entry " + std::to_string(i));
    vault_->keep(entry, kNoon);
    entries.push_back(entry.reference);
  }
  sql_->commit();
  sql_->checkpoint();
  std::vector<std::string> keys;
  for (const Reference& entry : entries) keys.push_back(wrapped(entry.id).substr(0, 40));
  EXPECT_GE(copies(keys[10]), 1);
  sql_->begin();
  for (std::size_t i = 0; i < entries.size(); i += 3) EXPECT_TRUE(vault_->destroy(entries[i].id));
  sql_->commit();
  ASSERT_TRUE(sql_->scrub());
  for (std::size_t i = 0; i < entries.size(); ++i) EXPECT_EQ(copies(keys[i]), i % 3 == 0 ? 0 : 1) << i;
}

TEST_F(VaultTest, AReaderInTheWayIsToldAndTheNextTryErases) {
  const Reference entry = seal("entry");
  const std::string key = wrapped(entry.id).substr(0, 40);
  const auto reader = sql::open(where_, sql::Access::kRead);
  reader->begin();
  EXPECT_EQ(Vault(*reader, master_, random_).open(entry.id), "entry");
  EXPECT_TRUE(destroy(entry.id));
  EXPECT_FALSE(scrub(*sql_));
  EXPECT_EQ(Vault(*reader, master_, random_).open(entry.id), "entry");
  reader->commit();
  EXPECT_TRUE(scrubbed_in_the_end());
  EXPECT_EQ(copies(key), 0);
}

// Of a server an old form of a row is kept for whoever might still read it, though he reads something else.
TEST_F(VaultTest, AReaderOfAnythingElseStandsInTheWayToo) {
  const Reference entry = seal("entry");
  const auto reader = sql::open(where_, sql::Access::kRead);
  reader->begin();
  EXPECT_EQ(head(*reader), 0);
  EXPECT_TRUE(destroy(entry.id));
  EXPECT_FALSE(scrub(*sql_));
  reader->commit();
  EXPECT_TRUE(scrubbed_in_the_end());
}

TEST_F(VaultTest, AnErasureThatWasCutOffIsMadeUpByWhoComesNext) {
  const Reference entry = seal("entry");
  const std::string key = wrapped(entry.id).substr(0, 40);
  const auto due = [this] {
    const auto row = sql_->once("SELECT COUNT(*) FROM scrub_due");
    row->step();
    return row->integer(0);
  };
  EXPECT_TRUE(scrub(*sql_)) << "nothing is due";
  EXPECT_TRUE(destroy(entry.id));
  EXPECT_FALSE(destroy(entry.id));
  open();
  EXPECT_EQ(due(), 1);
  EXPECT_TRUE(scrubbed_in_the_end());
  EXPECT_EQ(due(), 0);
  EXPECT_EQ(copies(key), 0);
}

TEST_F(VaultTest, AnotherMasterKeyIsAnErrorAndNotAnErasedEntry) {
  const Reference entry = seal("entry");
  Vault other(*sql_, crypto::random_key(random_), random_);
  EXPECT_THROW(other.open(entry.id), sql::Error);
}

TEST_F(VaultTest, AChangedCipherIsAnError) {
  const Reference entry = seal("entry");
  const std::array bytes{std::byte{1}, std::byte{2}};
  sql_->prepare("UPDATE sealed SET cipher = ?").bind_blob(bytes).run();
  EXPECT_THROW(vault_->open(entry.id), sql::Error);
}

}  // namespace
}  // namespace anlan::journal
