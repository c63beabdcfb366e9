// A node whose store is an old backup, and that hears of it by a file.

#include <gtest/gtest.h>

#include "edge/peer/carry.h"
#include "edge/peer/ground_fixture.h"
#include "journal/block_fixture.h"
#include "journal/history.h"

namespace anlan::edge::peer {
namespace {

constexpr journal::Place kBeyond{1'000'000, 1};

class Restored : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(town.execute(node::Register{"村", "town", journal::a_pair().public_pem}, "village").ok());
  }
  static federation::CarryWriter::Sink into(std::string& bytes) {
    return [&bytes](std::string_view more) {
      bytes += more;
      return Result<Done>(Done{});
    };
  }
  // Of the village, which says that it has read so far.
  std::string file(journal::Place place) {
    std::string bytes;
    const auto& key = town.directory()->nodes.find("town")->public_key;
    federation::CarryWriter writer(into(bytes), village_, "town", key, town.clock().now(), town.random());
    EXPECT_TRUE(writer.begin({place.since, place.position, {}}).ok());
    EXPECT_TRUE(writer.end({0, 0, 0, 0}).ok());
    return bytes;
  }
  Result<CarriedIn, CarryRefused> carried_in(const std::string& bytes) {
    return carry_in(town, [&]() -> federation::Source {
      return [bytes, at = std::size_t{0}](std::size_t most) mutable {
        std::string piece = bytes.substr(at, most);
        at += piece.size();
        return piece;
      };
    });
  }
  std::string code_of_carrying_out(const std::string& neighbour) {
    std::string bytes;
    const auto out = carry_out(town, neighbour, journal::Place{}, into(bytes));
    return out.ok() ? "" : out.error().code;
  }

  TestGround town{"town", {"city", "county"}};
  const federation::Self village_{"village", journal::a_key()};
};

TEST_F(Restored, ANodeIsToldByEachAboveIt) {
  ASSERT_EQ(code_of_carrying_out("village"), "");
  EXPECT_TRUE(note_seen(town, "village", kBeyond, {}));
  EXPECT_FALSE(journal::is_behind(town.reader())) << "one below must show what it has seen";
  EXPECT_TRUE(note_seen(town, "city", kBeyond, {})) << "two levels above";
  EXPECT_TRUE(journal::is_behind(town.reader()));
  EXPECT_EQ(code_of_carrying_out("village"), "carry_ahead");
}

TEST_F(Restored, NothingIsTakenFromWhoHasSeenMore) {
  const auto sound = carried_in(file({0, 0}));
  ASSERT_TRUE(sound.ok()) << sound.error().code;
  EXPECT_FALSE(sound->ended.has_value());
  const auto beyond = carried_in(file(kBeyond));
  ASSERT_TRUE(beyond.ok()) << beyond.error().code;
  ASSERT_TRUE(beyond->ended.has_value());
  EXPECT_EQ(beyond->ended->code, "carry_ahead");
  EXPECT_FALSE(journal::is_behind(town.reader()));
}

}  // namespace
}  // namespace anlan::edge::peer
