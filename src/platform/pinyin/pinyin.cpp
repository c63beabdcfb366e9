#include "platform/pinyin/pinyin.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "base/tsv.h"

namespace anlan::pinyin {
namespace {

// The characters of names: the unified block and its first extension.
constexpr char32_t kFirst = 0x3400, kLast = 0x9FFF;

// What is no UTF-8 becomes a character that has no reading.
std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, c);
    // Full-width letters and digits are letters and digits.
    characters += static_cast<char32_t>(c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c);
  }
  return characters;
}

// All characters at once, each on a line of its own: the rules are slow to begin with.
std::string readings() {
  icu::UnicodeString text;
  for (auto c = static_cast<UChar32>(kFirst); c <= static_cast<UChar32>(kLast); ++c) text.append(c).append(u'\n');
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> rules(
      icu::Transliterator::createInstance("Han-Latin; NFD; Lower", UTRANS_FORWARD, code));
  ANLAN_ASSERT(rules);
  rules->transliterate(text);
  std::string lines;
  text.toUTF8String(lines);
  return lines;
}

// Without marks of tones; ü is v, as people type it. Empty where there is no reading.
std::string plain(std::string_view decomposed) {
  constexpr std::string_view kTwoDots = "\u0308";
  std::string name;
  for (std::size_t at = 0; at < decomposed.size(); ++at) {
    const char c = decomposed[at];
    if (decomposed.substr(at).starts_with(kTwoDots) && name.ends_with('u')) name.back() = 'v';
    if (c >= 'a' && c <= 'z') name += c;
    if (static_cast<unsigned char>(c) >= 0xE0) return {};
  }
  return name;
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9'); }

std::size_t count_of(std::string_view syllables) {
  return static_cast<std::size_t>(std::ranges::count(syllables, ' ')) + 1;
}

}  // namespace

// Some 400 syllables for 28,000 characters: each is kept once.
Pinyin::Pinyin() : readings_(kLast - kFirst + 1), names_{""} {
  std::unordered_map<std::string, std::uint16_t> known;
  const std::string lines = readings();
  std::size_t at = 0;
  for (std::uint16_t& reading : readings_) {
    const std::size_t end = lines.find('\n', at);
    const std::string name = plain(std::string_view(lines).substr(at, end - at));
    at = end + 1;
    if (name.empty()) continue;
    const auto [found, added] = known.emplace(name, static_cast<std::uint16_t>(names_.size()));
    if (added) names_.push_back(name);
    reading = found->second;
  }
}

Result<Pinyin> Pinyin::read(std::string_view table) {
  decltype(words_) known;
  const auto failed = read_tsv(table, [&](const TsvRow& row) -> std::optional<Failure> {
    const std::u32string word = characters_of(row[0]);
    if (word.empty() || count_of(row[1]) != word.size() || row[1].empty()) return row.fault("a syllable a character");
    known[word[0]].emplace_back(word, std::string(row[1]));
    return std::nullopt;
  });
  if (failed) return *failed;
  Pinyin pinyin;
  pinyin.words_ = std::move(known);
  for (auto& [_, words] : pinyin.words_)
    std::ranges::stable_sort(words, std::greater(), [](const auto& word) { return word.first.size(); });
  return pinyin;
}

// Table first, then the character alone.
std::string Pinyin::syllables(std::string_view name) const {
  const std::u32string text = characters_of(name);
  std::string out;
  bool in_latin = false;
  const auto part = [&](bool latin) {
    if (!out.empty() && out.back() != ' ' && !(latin && in_latin)) out += ' ';
    in_latin = latin;
  };
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = text[i];
    const auto words = words_.find(c);
    const auto* word = static_cast<const std::pair<std::u32string, std::string>*>(nullptr);
    if (words != words_.end())
      for (const auto& one : words->second)
        if (!word && text.compare(i, one.first.size(), one.first) == 0) word = &one;
    if (word) {
      part(false);
      out += word->second;
      i += word->first.size();
      continue;
    }
    const std::uint16_t reading = c >= kFirst && c <= kLast ? readings_[c - kFirst] : std::uint16_t{0};
    if (reading > 0 || is_letter(c)) part(reading == 0);
    if (reading > 0)
      out += names_[reading];
    else if (is_letter(c))
      out += static_cast<char>(c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c);
    else
      in_latin = false;
    ++i;
  }
  return out;
}

std::string joined(std::string_view syllables) {
  std::string out(syllables);
  std::erase(out, ' ');
  return out;
}

std::string initials(std::string_view syllables) {
  std::string out;
  char before = ' ';
  for (const char c : syllables) {
    if (before == ' ' && c != ' ') out += c;
    before = c;
  }
  return out;
}

}  // namespace anlan::pinyin
