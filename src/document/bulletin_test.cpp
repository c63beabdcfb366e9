#include "document/bulletin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "document/bulletin_fixture.h"
#include "document/press.h"

namespace anlan::document {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kFolder = ANLAN_SOURCE_DIR "/data/documents";

std::string shipped_words() {
  std::ifstream in(kFolder + "/bulletin.toml", std::ios::binary);
  return (std::ostringstream() << in.rdbuf()).str();
}

const BulletinWords& words() {
  static const auto parsed = parse_bulletin_words(shipped_words());
  return *parsed;
}

std::vector<std::string> headings(const OfficialDocument& d) {
  std::vector<std::string> found;
  for (const Block& block : d.body)
    if (const auto* heading = std::get_if<Heading>(&block); heading && heading->level == 1)
      found.push_back(heading->text);
  return found;
}

std::string paragraphs(const OfficialDocument& d) {
  std::string found;
  for (const Block& block : d.body)
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) found += paragraph->text + "\n";
  return found;
}

std::vector<Table> tables(const OfficialDocument& d) {
  std::vector<Table> found;
  for (const Block& block : d.body)
    if (const auto* table = std::get_if<Table>(&block)) found.push_back(*table);
  return found;
}

std::string fact(const OfficialDocument& d, const std::string& label) {
  for (const Block& block : d.body)
    if (const auto* table = std::get_if<FactTable>(&block))
      for (const Fact& f : table->facts)
        if (f.label == label) return f.value;
  return "none";
}

TEST(Bulletin, SaysWhichReportItIs) {
  BulletinInput in = follow_up_input();
  OfficialDocument d = bulletin(in, words());
  EXPECT_EQ(d.letterhead, "值班快报（续报2）");
  EXPECT_EQ(d.number, "第2026-0001期");
  EXPECT_EQ(d.title, "关于羊口镇鲁渤精细化工（虚构）液氯泄漏事故的续报（2）");
  in.kind = report::Kind::kFirst;
  in.version = 2;
  d = bulletin(in, words());
  EXPECT_EQ(d.letterhead, "值班快报");
  EXPECT_EQ(d.number, "第2026-0001期（第2版）");
  in.kind = report::Kind::kVerified;
  EXPECT_EQ(bulletin(in, words()).letterhead, "值班快报（核报）");
  in.kind = report::Kind::kFinal;
  EXPECT_EQ(bulletin(in, words()).title, "关于羊口镇鲁渤精细化工（虚构）液氯泄漏事故的终报");
}

TEST(Bulletin, KeepsATitleThatIsOneAlready) {
  BulletinInput in = follow_up_input();
  in.title = "关于液氯泄漏的报告";
  EXPECT_EQ(bulletin(in, words()).title, "关于液氯泄漏的报告");
}

TEST(Bulletin, IsAsUrgentAsTheGradeIsBad) {
  BulletinInput in = follow_up_input();
  for (const auto& [grade, urgency] :
       {std::pair(grade::Grade::kExtraMajor, "特急"), std::pair(grade::Grade::kMajor, "特急"),
        std::pair(grade::Grade::kLarger, "加急"), std::pair(grade::Grade::kOrdinary, "平急")}) {
    in.incident.grade = grade;
    EXPECT_EQ(bulletin(in, words()).urgency, urgency);
  }
}

TEST(Bulletin, NumbersOnlyTheSectionsThatHaveSomethingToSay) {
  EXPECT_THAT(headings(bulletin(follow_up_input(), words())),
              ElementsAre("一、基本情况", "二、人员伤亡和损失", "三、原因和趋势", "四、处置情况",
                          "五、领导批示落实情况", "六、下一步工作", "七、信息报送情况"));
  BulletinInput bare;
  bare.content.situation = "起火。";
  EXPECT_THAT(headings(bulletin(bare, words())),
              ElementsAre("一、基本情况", "二、人员伤亡和损失", "三、处置情况", "四、下一步工作"));
}

TEST(Bulletin, TellsTheEssentialsFromTheJournalBeforeWhatTheDeskWrote) {
  const OfficialDocument d = bulletin(follow_up_input(), words());
  EXPECT_THAT(paragraphs(d), HasSubstr("2026年11月23日12时0分，潍坊市寿光市羊口镇渤海化工园（虚构）发生危险化学品泄漏。"
                                       "2026年11月23日12时4分，潍坊市应急管理局（演示）接到报告（信息来源：电话）。\n"
                                       "槽车充装软管破裂，估计泄漏氯气约80公斤。\n泄漏已完全封堵。\n"));
  EXPECT_EQ(fact(d, "事件等级"), "较大（Ⅲ级）（已确认）");
  EXPECT_EQ(fact(d, "发生时间"), "11月23日12:00");
}

TEST(Bulletin, SaysThatTheTimeOfTheEventIsUnknown) {
  BulletinInput in = follow_up_input();
  in.incident.occurred_at.reset();
  in.incident.grade_confirmed = false;
  const OfficialDocument d = bulletin(in, words());
  EXPECT_EQ(fact(d, "发生时间"), "不详，按接报时间计时");
  EXPECT_EQ(fact(d, "事件等级"), "较大（Ⅲ级）（初判）");
  EXPECT_THAT(paragraphs(d), HasSubstr("发生时间正在核实"));
}

