#include "journal/key_check.h"

#include "journal/fixture.h"
#include "journal/vault.h"
#include "platform/crypto/random.h"

namespace anlan::journal {
namespace {

class KeyCheckTest : public JournalTest {
 protected:
  KeyCheckTest() { open(); }

  crypto::NodeKeys make() { return {crypto::random_key(random_), crypto::generate_sm2()}; }
  std::string seal(const crypto::NodeKeys& keys) {
    Vault vault(*sql_, keys.master, random_);
    sql_->begin();
    const Sealed entry = vault.seal("text");
    vault.keep(entry, kNoon);
    sql_->commit();
    return entry.reference.id;
  }
  void destroy(const std::string& id) {
    sql_->begin();
    EXPECT_TRUE(Vault(*sql_, own_.master, random_).destroy(id));
    sql_->commit();
  }

  crypto::SeededRandom random_{7};
  const crypto::NodeKeys own_ = make(), foreign_ = make();
};

TEST_F(KeyCheckTest, KnowsTheKeysThatTheStoreWasBegunWith) {
  EXPECT_TRUE(keys_belong(*sql_, own_));
  fill(1);
  open();
  EXPECT_TRUE(keys_belong(*sql_, own_));
  EXPECT_FALSE(keys_belong(*sql_, foreign_));
  EXPECT_FALSE(keys_belong(*sql_, {own_.master, foreign_.pair})) << "signatures would be of another node";
  EXPECT_FALSE(keys_belong(*sql_, {foreign_.master, own_.pair}));
  EXPECT_TRUE(keys_belong(*sql_, own_)) << "asking with others changes nothing";
}

TEST_F(KeyCheckTest, AStoreWithoutFactsTakesAnyKeys) {
  EXPECT_TRUE(keys_belong(*sql_, own_));
  EXPECT_TRUE(keys_belong(*sql_, foreign_));
}

TEST_F(KeyCheckTest, AStoreWithoutACheckValueTakesWhatOpensItsEntries) {
  fill(1);
  const std::string first = seal(own_);
  seal(own_);
  destroy(first);
  EXPECT_FALSE(keys_belong(*sql_, foreign_));
  EXPECT_TRUE(keys_belong(*sql_, own_));
  EXPECT_FALSE(keys_belong(*sql_, {own_.master, foreign_.pair}));
}

TEST_F(KeyCheckTest, WhereNothingIsSealedAnyMoreTheFirstKeysAreTaken) {
  fill(1);
  destroy(seal(own_));
  EXPECT_TRUE(keys_belong(*sql_, foreign_));
  EXPECT_FALSE(keys_belong(*sql_, own_));
}

}  // namespace
}  // namespace anlan::journal
