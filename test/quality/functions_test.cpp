#include "quality/functions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::quality {

static bool operator==(const Function& a, const Function& b) { return a.line == b.line && a.lines == b.lines; }

namespace {

using ::testing::ElementsAre;

TEST(Functions, OfCppAreCountedFromTheirSignature) {
  EXPECT_THAT(
      functions_of_cpp(
          "namespace a {\nint f() { return 1; }\n\ntemplate <class T = int>\nint g(\n    T t) {\n  return t;\n}\n}\n"),
      ElementsAre(Function{2, 1}, Function{4, 5}));
}

TEST(Functions, OfCppInClassesCountAndTheClassDoesNot) {
  EXPECT_THAT(
      functions_of_cpp("class A final : public B<int> {\n public:\n  A() : x_{1}, y_(2) {}\n  ~A() override {\n  }\n"
                       "  bool operator==(const A& o) const { return true; }\n  int x_{3};\n};\n"),
      ElementsAre(Function{3, 1}, Function{4, 2}, Function{6, 1}));
}

TEST(Functions, OfCppHoldTheirLambdasAndBlocks) {
  EXPECT_THAT(functions_of_cpp(
                  "std::optional<int> f(int a) noexcept {\n  if (a) {\n    g([&](int b) {\n      return b;\n    });\n"
                  "  }\n  return {};\n}\nauto h() -> std::vector<int> {\n}\n"),
              ElementsAre(Function{1, 8}, Function{9, 2}));
}

TEST(Functions, OfCppAreNotTablesEnumsNorConcepts) {
  EXPECT_THAT(functions_of_cpp(
                  "enum class E : int { a, b };\nconst std::array kX = {f(1), f(2)};\nstd::map<int, int> m{{1, 2}};\n"
                  "template <class T>\nconcept C = requires(T t) { t.x(); };\n#define X(a) \\\n  { a }\nvoid f() {}\n"),
              ElementsAre(Function{8, 1}));
}

TEST(Functions, OfScriptsAreFunctionsMethodsAndArrows) {
  EXPECT_THAT(functions_of_script(
                  "function f(a): Promise<void> {\n  if (a) {\n  }\n}\nconst g = async (a) => {\n  return 1;\n};\n"
                  "class A {\n  get(b) { return b }\n}\nconst o = { a: 1 }\n"),
              ElementsAre(Function{1, 4}, Function{5, 3}, Function{9, 1}));
}

TEST(Functions, OfScriptsAreNotGroupsOfTests) {
  EXPECT_THAT(functions_of_script("describe('a', () => {\n  it('b', () => {\n    x()\n  })\n})\n"),
              ElementsAre(Function{2, 3}));
}

}  // namespace
}  // namespace anlan::quality
