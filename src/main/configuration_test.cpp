#include "main/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "main/load.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

using testing::HasSubstr;

std::string file_with(const std::string& text) {
  const std::string file =
      testing::TempDir() + "anlan-" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml";
  EXPECT_TRUE(machine::write_file(file, text).ok());
  return file;
}

ReadConfiguration read(const std::string& text) {
  return read_configuration({.file = file_with(text), .program_folder = ANLAN_SOURCE_DIR "/build"});
}

TEST(Configuration, NeedsNoFile) {
  const auto read = read_configuration({.program_folder = ANLAN_SOURCE_DIR "/build"});
  EXPECT_EQ(as_failure(read.mistakes).what, "");
  EXPECT_EQ(read.value.http.port, 8080);
  EXPECT_EQ(read.value.http.address, "127.0.0.1");
  EXPECT_TRUE(machine::is_file(read.value.shared("rules/clocks.toml")));
}

TEST(Configuration, TakesTheCommandLineOverTheEnvironmentOverTheFile) {
  const auto read =
      read_configuration({.file = file_with("data = \"d\"\n[http]\nport = 1\nthreads = 2\n[node]\nname = \"n\"\n"),
                          .environment = [](const std::string& name) -> std::optional<std::string> {
                            if (name == "ANLAN_HTTP_PORT") return "2";
                            if (name == "ANLAN_NODE_DEMO") return "true";
                            return std::nullopt;
                          },
                          .overrides = {{"http.threads", "3"}},
                          .program_folder = ANLAN_SOURCE_DIR "/build"});
  EXPECT_EQ(as_failure(read.mistakes).what, "");
  EXPECT_EQ(read.value.data, "d");
  EXPECT_EQ(read.value.http.port, 2);
  EXPECT_EQ(read.value.http.threads, 3);
  EXPECT_EQ(read.value.node_name, "n");
  EXPECT_TRUE(read.value.demo);
}

TEST(Configuration, NamesFileLineAndKeyOfEveryMistakeAndKeepsTheDefault) {
  const auto [value, mistakes] = read(
      "[http]\nport = 70000\nadress = \"x\"\nthreads = \"2\"\n[node]\nid = \"No Id\"\n[colours]\n[storage]\nurl = "
      "\"nosql\"\n");
  const std::string file = mistakes.at(0).file;
  EXPECT_THAT(as_failure(mistakes).what, HasSubstr(file + ":2: http.port: range least=0 most=65535"));
  EXPECT_THAT(as_failure(mistakes).what, HasSubstr(file + ":3: http.adress: unknown"));
  EXPECT_THAT(as_failure(mistakes).what, HasSubstr(file + ":4: http.threads: not_integer"));
  EXPECT_THAT(as_failure(mistakes).what, HasSubstr(file + ":7: colours: unknown"));
  EXPECT_THAT(as_failure(mistakes).what, HasSubstr("storage.url: word value=nosql allowed=sqlite, postgresql://…"));
  EXPECT_THAT(as_failure(mistakes).what, HasSubstr("node.id: node_id value=No Id"));
  EXPECT_EQ(mistakes.size(), 6u);
  EXPECT_EQ(value.http.port, 8080);
}

TEST(Configuration, TakesAddressesOfProxiesAndNoNames) {
  EXPECT_EQ(as_failure(read("[http]\nproxies = \"10.0.0.1, ::1\"\n").mistakes).what, "");
  EXPECT_THAT(as_failure(read("[http]\nproxies = \"10.0.0.1, proxy\"\n").mistakes).what,
              HasSubstr("http.proxies: address value=proxy"));
}

TEST(Configuration, NamesTheVariableOrOptionAtFault) {
  const auto read = read_configuration({.environment = [](const std::string& name) -> std::optional<std::string> {
                                          if (name == "ANLAN_HTTP_PORT") return "80x";
                                          return std::nullopt;
                                        },
                                        .overrides = {{"node.demo", "yes", "--demo"}, {"no.key", "1"}},
                                        .program_folder = ANLAN_SOURCE_DIR "/build"});
  EXPECT_EQ(as_failure(read.mistakes).what,
            "ANLAN_HTTP_PORT: http.port: not_integer\n--demo: node.demo: not_flag\n--set: no.key: unknown");
}

