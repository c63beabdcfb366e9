#include "sheet/words.h"

#include <algorithm>
#include <charconv>

#include "base/tsv.h"
#include "sheet/fold.h"

namespace anlan::sheet {
namespace {

// Of ASCII; the table holds no other letters with two cases.
char32_t small(char32_t c) { return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c; }

std::u32string small(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& c : out) c = small(c);
  return out;
}

bool same(std::u32string_view text, std::u32string_view word) {
  return std::ranges::equal(text, word, {}, [](char32_t c) { return small(c); });
}

}  // namespace

Result<Words> Words::read(std::string_view words_tsv, std::string_view units_tsv) {
  Words words;
  auto failed = read_tsv(words_tsv, [&](const TsvRow& row) -> std::optional<Failure> {
    if (row[0].empty() || row[1].empty()) return row.fault("kind and word expected");
    words.words_[std::string(row[0])].push_back(small(narrow(row[1])));
    return std::nullopt;
  });
  if (failed) return *failed;
  // "约为" must be tried before "约".
  for (auto& [_, list] : words.words_) std::ranges::stable_sort(list, std::greater(), &std::u32string::size);
  failed = read_tsv(units_tsv, [&](const TsvRow& row) -> std::optional<Failure> {
    double factor = 0;
    std::from_chars(row[2].data(), row[2].data() + row[2].size(), factor);
    if (row[0].empty() || row[1].empty() || !(factor > 0)) return row.fault("unit, measure and factor expected");
    const bool added = words.units_.emplace(small(narrow(row[0])), Unit{std::string(row[1]), factor}).second;
    return added ? std::nullopt : std::optional(row.fault("a unit twice"));
  });
  if (failed) return *failed;
  return words;
}

bool Words::is(std::string_view kind, std::u32string_view text) const {
  const auto list = words_.find(kind);
  return list != words_.end() && std::ranges::any_of(list->second, [&](const auto& word) { return same(text, word); });
}

// The lists are sorted by length, so the first that fits is the longest.
std::size_t Words::at_begin(std::string_view kind, std::u32string_view text) const {
  const auto list = words_.find(kind);
  if (list == words_.end()) return 0;
  for (const std::u32string& word : list->second)
    if (text.size() >= word.size() && same(text.substr(0, word.size()), word)) return word.size();
  return 0;
}

std::size_t Words::at_end(std::string_view kind, std::u32string_view text) const {
  const auto list = words_.find(kind);
  if (list == words_.end()) return 0;
  for (const std::u32string& word : list->second)
    if (text.size() >= word.size() && same(text.substr(text.size() - word.size()), word)) return word.size();
  return 0;
}

std::vector<std::string> Words::kinds(std::string_view prefix) const {
  std::vector<std::string> kinds;
  for (const auto& [kind, _] : words_)
    if (kind.starts_with(prefix)) kinds.push_back(kind);
  return kinds;
}

const Unit* Words::unit(std::u32string_view name) const {
  const auto found = units_.find(small(trimmed(name)));
  return found == units_.end() ? nullptr : &found->second;
}

const Unit* Words::unit(std::string_view utf8) const { return unit(std::u32string_view(narrow(utf8))); }

}  // namespace anlan::sheet
