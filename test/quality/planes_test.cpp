#include "quality/planes.h"

#include <gtest/gtest.h>

namespace anlan::quality {
namespace {

std::string squeezed(const std::string& plane) {
  std::string out;
  for (char c : plane)
    if (c != ' ') out += c;
  return out;
}

TEST(Planes, TakeACppFileApart) {
  const Planes p = take_apart("a.cpp", "int a = 1'000;  // one\nauto b = \"x//y\\\"\"; /* c */ char d = '\"';\n");
  EXPECT_EQ(squeezed(p.code), "inta=1'000;\nautob=\"\";chard='';\n");
  EXPECT_EQ(squeezed(p.comments), "//one\n/*c*/\n");
  EXPECT_EQ(squeezed(p.literals), "\nx//y\\\"\"\n");
}

TEST(Planes, KeepARawStringWhole) {
  const Planes p = take_apart("a.cpp", "f(R\"x(a \" // ) b)x\"); // c");
  EXPECT_EQ(squeezed(p.code), "f(R\"\");");
  EXPECT_EQ(squeezed(p.literals), "x(a\"//)b)x");
  EXPECT_EQ(squeezed(p.comments), "//c");
}

TEST(Planes, FollowATemplateLiteralIntoItsSubstitutions) {
  const Planes p = take_apart("a.ts", "g(`a{${ f({ b: '}' }) }c`, /[/\"]\\//g, 4 / 2 / 1)");
  EXPECT_EQ(squeezed(p.code), "g(`${f({b:''})}`,//g,4/2/1)");
  EXPECT_EQ(squeezed(p.literals), "a{}c[/\"]\\/");
}

TEST(Planes, ReadTheScriptOfAVueFileAndItsTemplateAsText) {
  const Planes p =
      take_apart("a.vue", "<template><!-- n --><p>Hi</p></template>\n<script setup>\nlet a = 'b'\n</script>");
  EXPECT_EQ(squeezed(p.code), "\n\nleta=''\n");
  EXPECT_EQ(squeezed(p.comments), "<!--n\n\n\n");
  EXPECT_NE(p.literals.find("<p>Hi</p>"), std::string::npos);
}

}  // namespace
}  // namespace anlan::quality
