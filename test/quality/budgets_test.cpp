#include "quality/budgets.h"

#include <gtest/gtest.h>

namespace anlan::quality {
namespace {

std::string lines(int n, const std::string& line = "int x;\n") {
  std::string out;
  for (int i = 0; i < n; ++i) out += line;
  return out;
}

std::string function(int n) { return "int f() {\n" + lines(n - 2) + "}\n"; }

TEST(Budgets, FindAFileOver600Lines) {
  Tree tree = {{"src/a.h", lines(600)}, {"data/a.cpp", lines(900)}};
  for (int i = 0; i < 20; ++i) tree["src/b" + std::to_string(i) + ".h"] = lines(3);
  EXPECT_EQ(check_file_budgets(tree), Findings{});
  tree["console/src/a.vue"] = lines(601);
  EXPECT_EQ(check_file_budgets(tree), (Findings{{"console/src/a.vue", 0, "601 lines, more than 600"}}));
}

TEST(Budgets, FindTooManyLongFiles) {
  Tree tree;
  for (int i = 0; i < 9; ++i) tree["src/" + std::to_string(i) + ".h"] = lines(i < 5 ? 120 : 400);
  tree["tools/x"] = lines(500);
  EXPECT_EQ(check_file_budgets(tree), Findings{});
  tree["src/4.h"] = lines(121);
  tree["test/5.cpp"] = lines(401);
  EXPECT_EQ(check_file_budgets(tree), (Findings{{"", 0, "the 90th percentile of the files is 401 lines, more than 400"},
                                                {"", 0, "the median of the files is 400 lines, more than 120"}}));
}

TEST(Budgets, FindAFunctionOver70Lines) {
  Tree tree = {{"src/a.cpp", function(70) + function(8)}};
  EXPECT_EQ(check_function_budgets(tree), Findings{});
  tree["console/src/a.vue"] = "<script setup lang=\"ts\">\nfunction f() {\n" + lines(69) + "}\n</script>\n";
  tree["console/src/b.ts"] = "const f = () => { }\n";
  EXPECT_EQ(check_function_budgets(tree), (Findings{{"console/src/a.vue", 2, "a function of 71 lines, more than 70"}}));
}

TEST(Budgets, FindLongFunctionsAsTheRule) {
  EXPECT_EQ(check_function_budgets({{"src/a.cpp", function(9)}}),
            (Findings{{"", 0, "the median of the functions is 9 lines, more than 8"}}));
}

TEST(Budgets, FindTooFewAndTooManyComments) {
  const std::string comment = "// why\n";
  EXPECT_EQ(check_comment_budget({{"src/a.h", lines(20) + lines(3, comment)}}), Findings{});
  EXPECT_EQ(check_comment_budget({{"src/a.h", lines(20) + lines(6, comment)}, {"src/a_test.cpp", lines(99)}}),
            Findings{});
  EXPECT_EQ(check_comment_budget({{"src/a.h", lines(20) + lines(2, comment)}}).size(), 1u);
  EXPECT_EQ(check_comment_budget({{"src/a.h", lines(20) + lines(7, comment)}}),
            (Findings{{"src", 0, "7 lines of comment to 20 of code: a share of 0.35, not 0.15 to 0.30"}}));
}

}  // namespace
}  // namespace anlan::quality
