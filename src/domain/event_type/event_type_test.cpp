#include "domain/event_type/event_type.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/tsv.h"

namespace anlan::event_type {
namespace {

const Instant kNow = from_china_time(2026, 11, 23);

std::string read(const std::string& name) {
  std::ifstream in(std::string(ANLAN_SOURCE_DIR) + "/data/codes/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const EventTypes& shipped() {
  static const Result<EventTypes> types = EventTypes::parse(read("event-type.tsv"));
  return types.value();
}

std::string first(std::string_view text) {
  const auto found = shipped().search(text, kNow, 1);
  return found.empty() ? "" : std::string(found[0]->code);
}

TEST(EventTypes, AreATreeWithTheFourCategoriesOfTheLaw) {
  EXPECT_EQ(shipped().children("10000").size(), 5u);
  EXPECT_EQ(shipped().find("12D02")->name, "危险化学品泄漏事故");
  EXPECT_EQ(shipped().find("12D02")->name_en, "Hazardous chemical leak");
  EXPECT_EQ(shipped().find("12D02")->category, Category::kAccident);
  EXPECT_EQ(shipped().find("12D02")->symbol, "chemical");
  EXPECT_EQ(shipped().parent(*shipped().find("12D02"))->code, "12D00");
  EXPECT_EQ(shipped().parent(*shipped().find("12D00"))->code, "12000");
  EXPECT_EQ(shipped().parent(*shipped().find("12000"))->code, "10000");
  EXPECT_EQ(shipped().parent(*shipped().find("10000")), nullptr);
  EXPECT_EQ(shipped().find("14B00")->category, Category::kSecurity);
  EXPECT_EQ(shipped().find("99999"), nullptr);
}

TEST(EventTypes, SayWhatIsCertainAndWhatIsNot) {
  EXPECT_EQ(shipped().find("11B03")->confidence, Confidence::kVerified);
  EXPECT_EQ(shipped().find("11A06")->confidence, Confidence::kSeen);
  EXPECT_EQ(shipped().find("12D02")->confidence, Confidence::kOrder);
  EXPECT_EQ(shipped().find("12A01")->confidence, Confidence::kUnsure);
}

TEST(EventTypes, HaveASymbolThatIsThere) {
  std::set<std::string, std::less<>> symbols;
  const std::string table = read("symbol.tsv");
  EXPECT_FALSE(read_tsv(table, [&](const TsvRow& row) -> std::optional<Failure> {
    symbols.emplace(row[0]);
    return std::nullopt;
  }));
  for (const auto& type : shipped().all()) EXPECT_TRUE(symbols.contains(type.symbol)) << type.code;
}

TEST(EventTypes, AreFoundByNamePinyinAndEnglish) {
  EXPECT_EQ(first("暴雨"), "11B03");
  EXPECT_EQ(first("baoyu"), "11B03");
  EXPECT_EQ(first("by"), "11B03");
  EXPECT_EQ(first("泄漏"), "12D02");
  EXPECT_EQ(first("危化品泄漏"), "12D02");
  EXPECT_EQ(first("漏泄"), "");
  EXPECT_EQ(first("wxhxp"), "12D00");
  EXPECT_EQ(first("Flash Flood"), "11A06");
  EXPECT_EQ(first("chemical leak"), "12D02");
  EXPECT_EQ(first(""), "");
  EXPECT_EQ(shipped().search("火灾", kNow, 3).size(), 3u);
}

TEST(EventTypes, AreAnsweredOnlyWhileTheyAreValid) {
  const auto types = EventTypes::parse(
      "10000\t突发事件\tIncident\t\t\tseen\n11000\t旧类\tOld\tjiu lei\t\tseen\t2018-07-01\t2019-12-31\n");
  EXPECT_EQ(types->find("11000", from_china_time(2019, 12, 31))->name, "旧类");
  EXPECT_EQ(types->find("11000", kNow), nullptr);
  EXPECT_EQ(types->find("11000")->name, "旧类");
  EXPECT_TRUE(types->search("旧类", kNow, 5).empty());
  EXPECT_EQ(types->search("旧类", from_china_time(2019, 1, 1), 5).size(), 1u);
}

TEST(EventTypes, NameTheLineOfABadTable) {
  const auto fault = [](std::string text) { return EventTypes::parse(std::move(text)).error().what; };
  EXPECT_EQ(fault("#\n20000\t名\tName\t\t\tseen\n"), "line 2: no event code");
  EXPECT_EQ(fault("12D0\t名\tName\t\t\tseen\n"), "line 1: no event code");
  EXPECT_EQ(fault("15A01\t名\tName\t\t\tseen\n"), "line 1: no event code");
  EXPECT_EQ(fault("10000\t名\t\t\t\tseen\n"), "line 1: no name in Chinese or English");
  EXPECT_EQ(fault("10000\t名\tName\t\t\tperhaps\n"), "line 1: no confidence");
  EXPECT_EQ(fault("10000\t名\tName\t\t\tseen\tyesterday\n"), "line 1: no validity");
  EXPECT_EQ(fault("11A01\t名\tName\t\t\tseen\n"), "event type 11A01: its parent is not there");
  EXPECT_EQ(fault("10000\t名\tName\t\t\tseen\n10000\t名\tName\t\t\tseen\n"), "event type 10000 stands twice");
}

TEST(EventTypes, TellWhetherTwoAreOfOneClass) {
  EXPECT_TRUE(same_class("12D01", "12D99"));
  EXPECT_TRUE(same_class("12D00", "12D01"));
  EXPECT_FALSE(same_class("12D01", "12G01"));
  EXPECT_FALSE(same_class("12000", "12000"));
}

}  // namespace
}  // namespace anlan::event_type
