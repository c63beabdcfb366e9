#include "main/load_roads.h"

#include <gmock/gmock.h>

#include "platform/machine/files.h"

namespace anlan {
namespace {

const std::string kShipped = std::string(ANLAN_SOURCE_DIR) + "/data/rules/roads.toml";

std::string mistakes_of(const std::string& find, const std::string& replace) {
  std::string text = *machine::read_file(kShipped);
  const auto at = text.find(find);
  EXPECT_NE(at, std::string::npos) << find;
  text.replace(at, find.size(), replace);
  const std::string file = testing::TempDir() + "roads.toml";
  EXPECT_TRUE(machine::write_file(file, text).ok());
  Mistakes mistakes;
  load_road_rules(file, mistakes);
  std::string said;
  for (const Mistake& mistake : mistakes) said += mistake.key + ": " + mistake.code + ";";
  return said;
}

TEST(RoadRules, ThatShipAreRight) {
  Mistakes mistakes;
  const roads::Rules rules = load_road_rules(kShipped, mistakes);
  EXPECT_TRUE(mistakes.empty()) << describe(mistakes.front());
  EXPECT_EQ(rules.classes.at("国道"), road::Class::kTrunk);
  EXPECT_EQ(rules.classes.at("footway"), std::nullopt);
  EXPECT_EQ(rules.profile.kmh[0], 90);
  EXPECT_EQ(rules.crow.detour, 1.4);
  const auto meaning = roads::meaning_of({"国道", "单向", "60", "4.5", "20 t"}, rules);
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->traits, (road::Traits{road::Class::kTrunk, true, 60, 0, 450, 2000}));
}

TEST(RoadRules, NameEachMistakeByItsKey) {
  EXPECT_EQ(mistakes_of("detour = 1.4", "detour = 0.5"), "crow.detour: range;");
  EXPECT_EQ(mistakes_of("\"road\", \"minor\"", "\"motorway\""), "words.minor: repeated;");
  EXPECT_EQ(mistakes_of("otherwise = \"minor\"", "otherwise = \"lane\""), "words.otherwise: word;");
  EXPECT_EQ(mistakes_of("track = 12.0", "canal = 12.0"), "drive.kmh.track: missing;drive.kmh.canal: unknown;");
  EXPECT_EQ(mistakes_of("[crow]", "[raven]"), "crow: missing;raven: unknown;");
}

}  // namespace
}  // namespace anlan
