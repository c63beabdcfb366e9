// One test a file of test/scenario/*.scn.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <span>

#include "main/load.h"
#include "platform/machine/files.h"
#include "scenario/stage.h"

namespace anlan::scenario {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(ANLAN_SOURCE_DIR) / "test" / "scenario";

std::vector<std::filesystem::path> scenarios() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder))
    if (entry.path().extension() == ".scn") found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

const std::vector<clock::Rule>& shipped_clock_rules() {
  static const auto rules = [] {
    Mistakes mistakes;
    const std::string data = std::string(ANLAN_SOURCE_DIR) + "/data/";
    const auto types = event_type::EventTypes::parse(machine::read_file(data + "codes/event-type.tsv").value()).value();
    auto loaded = load_clock_rules(data + "rules/clocks.toml", types, mistakes);
    EXPECT_TRUE(mistakes.empty());
    return loaded;
  }();
  return rules;
}

// Everything on one node, a county with its town on a node of its own, each level on its own, and every organisation.
// Databases of a server take long to make: there one node and three levels are played.
std::vector<Topology> topologies() {
  const Topology levels{"shouguang", "yangkou"};
  if (sql::TestStore::on_postgres()) return {{}, levels};
  return {{}, {"shouguang"}, levels, {"shouguang", "yangkou", "anqiu"}};
}

std::string described(const Topology& topology) {
  std::string text = "city";
  for (const auto& node : topology) text += " + " + node;
  return text;
}

// What a fact says, but for what chance has made of it.
std::string without_chance(const std::string& text) {
  static const std::regex kChance("[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{64}|[0-9a-f]{32}");
  return std::regex_replace(text, kChance, "#");
}

// Sorted: where nodes record at one moment there is no order among them. The register of nodes is another each time.
std::vector<std::string> told(Stage& stage) {
  std::vector<std::string> lines;
  for (const auto& fact : stage.facts())
    if (!fact.type.starts_with("node.") && fact.type != "organisation.placed")
      lines.push_back(to_rfc3339(fact.recorded_at) + " " + to_rfc3339(fact.occurred_at) + " " + fact.type + " " +
                      without_chance(fact.stream) + " v" + std::to_string(fact.version) + " " + fact.actor + " " +
                      fact.world + " " + without_chance(fact.body));
  std::ranges::sort(lines);
  return lines;
}

// "nodes county 寿光市 town 羊口镇": what the story needs beside the city's.
std::optional<Topology> topology_of(const Line& line) {
  static const std::map<std::string, std::string> kIds{
      {"寿光市", "shouguang"}, {"安丘市", "anqiu"}, {"羊口镇", "yangkou"}};
  Cursor cursor(line);
  if (!cursor.take("nodes")) return std::nullopt;
  Topology topology;
  while (!cursor.done()) {
    cursor.next();
    topology.push_back(kIds.at(cursor.next()));
  }
  return topology;
}

std::vector<std::string> play(const std::filesystem::path& path, const Topology& topology) {
  Line at{1, {}, {}};
  try {
    const Script script = read_script(path);
    Stage stage(shipped_clock_rules(), topology);
    for (const Line& line : script.lines) {
      at = line;
      if (!topology_of(line)) stage.play(line);
    }
    stage.end();
    return told(stage);
  } catch (const Wrong& wrong) {
    ADD_FAILURE_AT(path.c_str(), at.number)
        << at.text << "\n  found: " << wrong.what() << "\n  on: " << described(topology);
  }
  return {};
}

// The same facts, whoever shares a node. A story of a cut line needs the line, and says so first.
void play(const std::filesystem::path& path) {
  if (const auto topology = topology_of(read_script(path).lines.at(0))) {
    play(path, *topology);
    return;
  }
  const auto all = topologies();
  const auto on_one = play(path, all.front());
  for (const auto& topology : std::span(all).subspan(1)) {
    if (testing::Test::HasFailure()) return;
    EXPECT_EQ(play(path, topology), on_one) << described(topology);
  }
}

class Scenario : public testing::Test {
 public:
  explicit Scenario(std::filesystem::path path) : path_(std::move(path)) {}
  void TestBody() override { play(path_); }

 private:
  std::filesystem::path path_;
};

// Reads the folder before main, so that each file is a test of its own.
const bool kRegistered = [] {
  for (const auto& path : scenarios())
    testing::RegisterTest("Scenario", path.stem().c_str(), nullptr, nullptr, path.c_str(), 1,
                          [path]() -> Scenario* { return new Scenario(path); });
  return true;
}();

TEST(Scenarios, AreThereAndEachNamesItsClause) {
  EXPECT_TRUE(kRegistered);
  EXPECT_GE(scenarios().size(), 12u);
  for (const auto& path : scenarios()) EXPECT_FALSE(read_script(path).clause.empty()) << path;
}

Line line(std::string text) {
  const auto path = std::filesystem::path(testing::TempDir()) / "line.scn";
  std::ofstream(path) << "# clause\n" << text << "\n";
  auto script = read_script(path);
  std::filesystem::remove(path);
  return script.lines.at(0);
}

TEST(Scenarios, ALineThatIsNotSoOrNotUnderstoodFails) {
  Stage stage(shipped_clock_rules());
  stage.play(line(R"(14:02 city takes down 12D02 at 寿光市 羊口镇: "泄漏" occurred 13:55)"));
  EXPECT_THROW(stage.play(line("expect city owes phone by 14:16")), Wrong);
  EXPECT_THROW(stage.play(line("expect city owes nothing")), Wrong);
  EXPECT_THROW(stage.play(line("expect city does not see it")), Wrong);
  EXPECT_THROW(stage.play(line("expect county 安丘市 sees it")), Wrong);
  EXPECT_THROW(stage.play(line("expect incident closed")), Wrong);
  EXPECT_THROW(stage.play(line("expect refusal incident.closed")), Wrong);
  EXPECT_THROW(stage.play(line("city dances")), Wrong);
  EXPECT_THROW(stage.play(line(R"(city notes "风向转北" loudly yes)")), Wrong);
  EXPECT_THROW(stage.play(line("expect the moon")), Wrong);
  EXPECT_NO_THROW(stage.play(line("expect city owes phone by 14:15 and written by 14:35")));
}

TEST(Scenarios, ARefusalThatNothingExpectsFailsTheNextLine) {
  Stage stage(shipped_clock_rules());
  stage.play(line(R"(14:02 city takes down 99Z99 at 寿光市: "泄漏")"));
  EXPECT_THROW(stage.play(line("14:03")), Wrong);
}

}  // namespace
}  // namespace anlan::scenario
