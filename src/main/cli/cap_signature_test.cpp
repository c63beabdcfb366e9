#include "main/cli/cap_signature.h"

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <filesystem>

namespace anlan::cli {
namespace {

cap::Texts texts(const std::string& language) {
  const auto file = std::filesystem::path(ANLAN_SOURCE_DIR) / "data/text" / ("cap." + language + ".toml");
  return [table = toml::parse_file(file.string())](std::string_view key) {
    return table["cap"][key].value_or(std::string());
  };
}

TEST(CapSignature, HasWordsInBothLanguagesForEveryFault) {
  for (const std::string language : {"zh-CN", "en"})
    for (const auto& [fault, name] : names_of(xml::Fault{})) {
      const xml::Verdict verdict{xml::State::kInvalid, xml::Flaw{fault, "{value}"}, "", "", false, false};
      EXPECT_FALSE(signature_words(verdict, texts(language)).empty()) << name;
    }
}

TEST(CapSignature, SaysWhetherTheSignerWasChecked) {
  const auto english = texts("en");
  EXPECT_EQ(signature_clause({}, english), "; signature: none");
  xml::Verdict verdict{xml::State::kValid, {}, "CN=Desk", "", false, false};
  EXPECT_EQ(signature_clause(verdict, english), "; signature: valid (signer not checked: CN=Desk)");
  verdict.is_trusted = verdict.other_layout = true;
  EXPECT_EQ(signature_clause(verdict, english),
            "; signature: valid (by CN=Desk; white space between elements is not as it was signed)");
  verdict = {xml::State::kInvalid, xml::Flaw{xml::Fault::kReference, "#a"}, "", "", false, false};
  EXPECT_EQ(signature_clause(verdict, english), "; signature: invalid (form: it covers “#a”, not the whole document)");
}

}  // namespace
}  // namespace anlan::cli
