#include "quality/statements.h"

#include <gtest/gtest.h>

namespace anlan::quality {
namespace {

TEST(Statements, FindALinkToNothing) {
  const std::string text =
      "[a](b.md#x) [c](../src/) [d](https://x.example/y) `[e](f.md)` [g](#here) ![p](pictures/desk.png)\n"
      "```\n[h](i.md)\n```\n`j\n";
  Tree tree = {{"docs/a.md", text}, {"docs/b.md", ""}, {"src/x.h", ""}, {"docs/pictures/desk.png", ""}};
  EXPECT_EQ(check_links(tree), Findings{});
  tree.erase("docs/b.md");
  EXPECT_EQ(check_links(tree), (Findings{{"docs/a.md", 1, "a link to nothing: b.md"}}));
}

TEST(Statements, FindAGlossaryIdentifierWithoutCode) {
  const Tree tree = {{"docs/glossary.md", "| 事件 | `incident` |\n| 事件 | `incident::Grade` |\n| 险情 | `alarm` |\n"},
                     {"src/a.h", "struct incident; enum Grade; // alarms\n"}};
  EXPECT_EQ(check_glossary(tree), (Findings{{"docs/glossary.md", 3, "alarm occurs nowhere in the code"}}));
}

TEST(Statements, FindATestThatARequirementNamesAndThatIsNowhere) {
  Tree tree = {{"docs/requirements.md",
                "| a | `Desk.Opens`, `Desk.*` |\n| b | `Door.*`, `Desk.Shuts` |\n| c | `close.scn`, `open.scn` |\n"},
               {"src/desk_test.cpp", "TEST_F(Desk,\n       Opens) {}\n// TEST(Desk, Shuts)\n"},
               {"src/door.cpp", "TEST(Door, Shuts) {}\n"},
               {"test/scenario/open.scn", ""}};
  EXPECT_EQ(check_requirements(tree), (Findings{{"docs/requirements.md", 2, "no such test: Door.*"},
                                                {"docs/requirements.md", 2, "no such test: Desk.Shuts"},
                                                {"docs/requirements.md", 3, "no such test: close.scn"}}));
  tree["src/desk_test.cpp"] += "TEST(Desk, Shuts) {}\nTEST_P(Door, Opens) {}\n";
  tree["test/scenario/close.scn"] = "";
  EXPECT_EQ(check_requirements(tree), Findings{});
}

TEST(Statements, FindAPathOfOneMachine) {
  EXPECT_EQ(check_places({{"docs/a.md", "https://x.example/work/a and /var/lib/anlan\n"}}), Findings{});
  EXPECT_EQ(check_places({{"docs/a.md",
                           "\nsee /ho"
                           "me/anna/x\n"}}),
            (Findings{{"docs/a.md", 2,
                       "a path of one machine: /ho"
                       "me/anna"}}));
}

TEST(Statements, FindARegistry) {
  EXPECT_EQ(check_places({{"tools/x",
                           "curl https://registry"
                           ".npmjs.org/vue"}})
                .size(),
            1u);
  EXPECT_EQ(check_places({{"console/package-lock.json", "{\"resolved\": \"https://x.example/vue.tgz\"}"}}),
            (Findings{{"console/package-lock.json", 1, "an address in the lock file: resolved"}}));
}

TEST(Statements, FindWorkPutOff) {
  EXPECT_EQ(check_unfinished({{"src/a.h",
                               "int TODO;\n// TO"
                               "DO later\n"}}),
            (Findings{{"src/a.h", 2,
                       "work put off: TO"
                       "DO"}}));
}

}  // namespace
}  // namespace anlan::quality