TEST(Configuration, TakesFontsAndWordsOfTheSite) {
  const auto [value, mistakes] = read(
      "[documents.fonts.fangsong]\nname = \"仿宋_GB2312\"\nfaces = [\"A\", \"B\"]\n[documents.words]\nletterhead_first "
      "= \"快报\"\n");
  EXPECT_EQ(as_failure(mistakes).what, "");
  EXPECT_EQ(value.fonts.at("fangsong").document, "仿宋_GB2312");
  EXPECT_EQ(value.fonts.at("fangsong").faces, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(value.words.at("letterhead_first"), "快报");
}

TEST(Check, FindsNothingWrongInWhatIsShipped) {
  auto [value, mistakes] = read_configuration({.program_folder = ANLAN_SOURCE_DIR "/build"});
  EXPECT_EQ(as_failure(check(value)).what, "");
}

TEST(Check, NamesWhatIsNotThere) {
  auto value = read("").value;
  value.http.certificate = "/nowhere/a.pem";
  value.words["letterhead_fifth"] = "x";
  value.fonts["song-of-songs"] = {};
  const std::string found = as_failure(check(value)).what;
  EXPECT_THAT(found, HasSubstr("http.certificate: no_file value=/nowhere/a.pem"));
  EXPECT_THAT(found, HasSubstr("documents.words.letterhead_fifth: unknown"));
  EXPECT_THAT(found, HasSubstr("song-of-songs"));
}

TEST(Check, NamesTheLineOfWhatIsWrongInItself) {
  const std::string file = ANLAN_SOURCE_DIR "/deploy/anlan.toml";
  const auto [value, mistakes] =
      read("[http]\ncertificate = \"" + file + "\"\nkey = \"" + file + "\"\naddress = \"203.0.113.7\"\n" +
           "[documents.fonts.zzz]\nname = \"x\"\n[documents.fonts.song]\nfaces = [\"No Such Font\"]\n");
  EXPECT_EQ(as_failure(mistakes).what, "");
  const std::string found = as_failure(check(value)).what;
  EXPECT_THAT(found, HasSubstr(".toml:4: http.address: not_own_address value=203.0.113.7"));
  EXPECT_THAT(found, HasSubstr(".toml:2: http.certificate: no_certificate value=" + file));
  EXPECT_THAT(found,
              HasSubstr(".toml:5: documents.fonts.zzz: word value=zzz allowed=biaosong, fangsong, hei, kai, song"));
  EXPECT_THAT(found, HasSubstr(".toml:7: documents.fonts.song: no_face"));
}

TEST(Configuration, NamesAnAddressThatIsNone) {
  for (const char* address : {"foo", "999.1.1.1", "", "localhost"})
    EXPECT_THAT(as_failure(read("[http]\naddress = \"" + std::string(address) + "\"\n").mistakes).what,
                testing::EndsWith(".toml:2: http.address: address value=" + std::string(address)));
  EXPECT_EQ(as_failure(read("[http]\naddress = \"::1\"\n").mistakes).what, "");
}

TEST(Configuration, IsDescribedKeyByKeyInTheExample) {
  const auto example = machine::read_file(ANLAN_SOURCE_DIR "/deploy/anlan.toml");
  ASSERT_TRUE(example.ok());
  for (const auto& key : configuration_keys())
    EXPECT_THAT(*example, HasSubstr(key.substr(key.find('.') + 1) + " = ")) << key;
  const auto read = read_configuration({.file = ANLAN_SOURCE_DIR "/deploy/anlan.toml"});
  EXPECT_EQ(read.mistakes.size(), 0u) << as_failure(read.mistakes).what;
}

TEST(Mistake, IsToldInBothLanguages) {
  const auto texts = load_texts(ANLAN_SOURCE_DIR "/data/text");
  ASSERT_TRUE(texts.ok());
  const Mistake mistake{"a.toml", 3, "http.port", "range", {{"least", "0"}, {"most", "9"}}};
  EXPECT_EQ(describe(mistake, *texts, Locale::kChinese), "a.toml:3: http.port: 应在 0 到 9 之间");
  EXPECT_EQ(describe(mistake, *texts, Locale::kEnglish), "a.toml:3: http.port: must be from 0 to 9");
}

}  // namespace
}  // namespace anlan
