// A file that is carried: what comes out is what went in, and nothing but that can be passed off as it.

#include "federation/carry.h"

#include <gtest/gtest.h>

#include "command/node_fixture.h"
#include "journal/block_fixture.h"
#include "platform/crypto/random.h"

namespace anlan::federation {
namespace {

const crypto::Sm2KeyPair& county_pair() {
  static const crypto::Sm2KeyPair pair = crypto::generate_sm2();
  return pair;
}

class CarryTest : public testing::Test {
 protected:
  std::string file(const std::vector<std::string>& batches) {
    std::string bytes;
    CarryWriter writer(
        [&](std::string_view more) {
          bytes += more;
          return Result<Done>(Done{});
        },
        city_, "county", county_pair().public_pem, journal::kNoon, random_);
    EXPECT_TRUE(writer.begin({7, 5, "seen"}).ok());
    for (const auto& batch : batches) EXPECT_TRUE(writer.batch(batch).ok());
    EXPECT_TRUE(writer.end({static_cast<std::int64_t>(batches.size()), 3, 9, 8}).ok());
    return bytes;
  }
  static Source source(const std::string& bytes) {
    return [bytes, at = std::size_t{0}](std::size_t most) mutable {
      std::string piece = bytes.substr(at, most);
      at += piece.size();
      return piece;
    };
  }
  static KeyOf city_alone() {
    return [](const std::string& node) {
      return node == "city" ? std::optional(journal::a_pair().public_pem) : std::nullopt;
    };
  }
  static CarryFault fault_of(const std::string& bytes) { return check(source(bytes), city_alone()).fault; }

  const Self city_{"city", journal::a_key()}, county_{"county", crypto::Sm2PrivateKey(county_pair().private_pem)};
  crypto::SystemRandom random_;
};

TEST_F(CarryTest, WhatWentInComesOutInOrder) {
  const std::string bytes = file({"one", std::string(100'000, 'x'), ""});
  const auto checked = check(source(bytes), city_alone());
  EXPECT_EQ(checked.fault, CarryFault::kNone);
  EXPECT_EQ(checked.head.sender, "city");
  EXPECT_EQ(checked.head.receiver, "county");
  EXPECT_EQ(checked.head.made_at, journal::kNoon);
  auto records = CarryRecords::open(source(bytes), county_);
  ASSERT_TRUE(records);
  const auto place = records->next();
  ASSERT_TRUE(place && std::holds_alternative<CarriedPlace>(*place));
  EXPECT_EQ(std::get<CarriedPlace>(*place).since, 7);
  EXPECT_EQ(std::get<CarriedPlace>(*place).witness, "seen");
  for (const std::string& batch : {std::string("one"), std::string(100'000, 'x'), std::string()})
    EXPECT_EQ(std::get<std::string>(*records->next()), batch);
  EXPECT_EQ(std::get<CarriedEnd>(*records->next()).batches, 3);
  EXPECT_FALSE(records->next());
}

TEST_F(CarryTest, NobodyElseCanOpenItOrReadInIt) {
  const std::string bytes = file({"装卸管线泄漏"});
  EXPECT_EQ(bytes.find("泄漏"), std::string::npos);
  EXPECT_FALSE(
      CarryRecords::open(source(bytes), {"county", crypto::Sm2PrivateKey(crypto::generate_sm2().private_pem)}));
  EXPECT_NE(bytes, file({"装卸管线泄漏"})) << "each file has a key of its own";
}

TEST_F(CarryTest, EveryAlteredByteAndEveryCutIsNoticedBeforeAnythingIsOpened) {
  const std::string bytes = file({"a batch", "another"});
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string altered = bytes;
    altered[i] = static_cast<char>(altered[i] ^ 0x20);
    EXPECT_NE(fault_of(altered), CarryFault::kNone) << i;
    EXPECT_NE(fault_of(bytes.substr(0, i)), CarryFault::kNone) << i;
  }
  EXPECT_EQ(fault_of(bytes.substr(0, bytes.size() - 1)), CarryFault::kCut);
  EXPECT_EQ(fault_of(bytes + "x"), CarryFault::kMalformed);
  EXPECT_EQ(fault_of("PK\3\4 some archive of somebody"), CarryFault::kNoCarry);
  std::string newer = bytes;
  newer[11] = 2;
  EXPECT_EQ(fault_of(newer), CarryFault::kNewer);
}

TEST_F(CarryTest, WhoIsNotKnownOrSignsForAnotherIsNotBelieved) {
  const std::string bytes = file({"a batch"});
  EXPECT_EQ(check(source(bytes), [](const std::string&) { return std::nullopt; }).fault, CarryFault::kMalformed);
  EXPECT_EQ(check(source(bytes), [](const std::string&) { return std::optional(county_pair().public_pem); }).fault,
            CarryFault::kMalformed);
  EXPECT_EQ(check(source(bytes), [](const std::string&) { return std::optional(std::string("no key")); }).fault,
            CarryFault::kMalformed);
}

TEST_F(CarryTest, OfPlaceAndEndOfALaterReleaseWhatIsKnownIsRead) {
  const auto key = crypto::random_key(random_);
  const CarryHead head{"city", "county", journal::kNoon, crypto::Sm2PublicKey(county_pair().public_pem).encrypt(key)};
  std::string bytes = to_bytes(head);
  const auto add = [&](int number, std::string_view plain) {
    const std::string context = "anlan.carry.1 city county " + std::to_string(number);
    bytes += to_field(crypto::text_of(crypto::seal(key, context, crypto::bytes_of(plain), random_)));
  };
  add(0, R"(p{"since":7,"position":5,"witness":"","by_way_of":"county"})");
  add(1, R"(e{"batches":0,"facts":0,"since":9,"position":8,"bytes":0})");
  auto records = CarryRecords::open(source(bytes + to_field({})), county_);
  ASSERT_TRUE(records);
  const auto place = records->next(), end = records->next();
  ASSERT_TRUE(place && std::holds_alternative<CarriedPlace>(*place));
  EXPECT_EQ(std::get<CarriedPlace>(*place).since, 7);
  ASSERT_TRUE(end && std::holds_alternative<CarriedEnd>(*end));
  EXPECT_EQ(std::get<CarriedEnd>(*end).position, 8);
}

// A sender that signs what it likes: records of another file, in another order, left out.
TEST_F(CarryTest, ARecordOpensAtItsPlaceAlone) {
  const std::string bytes = file({"one", "two"});
  CarryFields fields(source(bytes));
  const std::string head = to_bytes(*fields.head());
  std::vector<std::string> records;
  for (auto record = fields.record(); record && !record->empty(); record = fields.record()) records.push_back(*record);
  ASSERT_EQ(records.size(), 4u);
  const auto opened = [&](const std::vector<std::size_t>& order) {
    std::string changed = head;
    for (const std::size_t one : order) changed += to_field(records[one]);
    auto in = CarryRecords::open(source(changed + to_field({})), county_);
    std::size_t count = 0;
    while (in && in->next()) ++count;
    return count;
  };
  EXPECT_EQ(opened({0, 1, 2, 3}), 4u);
  EXPECT_EQ(opened({0, 2, 1, 3}), 1u);
  EXPECT_EQ(opened({1, 2, 3}), 0u);
  EXPECT_EQ(opened({0, 1, 3}), 2u) << "the end is not where it was";
  EXPECT_EQ(opened({0, 1, 2}), 3u);
}

}  // namespace
}  // namespace anlan::federation
