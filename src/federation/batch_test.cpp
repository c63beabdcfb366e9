#include "federation/batch.h"

#include <gmock/gmock.h>

#include "codec/fact.h"
#include "domain/node/facts.h"
#include "journal/block_fixture.h"
#include "platform/deflate/deflate.h"

namespace anlan::federation {
namespace {

using journal::Fact;
using journal::Part;
using testing::ElementsAre;

class BatchTest : public journal::BlockStoreTest {
 protected:
  static KeyOf knows(std::vector<std::string> nodes) {
    return [nodes = std::move(nodes)](const std::string& node) {
      const bool known = std::ranges::find(nodes, node) != nodes.end();
      return known ? std::optional(journal::a_pair().public_pem) : std::nullopt;
    };
  }
  // What the store has of two other nodes, in an order in which neither rises.
  view::Outgoing of_two_nodes() {
    for (const char* node : {"county", "town"}) {
      const auto facts = journal::facts_of(node, 1, 5);
      receive(journal::part_of(journal::block_of(facts), facts, {1, 3, 5}));
    }
    view::Outgoing out;
    for (const auto& [node, sequence] : {std::pair{"town", 5}, {"county", 3}, {"town", 1}, {"county", 1}, {"town", 1}})
      out.facts.push_back(journal::read_of_node(*sql_, node, sequence, sequence).front());
    out.upto = {7, 7};
    return out;
  }
  static std::vector<std::string> names(const std::vector<Fact>& facts) {
    std::vector<std::string> all;
    for (const Fact& f : facts) all.push_back(f.node + "/" + std::to_string(f.node_sequence));
    return all;
  }
  Batch a_batch() { return make_batch(*sql_, "city", {2, 1}, of_two_nodes()); }
};

TEST_F(BatchTest, FactsComeInTheirOrderAndEachOnce) {
  const auto read = batch_in(to_bytes(a_batch()));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->sender, "city");
  EXPECT_EQ(read->after, (journal::Place{2, 1}));
  EXPECT_EQ(read->upto, (journal::Place{7, 7}));
  const auto delivery = proved(*read, knows({"county", "town"}));
  ASSERT_TRUE(delivery.ok());
  EXPECT_THAT(names(delivery->facts), ElementsAre("town/5", "county/3", "town/1", "county/1"));
  ASSERT_EQ(delivery->parts.size(), 2u);
  EXPECT_THAT(names(delivery->parts[0].facts), ElementsAre("county/1", "county/3"));
}

TEST_F(BatchTest, OwnFactsLeaveInBlocksOnly) {
  add("a", 0, {journal::note("a", "1"), journal::note("a", "2")});
  const auto facts = journal::read_after(*sql_, 0, 10);
  EXPECT_TRUE(needs_sealing(*sql_, "city", facts));
  EXPECT_FALSE(needs_sealing(*sql_, "county", facts));
  seal_all();
  EXPECT_FALSE(needs_sealing(*sql_, "city", facts));
  const auto batch = make_batch(*sql_, "city", {}, {facts, {2, 2}, false});
  EXPECT_TRUE(proved(batch, knows({"city"})).ok());
}

TEST_F(BatchTest, AFactWhoseOriginNobodyCanProveDoesNotLeave) {
  take(journal::fact_of("county", 9));
  view::Outgoing out;
  out.facts = journal::read_of_node(*sql_, "county", 9, 9);
  EXPECT_THROW(make_batch(*sql_, "city", {}, out), sql::Error);
}

TEST_F(BatchTest, AChangedFactIsRefusedByItsNode) {
  Batch batch = a_batch();
  batch.parts[1].facts[0].body = R"({"text":"another"})";
  const auto refused = proved(*batch_in(to_bytes(batch)), knows({"county", "town"}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().origin, "town");
}

TEST_F(BatchTest, ABlockThatAnotherKeySignedIsRefused) {
  Batch batch = a_batch();
  const crypto::Sm2PrivateKey other(crypto::generate_sm2().private_pem);
  batch.parts[0].block = journal::sign(batch.parts[0].block.header, other);
  const auto refused = proved(std::move(batch), knows({"county", "town"}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().origin, "county");
}

TEST_F(BatchTest, NobodySpeaksForANodeThatIsUnknown) {
  const auto refused = proved(a_batch(), knows({"county"}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().origin, "town");
}

TEST_F(BatchTest, ANodeThatIsRegisteredInTheBatchIsKnownInIt) {
  Fact registers = journal::fact_of("parent", 1);
  const auto encoded =
      codec::encode(node::Fact(node::Registered{"child", "child", "parent", journal::a_pair().public_pem}));
  registers.stream = "node/child";
  registers.type = encoded.type;
  registers.body = encoded.body;
  const std::vector<Fact> one{registers}, other = journal::facts_of("child", 1, 2);
  Batch batch{"parent", {}, {3, 3}, {}, {{1, 0}, {0, 0}, {0, 1}}};
  batch.parts = {journal::part_of(journal::block_of(other), other, {1, 2}),
                 journal::part_of(journal::block_of(one), one, {1})};
  EXPECT_TRUE(proved(batch, knows({"parent"})).ok());
  batch.parts[1].facts[0].body = "{}";
  EXPECT_FALSE(proved(batch, knows({"parent"})).ok());
}

TEST_F(BatchTest, AKeyThatIsNoneProvesNothing) {
  const auto refused = proved(a_batch(), [](const std::string&) { return std::optional<std::string>("no key"); });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().origin, "county");
}

TEST_F(BatchTest, BytesThatAreNoBatchAreNotRead) {
  const std::string bytes = to_bytes(a_batch());
  EXPECT_FALSE(batch_in("").has_value());
  for (std::size_t size = 0; size < bytes.size(); size += 7) EXPECT_FALSE(batch_in(bytes.substr(0, size)).has_value());
  const std::string plain = *deflate::unpack(bytes, kMostUnpacked);
  const auto packed = [&](const std::string& from, const std::string& to) {
    std::string changed = plain;
    changed.replace(changed.find(from), from.size(), to);
    return batch_in(deflate::pack(changed));
  };
  EXPECT_TRUE(packed("city", "town").has_value());  // who sends is for the line to know
  EXPECT_FALSE(packed("\"form\":1", "\"form\":2").has_value());
  EXPECT_FALSE(packed("\"after_since\":2", "\"after_since\":8").has_value());
  EXPECT_FALSE(packed("\"order\":[", "\"order\":[0,").has_value());
  EXPECT_FALSE(packed("\"sizes\":[", "\"sizes\":[1,").has_value());
  EXPECT_FALSE(packed("\n", "\n\n").has_value());
  EXPECT_FALSE(batch_in(deflate::pack(plain + "x")).has_value());
}

TEST_F(BatchTest, MoreThanAReceiverTakesIsNotRead) {
  EXPECT_FALSE(batch_in(deflate::pack(std::string(kMostUnpacked + 1, ' '))).has_value());
  EXPECT_FALSE(batch_in(std::string(kMostPacked + 1, 'x')).has_value());
}

}  // namespace

}  // namespace anlan::federation
