#include "edge/http/pages_fixture.h"

namespace anlan::edge {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

incident::StateFigures dead(std::int64_t count, const std::string& source, bool adopt) {
  grade::Figures figures;
  figures.dead = count;
  return {figures, source, {}, adopt};
}

TEST_F(PagesTest, TheTimelineIsWrittenInBothLanguages) {
  const std::string id = take_down();
  send(id);
  const auto items = get("shouguang", pages::timeline, {id}).at("items");
  EXPECT_EQ(items.at(0).at("text_zh").as_string(),
            "shouguang登记事件“羊口镇危险化学品泄漏事故”（2026-"
            "0001）：寿光市羊口镇渤海化工园纬二路6号发生危险化学品泄漏事故。"
            "充装软管破裂，氯气外泄");
  EXPECT_EQ(items.at(0).at("organisation_short").as_string(), "寿光市");
  EXPECT_THAT(texts_of(items, "text_zh"),
              Contains("寿光市电话报告时限开始计时，应于11月23日14时15分前完成（demo1，20分钟）"));
  EXPECT_THAT(texts_of(items, "text_zh"), Contains("寿光市向市局报送《羊口镇危险化学品泄漏事故》第1版"));
  for (const std::string& text : texts_of(items, "text_en")) {
    EXPECT_THAT(text, Not(HasSubstr("{")));
    EXPECT_THAT(text, Not(HasSubstr("fact.")));
  }
  const auto seen_above = get("city", pages::timeline, {id});
  for (const auto& item : seen_above.at("items").as_array())
    EXPECT_THAT(std::string(item.at("text_zh").as_string()), Not(HasSubstr("{")));
}

TEST_F(PagesTest, ThePrefilledFirstReportTellsWhatIsKnown) {
  const std::string id = take_down();
  done("shouguang", duty::TakeOver{"p-shouguang", "p-shouguang-leader", {}});
  done("shouguang", dead(1, "消防救援", true), id);
  done("shouguang", dead(2, "医院", false), id);
  done("shouguang", incident::Note{"下风向群众开始疏散"}, id);
  instruction::Give give;
  give.text = "全力救治";
  give.given_by = "p-shouguang-leader";
  give.to = {"yangkou"};
  done("shouguang-leader", give, id);

  const auto filled = get("shouguang", pages::prefill, {id});
  EXPECT_EQ(filled.at("kind").as_string(), "first");
  EXPECT_EQ(filled.at("to").as_string(), "city");
  EXPECT_EQ(filled.at("title").as_string(), "关于羊口镇危险化学品泄漏事故的报告");
  const auto& content = filled.at("content");
  const auto part = [&](const char* name) { return std::string(content.at(name).as_string()); };
  EXPECT_THAT(part("situation"),
              HasSubstr("11月23日13时55分，寿光市羊口镇渤海化工园纬二路6号发生危险化学品泄漏事故。"));
  EXPECT_THAT(part("situation"), HasSubstr("充装软管破裂，氯气外泄。"));
  EXPECT_EQ(part("casualties"),
            "截至11月23日14时05分，死亡1人，受伤3人（来源：消防救援）。\n"
            "另据医院（11月23日14时06分）：死亡2人，与上述数字不一致，正在核实。");
  EXPECT_EQ(part("handling"),
            "企业关闭紧急切断阀。\n"
            "11月23日14时07分，下风向群众开始疏散。\n"
            "11月23日14时08分，shouguang-leader局长批示：全力救治（羊口镇）。");
  EXPECT_EQ(part("next_steps"), "羊口镇继续落实shouguang-leader局长批示：全力救治。");
  EXPECT_EQ(part("contact_name"), "shouguang");
  EXPECT_EQ(content.at("figures").at("dead").as_int64(), 1);
}

TEST_F(PagesTest, WhatWasReportedBeforeMergingIsFollowedUp) {
  const std::string ended = take_down(), into = take_down();
  send(ended);
  done("shouguang", incident::Merge{into, "同一事件"}, ended);
  const auto filled = get("shouguang", pages::prefill, {into});
  EXPECT_EQ(filled.at("kind").as_string(), "follow_up");
  EXPECT_EQ(filled.at("ordinal").as_int64(), 1);
  const auto merged = get("shouguang", pages::incident, {into}).at("merged");
  EXPECT_THAT(texts_of(merged), ElementsAre(ended));
}

TEST_F(PagesTest, ThePrefilledFollowUpTellsWhatIsNewAndItsOrdinal) {
  const std::string id = take_down();
  done("shouguang", incident::Note{"先前的情况"}, id);
  send(id);
  done("shouguang", incident::Note{"泄漏点已封堵"}, id);
  const auto filled = get("shouguang", pages::prefill, {id});
  EXPECT_EQ(filled.at("kind").as_string(), "follow_up");
  EXPECT_EQ(filled.at("ordinal").as_int64(), 1);
  EXPECT_EQ(filled.at("title").as_string(), "关于羊口镇危险化学品泄漏事故的续报（第1期）");
  const std::string handling(filled.at("content").at("handling").as_string());
  EXPECT_THAT(handling, HasSubstr("泄漏点已封堵"));
  EXPECT_THAT(handling, Not(HasSubstr("先前的情况")));
  EXPECT_EQ(code(ask("shouguang", pages::prefill, {id}, query({{"to", "nobody"}}))), "organisation.unknown");
}

}  // namespace
}  // namespace anlan::edge
