#include "quality/layers.h"

#include <gtest/gtest.h>

namespace anlan::quality {
namespace {

Tree with(const std::string& path, const std::string& source) {
  Tree tree = {{"src/base/time.h", ""},
               {"src/platform/sql/sql.h", ""},
               {"src/domain/registry.h", ""},
               {"src/domain/incident/types.h", ""},
               {"src/domain/incident/decide.h", ""},
               {"src/domain/report/facts.h", ""},
               {"src/edge/http/server.h", ""},
               {"src/main/wiring.h", ""},
               {"src/domain/DEPENDS", "report: incident\nincident:\n"}};
  tree[path] = source;
  return tree;
}

Findings layers_with(const std::string& path, const std::string& source) { return check_layers(with(path, source)); }
Findings ports_with(const std::string& path, const std::string& source) { return check_ports(with(path, source)); }

TEST(Layers, FindNothingInATreeThatKeepsThem) {
  EXPECT_EQ(
      layers_with("src/domain/report/decide.cpp", "#include \"base/time.h\"\n#include \"domain/incident/types.h\"\n"),
      Findings{});
  EXPECT_EQ(layers_with("src/edge/http/routes.cpp", "#include \"edge/http/server.h\"\n"), Findings{});
  EXPECT_EQ(layers_with("src/view/list.h", "#include \"domain/report/facts.h\"\n#include \"domain/registry.h\"\n"),
            Findings{});
}

TEST(Layers, FindAnIncludeThatTheTableForbids) {
  const Findings expected = {{"src/base/x.h", 2, "base may not include platform/sql/sql.h"}};
  EXPECT_EQ(layers_with("src/base/x.h", "// x\n#include \"platform/sql/sql.h\"\n"), expected);
}

TEST(Layers, OverlookAnIncludeInAComment) {
  EXPECT_EQ(layers_with("src/base/x.h", "/*\n#include \"platform/sql/sql.h\"\n*/\n"), Findings{});
}

TEST(Layers, FindAnEdgeThatKnowsAnother) {
  const Findings expected = {{"src/edge/cap/cap.cpp", 1, "edge may not include edge/http/server.h"}};
  EXPECT_EQ(layers_with("src/edge/cap/cap.cpp", "#include \"edge/http/server.h\"\n"), expected);
}

TEST(Layers, FindAnIncludeOfMain) {
  EXPECT_EQ(layers_with("src/command/x.cpp", "#include \"main/wiring.h\"\n").size(), 1u);
}

TEST(Layers, FindMoreThanTypesAndFactsOfAnotherNoun) {
  const Findings expected = {{"src/domain/report/x.cpp", 1, "domain may not include domain/incident/decide.h"}};
  EXPECT_EQ(layers_with("src/domain/report/x.cpp", "#include \"domain/incident/decide.h\"\n"), expected);
}

TEST(Layers, FindANounThatDependsDoesNotList) {
  EXPECT_EQ(layers_with("src/domain/incident/x.cpp", "#include \"domain/report/facts.h\"\n").size(), 1u);
}

TEST(Layers, FindDecisionsIncludedByAView) {
  EXPECT_EQ(layers_with("src/view/x.cpp", "#include \"domain/incident/decide.h\"\n").size(), 1u);
}

TEST(Layers, FindACircleAndAMissingNounInDepends) {
  const Findings expected = {{"src/domain/DEPENDS", 0, "incident depends on itself"},
                             {"src/domain/DEPENDS", 0, "report depends on itself"},
                             {"src/domain/DEPENDS", 0, "depot is no noun"}};
  EXPECT_EQ(layers_with("src/domain/DEPENDS", "incident: report\nreport: incident depot\n"), expected);
}

TEST(Layers, FindAFolderThatTheTableDoesNotName) {
  const Findings expected = {{"src/util/x.h", 0, "src/util is not in the table of folders"}};
  EXPECT_EQ(layers_with("src/util/x.h", ""), expected);
}

TEST(Layers, FindAnIncludeThatIsNoPathFromSrc) {
  EXPECT_EQ(layers_with("src/domain/report/x.cpp", "#include \"facts.h\"\n").size(), 1u);
}

TEST(Layers, FindAProgramThatIncludesAHeaderOfTests) {
  Tree tree = with("src/view/a_fixture.h", "");
  tree["src/view/a_test.cpp"] = "#include \"view/a_fixture.h\"\n";
  EXPECT_EQ(check_layers(tree), Findings{});
  tree["src/view/a.cpp"] = "#include \"view/a_fixture.h\"\n";
  EXPECT_EQ(check_layers(tree), (Findings{{"src/view/a.cpp", 1, "view/a_fixture.h is for tests"}}));
}

TEST(Layers, FindAWriterOfTheJournalOutsideTheCommandPath) {
  EXPECT_EQ(layers_with("src/view/x.cpp", "void f(journal::Writer&);\n").size(), 1u);
  EXPECT_EQ(layers_with("src/command/x.cpp", "void f(journal::Writer&);\n"), Findings{});
}

TEST(Ports, FindAClockARandomSourceADiskAndASocketOutsidePlatform) {
  for (const char* code : {"auto t = std::chrono::system_clock::now();", "long t = time(nullptr);",
                           "std::random_device d;", "std::ifstream in(p);", "int s = ::socket(1, 2, 3);",
                           "#include <boost/asio/io_context.hpp>", "#include <fstream>",
                           "auto t = toml::parse_file(p);", "std::filesystem::remove(p);", "int f = ::open(p, 0);"}) {
    EXPECT_EQ(ports_with("src/view/x.cpp", code).size(), 1u) << code;
    EXPECT_EQ(ports_with("src/platform/x.cpp", code), Findings{}) << code;
    EXPECT_EQ(ports_with("src/view/x_test.cpp", code), Findings{}) << code;
  }
}

TEST(Ports, OverlookWordsThatOnlyLookAlike) {
  for (const char* code : {"auto t = f.datetime(0);", "// system_clock::now", "auto s = \"std::ifstream\";",
                           "connection.open(x);", "Journal::open(x);", "#include <vector>"})
    EXPECT_EQ(ports_with("src/view/x.cpp", code), Findings{}) << code;
}

TEST(Ports, FindALibraryInTheDomain) {
  const Findings expected = {{"src/domain/report/x.h", 1, "fmt/core.h is not standard C++"}};
  EXPECT_EQ(ports_with("src/domain/report/x.h", "#include <fmt/core.h>\n"), expected);
}

}  // namespace
}  // namespace anlan::quality
