// The checks on the project itself. Each has a test of its own that plants what it must find.

#include <gtest/gtest.h>

#include "quality/budgets.h"
#include "quality/layers.h"
#include "quality/statements.h"
#include "quality/texts.h"

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
TEST(Repository, KeepsWordsOutOfItsCode) { expect_none(check_words_in_code(repository())); }
TEST(Repository, SpeaksBothLanguages) { expect_none(check_languages(repository())); }
TEST(Repository, LinksToWhatIsThere) { expect_none(check_links(repository())); }
TEST(Repository, UsesTheTermsOfItsGlossary) { expect_none(check_glossary(repository())); }
TEST(Repository, NamesTheTestsOfItsRequirements) { expect_none(check_requirements(repository())); }
TEST(Repository, IsBoundToNoMachine) { expect_none(check_places(repository())); }
TEST(Repository, PutsNothingOff) { expect_none(check_unfinished(repository())); }

}  // namespace
}  // namespace anlan::quality
