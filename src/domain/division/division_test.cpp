#include "domain/division/division.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace anlan::division {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

std::string read(const std::string& name) {
  std::ifstream in(std::string(ANLAN_SOURCE_DIR) + "/data/divisions/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const Divisions& country() {
  static const Result<Divisions> divisions =
      Divisions::parse({read("china.tsv"), read("villages-370700.tsv")}, read("points-370700.tsv"));
  return divisions.value();
}

std::vector<std::string> names(const std::vector<const Division*>& divisions) {
  std::vector<std::string> out;
  for (const auto* d : divisions) out.emplace_back(d->name);
  return out;
}

std::string path(std::string_view code) { return country().path(*country().find(code)); }

std::string first(std::string_view text, std::string_view under = {}) {
  const auto found = country().search({.text = text, .under = under, .home = "370700", .limit = 1});
  return found.empty() ? "" : country().path(*found[0]);
}

TEST(Divisions, HoldTheWholeCountryAndTheVillagesOfTheDemoCity) {
  EXPECT_EQ(country().size(), 44702u + 7060u);
  EXPECT_EQ(country().children("370700").size(), 13u);
  EXPECT_EQ(path("370783115"), "潍坊市寿光市羊口镇");
  EXPECT_EQ(path("370702001001"), "潍坊市潍城区城关街道曹家巷居委会");
  EXPECT_EQ(path("370700"), "潍坊市");
  EXPECT_EQ(path("370000"), "山东省");
}

TEST(Divisions, PassOverThePseudoCityOfAMunicipality) {
  EXPECT_EQ(country().find("110100")->kind, Kind::kPseudo);
  EXPECT_EQ(path("110101"), "北京市东城区");
  EXPECT_EQ(country().parent(*country().find("110101"))->code, "110000");
  EXPECT_THAT(names(country().children("500000")), Contains("万州区"));
  EXPECT_THAT(names(country().children("500000")), Contains("城口县"));
  EXPECT_THAT(names(country().children("500000")), Not(Contains("县")));
}

TEST(Divisions, HangCountiesThatTheProvinceRulesOnTheProvince) {
  EXPECT_EQ(path("419001"), "河南省济源市");
  EXPECT_EQ(country().find("419001")->level, Level::kCounty);
  EXPECT_EQ(country().parent(*country().find("659001"))->code, "650000");
  EXPECT_EQ(path("659001005"), "新疆维吾尔自治区石河子市东城街道");
  EXPECT_TRUE(country().inside("419001107", "410000"));
}

TEST(Divisions, HangTheTownsOfACityWithoutCountiesOnTheCity) {
  const std::vector<std::pair<std::string_view, std::size_t>> cities = {
      {"441900", 36}, {"442000", 23}, {"460400", 18}, {"620200", 5}};
  for (const auto& [city, towns] : cities) {
    const auto children = country().children(city);
    EXPECT_EQ(children.size(), towns) << city;
    for (const auto* child : children) EXPECT_EQ(child->level, Level::kTown);
  }
  EXPECT_EQ(path("441900003"), "东莞市东城街道");
  EXPECT_EQ(path("620201001"), "嘉峪关市雄关街道");
  EXPECT_EQ(country().find("620201"), nullptr);
}

TEST(Divisions, CountDevelopmentZonesLikeCounties) {
  const auto* zone = country().find("370772");
  EXPECT_EQ(zone->name, "潍坊滨海经济技术开发区");
  EXPECT_EQ(zone->kind, Kind::kZone);
  EXPECT_EQ(zone->level, Level::kCounty);
  EXPECT_THAT(names(country().children("370772")), ElementsAre("央子街道", "大家洼街道"));
}

TEST(Divisions, KnowHongKongMacaoAndTaiwanByTheirCodes) {
  EXPECT_EQ(path("810000"), "香港特别行政区");
  EXPECT_EQ(path("820000"), "澳门特别行政区");
  EXPECT_EQ(path("710000"), "台湾省");
  EXPECT_TRUE(country().children("710000").empty());
}

TEST(Divisions, AnswerNothingForACodeThatIsNotThere) {
  EXPECT_EQ(country().find("999999"), nullptr);
  EXPECT_EQ(country().find(""), nullptr);
  EXPECT_TRUE(country().children("999999").empty());
  EXPECT_FALSE(country().inside("370783", "370784"));
  EXPECT_FALSE(country().inside("999999", "370700"));
  EXPECT_TRUE(country().inside("370783115", "370700"));
  EXPECT_TRUE(country().inside("370700", "370700"));
}

TEST(Divisions, RememberWhatTheyWereCalledBefore) {
  const auto divisions = Divisions::parse({"100000\t某省\tmou sheng\n"
                                           "100100\t旧市\tjiu shi\t\t\t\t2019-12-31\n"
                                           "100100\t新市\txin shi\t\t\t2020-01-01\n"
                                           "100200\t撤市\tche shi\t\t\t\t2019-12-31\n"},
                                          "");
  EXPECT_EQ(divisions->find("100100", from_china_time(2019, 12, 31, 23))->name, "旧市");
  EXPECT_EQ(divisions->find("100100", from_china_time(2020, 1, 1))->name, "新市");
  EXPECT_EQ(divisions->find("100100")->name, "新市");
  EXPECT_EQ(divisions->find("100200"), nullptr);
  EXPECT_EQ(divisions->find("100200", from_china_time(2019, 1, 1))->name, "撤市");
  EXPECT_EQ(divisions->find("100200", from_china_time(2020, 1, 1)), nullptr);
  EXPECT_TRUE(divisions->ever("100200"));
  EXPECT_FALSE(divisions->ever("100300"));
  EXPECT_THAT(names(divisions->children("100000")), ElementsAre("新市"));
  EXPECT_TRUE(divisions->search({.text = "旧市"}).empty());
}

TEST(Divisions, NameTheLineOfABadTable) {
  EXPECT_EQ(Divisions::parse({"# x\n12345\t某\tmou\n"}, "").error().what, "line 2: no code of a division");
  EXPECT_EQ(Divisions::parse({"110000\t\n"}, "").error().what, "line 1: no name");
  EXPECT_EQ(Divisions::parse({"110000\t某\tmou\todd\n"}, "").error().what, "line 1: no kind of division");
  EXPECT_EQ(Divisions::parse({"110000\t某\tmou\t\t\t2020-13-01\n"}, "").error().what, "line 1: no validity");
  EXPECT_EQ(Divisions::parse({"110101\t某\tmou\n"}, "").error().what, "division 110101: its parent is not there");
  EXPECT_EQ(Divisions::parse({"110000\t某\tmou\n"}, "110000\t1e\t2\n").error().what, "line 1: no point");
  EXPECT_EQ(Divisions::parse({""}, "110000\t1\t2\n").error().what, "line 1: point of a division that is not there");
}

TEST(Search, FindsATownByCharactersPinyinAndInitials) {
  for (const auto* text : {"羊口", "羊口镇", "yangkou", "YangKou", "ykz", "yangk"})
    EXPECT_EQ(first(text), "潍坊市寿光市羊口镇") << text;
}

TEST(Search, TakesAncestorsAlong) {
  for (const auto* text : {"寿光羊口", "寿光 羊口", "潍坊市寿光市羊口镇", "sg yk", "sgyk", "shouguangyangkou"})
    EXPECT_EQ(first(text), "潍坊市寿光市羊口镇") << text;
}

TEST(Search, PrefersTheHomeCity) {
  EXPECT_EQ(first("城关"), "潍坊市潍城区城关街道");
  const auto away = country().search({.text = "城关街道", .home = "410000", .limit = 1});
  EXPECT_TRUE(country().inside(away.at(0)->code, "410000"));
}

TEST(Search, LeavesTheHomeCityForANameThatFitsFarBetter) { EXPECT_EQ(first("北京"), "北京市"); }

TEST(Search, ReadsPlaceNamesAsThePlaceDoes) {
  EXPECT_EQ(first("dongguan", "440000"), "东莞市");
  EXPECT_EQ(first("luan", "340000"), "六安市");
  EXPECT_EQ(first("yueqing", "330000"), "温州市乐清市");
  EXPECT_EQ(first("shanxian", "370000"), "菏泽市单县");
}

TEST(Search, StaysUnderTheGivenDivision) {
  for (const auto* d : country().search({.text = "xy", .under = "370783", .home = "370700", .limit = 50}))
    EXPECT_TRUE(country().inside(d->code, "370783"));
  EXPECT_TRUE(country().search({.text = "羊口", .under = "370784"}).empty());
  EXPECT_TRUE(country().search({.text = "羊口", .under = "999999"}).empty());
}

TEST(Search, AnswersAtMostTheLimitAndNothingForNothing) {
  EXPECT_EQ(country().search({.text = "城", .limit = 7}).size(), 7u);
  EXPECT_TRUE(country().search({.text = "  "}).empty());
  EXPECT_TRUE(country().search({.text = "龘龘"}).empty());
  EXPECT_TRUE(country().search({.text = std::string(1'000'000, 'a')}).empty());
}

TEST(Nearest, FindsTheTownOfAPoint) {
  const auto town = country().nearest({118.966, 36.990}, Level::kTown);
  EXPECT_EQ(town->division->name, "侯镇");
  EXPECT_NEAR(town->distance_m, 150, 60);
  EXPECT_FALSE(country().nearest({118.9, 36.9}, Level::kVillage));
  EXPECT_TRUE(country().find("370783115")->schematic);
  EXPECT_FALSE(country().find("370783109")->schematic);
}

}  // namespace
}  // namespace anlan::division
