// The checks on the project itself. Each has a test of its own that plants what it must find.

#include <gtest/gtest.h>

#include "quality/budgets.h"
#include "quality/layers.h"

namespace anlan::quality {
namespace {

const Tree& repository() {
  static const Tree tree = read_tree(ANLAN_SOURCE_DIR);
  return tree;
}

void expect_none(const Findings& findings) { EXPECT_TRUE(findings.empty()) << describe(findings); }

TEST(Repository, IsReadWhole) {
  EXPECT_TRUE(repository().contains("src/base/time.h"));
  EXPECT_TRUE(repository().contains("Makefile"));
}

TEST(Repository, KeepsItsLayers) { expect_none(check_layers(repository())); }
TEST(Repository, TouchesTheMachineOnlyInPlatform) { expect_none(check_ports(repository())); }
TEST(Repository, KeepsItsFilesShort) { expect_none(check_file_budgets(repository())); }
TEST(Repository, KeepsItsFunctionsShort) { expect_none(check_function_budgets(repository())); }
TEST(Repository, SaysWhyInItsComments) { expect_none(check_comment_budget(repository())); }

}  // namespace
}  // namespace anlan::quality
