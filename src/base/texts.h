#pragma once
// Texts that people read, in both languages, by key: loaded from data/text/*.toml, never in code.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anlan {

enum class Locale { kChinese, kEnglish };

constexpr auto names_of(Locale) {
  using P = std::pair<Locale, std::string_view>;
  return std::array{P{Locale::kChinese, "zh-CN"}, P{Locale::kEnglish, "en"}};
}

// Unchanging once filled; thread safe then.
class Texts {
 public:
  using Values = std::vector<std::pair<std::string, std::string>>;

  // Before the texts are shared; a key that is there is replaced.
  void add(Locale, std::string key, std::string text);
  // The text of a key ("refusal.incident.closed.title") with every {name} replaced; the key itself where there is none.
  std::string get(Locale, std::string_view key, const Values& = {}) const;
  // In that language.
  bool has(Locale, std::string_view key) const;
  // Keys of one language that the other has not.
  std::vector<std::string> missing() const;

 private:
  std::array<std::map<std::string, std::string, std::less<>>, 2> texts_;
};

// A text with every {name} replaced.
std::string fill(std::string text, const Texts::Values&);

}  // namespace anlan
