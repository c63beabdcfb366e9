#include "main/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "platform/machine/files.h"

namespace anlan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Configuration shipped() {
  Configuration c;
  c.share = ANLAN_SOURCE_DIR;
  return c;
}

event_type::EventTypes event_types() {
  return event_type::EventTypes::parse(machine::read_file(shipped().shared("codes/event-type.tsv")).value()).value();
}

// A share of its own, in which a test may spoil a file.
class SpoiltShare : public testing::Test {
 protected:
  void SetUp() override {
    c.share = testing::TempDir() + "anlan-load-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    c.data = c.share + "/node";
    std::filesystem::remove_all(c.share);
    std::filesystem::create_directories(c.share);
    std::filesystem::copy(std::string(ANLAN_SOURCE_DIR) + "/data", c.share + "/data",
                          std::filesystem::copy_options::recursive);
  }
  void write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(machine::write_file(c.shared(name), text).ok());
  }
  std::string wrong() {
    const auto reference = load_reference(c);
    return reference.ok() ? "" : as_failure(reference.error()).what.substr(c.share.size());
  }
  Configuration c;
};

TEST(Load, ReadsTheShippedData) {
  const auto reference = load_reference(shipped());
  ASSERT_TRUE(reference.ok()) << as_failure(reference.error()).what;
  EXPECT_EQ(reference->divisions.path(*reference->divisions.find("370783115")), "潍坊市寿光市羊口镇");
  EXPECT_TRUE(reference->divisions.find("370783115")->point.has_value());
  EXPECT_FALSE(reference->divisions.children("370783115").empty()) << "villages of the node's city";
  EXPECT_EQ(reference->event_types.find("12D02")->name, "危险化学品泄漏事故");
  grade::Figures figures;
  figures.serious = 11;
  const auto proposal = reference->propose("12D02", figures, from_china_time(2026, 11, 23));
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->grade, grade::Grade::kLarger);
  EXPECT_EQ(proposal->rule, "decree-493");
}

TEST(Load, TakesTheLastDayOfARuleAsInside) {
  Mistakes mistakes;
  const auto rules = load_clock_rules(shipped().shared("rules/examples/national-4h.toml"), event_types(), mistakes);
  ASSERT_EQ(as_failure(mistakes).what, "");
  ASSERT_FALSE(rules.empty());
  EXPECT_EQ(rules[0].id, "national-plan-4h");
  EXPECT_EQ(rules[0].valid_from, from_china_time(2006, 1, 8));
  EXPECT_EQ(rules[0].valid_until, from_china_time(2025, 2, 26));
  EXPECT_EQ(rules[0].grade_at_least, grade::Grade::kMajor);
  EXPECT_EQ(rules[0].minutes, 240);
}

TEST(Load, KeepsTheClocksOfTheDemoCity) {
  Mistakes mistakes;
  const auto rules = load_clock_rules(shipped().shared("rules/clocks.toml"), event_types(), mistakes);
  std::vector<std::int64_t> minutes;
  for (const auto& rule : rules)
    if (rule.from_level == organisation::Level::kCounty) minutes.push_back(rule.minutes);
  EXPECT_THAT(minutes, ElementsAre(20, 40, 120, 30));
}

TEST(Load, HasEveryTextInBothLanguages) {
  const auto texts = load_texts(shipped().shared("text"));
  ASSERT_TRUE(texts.ok()) << as_failure(texts.error()).what;
  EXPECT_THAT(texts->missing(), ElementsAre());
  EXPECT_EQ(texts->get(Locale::kEnglish, "cap.no_error", {{"value", "1.2"}}), "CAP 1.2, no errors");
}

TEST_F(SpoiltShare, NamesFileLineAndKeyOfEachWrongRule) {
  write("rules/clocks.toml", R"([[rule]]
id = "a"
document = "d"
clause = 3
valid_from = 2024-11-01
valid_to = 2023-11-01
event = "1"
grade_at_least = "worst"
from_level = "city"
leg = "phone"
starts_at = "event"
minutes = 0
satisfied_by = "phone_report"
colour = "red"
)");
  EXPECT_EQ(wrong(), "/data/rules/clocks.toml:4: rule[1].clause: not_text\n" + c.share +
                         "/data/rules/clocks.toml:6: rule[1].valid_to: ends_before\n" + c.share +
                         "/data/rules/clocks.toml:8: rule[1].grade_at_least: word value=worst "
                         "allowed=extra_major, major, larger, ordinary, ungraded\n" +
                         c.share + "/data/rules/clocks.toml:12: rule[1].minutes: range least=1 most=525600\n" +
                         c.share + "/data/rules/clocks.toml:14: rule[1].colour: unknown");
}

TEST_F(SpoiltShare, NamesTheLineOfWhatIsEmptyOrStandsTwice) {
  const std::string shipped = *machine::read_file(c.shared("rules/clocks.toml"));
  const auto first = shipped.find("[[rule]]"), second = shipped.find("[[rule]]", first + 1);
  const std::string rule = shipped.substr(first, second - first);
  const auto document = rule.find("document = "), end = rule.find('\n', document);
  write("rules/clocks.toml", rule + rule);
  const auto line = 2 + std::ranges::count(rule, '\n');
  EXPECT_THAT(wrong(), HasSubstr("/data/rules/clocks.toml:" + std::to_string(line) + ": rule[2].id: repeated value="));
  write("rules/clocks.toml", rule.substr(0, document) + "document = \"\"" + rule.substr(end));
  EXPECT_THAT(wrong(), HasSubstr("rule[1].document: empty"));
}