TEST(Bulletin, SetsFiguresOfSeveralSourcesSideBySide) {
  const auto found = tables(bulletin(follow_up_input(), words()));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].rows, ElementsAre(ElementsAre("死亡", "1人", "寿光市逐院核对", "11月23日13:18", "采用"),
                                         ElementsAre("受伤", "12人", "寿光市逐院核对", "11月23日13:18", "采用"),
                                         ElementsAre("受伤", "9人", "现场指挥部", "11月23日12:47", "待核")));
}

TEST(Bulletin, ShowsTheClocksWithHowLateAndWhy) {
  const auto found = tables(bulletin(follow_up_input(), words()));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[1].rows,
              ElementsAre(ElementsAre("电话报告", "11月23日12:20", "11月23日12:11", "按时"),
                          ElementsAre("书面报告", "11月23日12:40", "11月23日12:43", "超时3分钟：传真线路故障"),
                          ElementsAre("续报", "11月23日15:40", "", "未到时限")));
}

TEST(Bulletin, FollowsAnInstructionToItsResult) {
  BulletinInput in = follow_up_input();
  EXPECT_THAT(paragraphs(bulletin(in, words())),
              HasSubstr("11月23日12:09，赵䶮（虚构）（局长）批示：全力搜救失联人员。\n"
                        "落实情况：11月23日13:02寿光市应急局反馈：已逐户核对。正在办理。"));
  in.instructions[0].result = "已找到。";
  EXPECT_THAT(paragraphs(bulletin(in, words())), HasSubstr("已办结：已找到。"));
}

TEST(Bulletin, NamesTheReceiptThatReturnedIt) {
  EXPECT_THAT(paragraphs(bulletin(follow_up_input(), words())),
              HasSubstr("第1版，11月23日12:45由省厅值班员退回：泄漏量不清。"));
}

TEST(Bulletin, AFinalReportPromisesNothing) {
  BulletinInput in = follow_up_input();
  in.kind = report::Kind::kFinal;
  for (const auto& heading : headings(bulletin(in, words()))) EXPECT_THAT(heading, Not(HasSubstr("下一步")));
}

TEST(Bulletin, NeedsNothingButTheSituationFromTheDesk) {
  const BulletinInput full = follow_up_input();
  BulletinInput in = full;
  in.content = {};
  in.content.situation = full.content.situation;
  const OfficialDocument d = bulletin(in, words());
  EXPECT_EQ(d.signer, "赵䶮（虚构）");
  EXPECT_EQ(d.contact, "钱值班（虚构）");
  EXPECT_EQ(d.phone, "0536-0000002");
  EXPECT_EQ(d.addressees, "山东省应急管理厅（演示）");
  EXPECT_EQ(d.copy_to, "潍坊市委市政府总值班室（演示）");
  EXPECT_EQ(d.attachments.at(0).title, "处置时间线");
  EXPECT_THAT(paragraphs(d), HasSubstr("正在组织处置，详情续报。"));
}

TEST(Bulletin, MarksDrillsInventedDataAndUnsignedPapers) {
  BulletinInput in = follow_up_input();
  EXPECT_THAT(bulletin(in, words()).marks.band, IsEmpty());
  in.drill = in.demo = true;
  in.signer.clear();
  const OfficialDocument d = bulletin(in, words());
  EXPECT_THAT(d.marks.band, HasSubstr("演练"));
  EXPECT_EQ(d.marks.note, "演示数据");
  EXPECT_EQ(d.signer, "未签发");
}

TEST(Bulletin, NeverFillsInWhatAPersonWroteInBraces) {
  BulletinInput in = follow_up_input();
  in.title = "{ordinal}号仓库火灾";
  EXPECT_EQ(bulletin(in, words()).title, "关于{ordinal}号仓库火灾的续报（2）");
}

TEST(Bulletin, IsSetAsPdfAndDocx) {
  const auto press = Press::open(kFolder);
  ASSERT_TRUE(press.ok());
  const OfficialDocument d = bulletin(follow_up_input(), words());
  const auto pdf = press->to_pdf(d);
  ASSERT_TRUE(pdf.ok());
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_TRUE(press->to_docx(d).ok());
}

TEST(BulletinWords, NamesWhatIsMissingAndWhereTheFileIsBroken) {
  EXPECT_EQ(parse_bulletin_words("[word]\n").error().what, "bulletin.toml: \"letterhead_first\" is missing");
  EXPECT_THAT(parse_bulletin_words("a = \n").error().what, HasSubstr("bulletin.toml:1:"));
  std::string text = shipped_words();
  text.resize(text.find("[numerals]"));
  EXPECT_EQ(parse_bulletin_words(text).error().what, "bulletin.toml: \"numerals.list\" is missing");
}

}  // namespace
}  // namespace anlan::document