TEST_F(SpoiltShare, NamesARuleThatWouldNeverStartAClock) {
  write("rules/clocks.toml", R"([[rule]]
id = "a"
document = "d"
clause = "c"
valid_from = 2024-11-01
event = "77"
grade_at_least = "ungraded"
from_level = "city"
leg = "final"
starts_at = "previous_report"
minutes = 60
satisfied_by = "final_report"
)");
  EXPECT_EQ(wrong(), "/data/rules/clocks.toml:6: rule[1].event: event_prefix value=77\n" + c.share +
                         "/data/rules/clocks.toml:10: rule[1].starts_at: never_starts");
}

TEST_F(SpoiltShare, NamesTheLineOfATableThatIsNoToml) {
  write("rules/grade.toml", "[[table]]\nid = \n");
  EXPECT_THAT(wrong(), HasSubstr("/data/rules/grade.toml:2: syntax"));
}

TEST_F(SpoiltShare, NamesAnIndicatorThatIsNone) {
  write("rules/grade.toml",
        "[[table]]\nid = \"a\"\ndocument = \"d\"\nclause = \"c\"\nevent = [\"12\"]\n[table.deaths]\nmajor = 1\n");
  EXPECT_EQ(wrong(), "/data/rules/grade.toml:6: table[1].deaths: indicator");
}

TEST_F(SpoiltShare, NamesTheFileAndLineOfADivisionThatIsNone) {
  write("divisions/villages-370700.tsv", "# villages\nx1\t村\tcun\n");
  EXPECT_THAT(wrong(), HasSubstr("/data/divisions/villages-370700.tsv:2: table"));
  std::filesystem::remove(c.shared("codes/event-type.tsv"));
  EXPECT_THAT(wrong(), HasSubstr("/data/codes/event-type.tsv: unreadable"));
}

TEST_F(SpoiltShare, TakesTheNodesOwnVillagesFirst) {
  std::filesystem::create_directories(c.data + "/divisions");
  ASSERT_TRUE(
      machine::write_file(c.data + "/divisions/villages-370700.tsv", "370783115201\t演示村\tyan shi cun\n").ok());
  const auto reference = load_reference(c);
  ASSERT_TRUE(reference.ok()) << as_failure(reference.error()).what;
  ASSERT_EQ(reference->divisions.children("370783115").size(), 1u);
  EXPECT_EQ(reference->divisions.children("370783115")[0]->name, "演示村");
}

TEST_F(SpoiltShare, TakesTheNodesOwnRulesFirst) {
  ASSERT_TRUE(std::filesystem::create_directories(c.data + "/rules"));
  const std::string own = c.data + "/rules/clocks.toml";
  std::string text = *machine::read_file(c.shared("rules/clocks.toml"));
  ASSERT_TRUE(machine::write_file(own, text + "[[rule]]\nid = 1\n").ok());
  EXPECT_THAT(as_failure(load_reference(c).error()).what, HasSubstr(own + ":"));
  const auto first = text.find("[[rule]]"), second = text.find("[[rule]]", first + 1);
  ASSERT_TRUE(machine::write_file(own, text.substr(first, second - first)).ok());
  EXPECT_EQ(load_reference(c)->clock_rules.size(), 1u);
}

TEST_F(SpoiltShare, TakesTheNodesOwnLimitsAndNamesWhatCannotBe) {
  Mistakes mistakes;
  EXPECT_EQ(load_limits(c, mistakes).cut, std::chrono::seconds{180});
  ASSERT_TRUE(std::filesystem::create_directories(c.data + "/rules"));
  const std::string own = c.data + "/rules/nodes.toml";
  std::string text = *machine::read_file(c.shared("rules/nodes.toml"));
  text.replace(text.find("cut_s = 180"), 11, "cut_s = 600");
  ASSERT_TRUE(machine::write_file(own, text).ok());
  EXPECT_EQ(load_limits(c, mistakes).cut, std::chrono::seconds{600});
  EXPECT_TRUE(mistakes.empty());
  text.replace(text.find("late_s = 90"), 11, "late_s = 30");  // told no more often than that
  ASSERT_TRUE(machine::write_file(own, text).ok());
  load_limits(c, mistakes);
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_EQ(mistakes[0].file, own);
  EXPECT_EQ(mistakes[0].key, "limits.late_s");
}

TEST_F(SpoiltShare, RefusesADivisionThatIsNowhere) {
  c.division = "379900";
  EXPECT_EQ(as_failure(load_reference(c).error()).what, "node.division: division value=379900");
}

TEST_F(SpoiltShare, NamesATextThatIsNone) {
  write("text/en.toml", "[a]\nb = 3\n");
  const auto texts = load_texts(c.shared("text"));
  ASSERT_FALSE(texts.ok());
  EXPECT_EQ(as_failure(texts.error()).what, c.shared("text/en.toml") + ":2: a.b: not_text");
}

}  // namespace
}  // namespace anlan
