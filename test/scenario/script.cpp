#include "scenario/script.h"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace anlan::scenario {
namespace {

std::vector<Word> words_of(const std::string& text) {
  std::vector<Word> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) != std::string::npos;) {
    if (text[at] == '"') {
      const std::size_t end = text.find('"', at + 1);
      if (end == std::string::npos) throw Wrong("the quotation is not ended");
      words.push_back({text.substr(at + 1, end - at - 1), true});
      at = end + 1;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(" \t\"", at), text.size());
    std::string word = text.substr(at, end - at);
    while (!word.empty() && (word.back() == ',' || word.back() == ':')) word.pop_back();
    if (!word.empty()) words.push_back({std::move(word), false});
    at = end;
  }
  return words;
}

}  // namespace

Script read_script(const std::filesystem::path& path) {
  Script script;
  std::ifstream in(path);
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (number == 1 && !text.starts_with("# ")) throw Wrong("the first line names no clause");
    if (number == 1) script.clause = text.substr(2);
    const auto words = text.starts_with("#") ? std::vector<Word>{} : words_of(text);
    if (!words.empty()) script.lines.push_back({number, text, words});
  }
  return script;
}

bool Cursor::take(std::string_view phrase) {
  std::size_t at = at_;
  while (!phrase.empty()) {
    const std::size_t end = std::min(phrase.find(' '), phrase.size());
    if (at == line_.words.size() || line_.words[at].quoted || line_.words[at].text != phrase.substr(0, end))
      return false;
    ++at;
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
  }
  at_ = at;
  return true;
}

void Cursor::need(std::string_view phrase) {
  if (!take(phrase)) throw Wrong("expected the word " + std::string(phrase));
}

std::string Cursor::next() {
  if (done()) throw Wrong("the line ends too early");
  return line_.words[at_++].text;
}

std::string Cursor::quoted() {
  if (!next_is_quoted()) throw Wrong("expected a quotation");
  return next();
}

std::string_view Cursor::peek() const {
  return done() || line_.words[at_].quoted ? std::string_view{} : std::string_view{line_.words[at_].text};
}

std::int64_t Cursor::number() {
  const std::string word = next();
  std::int64_t value = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
  if (read.ec != std::errc() || read.ptr != word.data() + word.size()) throw Wrong(word + " is no number");
  return value;
}

Options::Options(Cursor& cursor, std::initializer_list<std::string_view> alone) {
  while (!cursor.done()) {
    const std::string key = cursor.next();
    const bool stands_alone = std::find(alone.begin(), alone.end(), key) != alone.end();
    if (!values_.emplace(key, stands_alone ? std::string() : cursor.next()).second)
      throw Wrong(key + " stands there twice");
  }
}

void Options::end() const {
  if (!values_.empty()) throw Wrong("nobody understands " + values_.begin()->first);
}

bool Options::has(std::string_view key) { return get(key).has_value(); }

std::optional<std::string> Options::get(std::string_view key) {
  const auto found = values_.find(key);
  if (found == values_.end()) return std::nullopt;
  std::string value = std::move(found->second);
  values_.erase(found);
  return value;
}

std::optional<std::int64_t> Options::number(std::string_view key) {
  const auto text = get(key);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  if (read.ec != std::errc() || read.ptr != text->data() + text->size()) throw Wrong(*text + " is no number");
  return value;
}

std::optional<Instant> time_of_day(std::string_view word, Instant now) {
  const auto digits = [&](std::size_t at) -> int {
    const bool two =
        at + 2 <= word.size() && word[at] >= '0' && word[at] <= '9' && word[at + 1] >= '0' && word[at + 1] <= '9';
    return two ? (word[at] - '0') * 10 + (word[at + 1] - '0') : -1;
  };
  if ((word.size() != 5 && word.size() != 8) || word[2] != ':') return std::nullopt;
  const int hour = digits(0), minute = digits(3), second = word.size() == 8 ? digits(6) : 0;
  if (hour < 0 || minute < 0 || second < 0) return std::nullopt;
  const ChinaTime today = china_time(now);
  return from_china_time(today.year, today.month, today.day, hour, minute, second);
}

std::string show(Instant at) { return to_rfc3339(at).substr(11, 8); }

}  // namespace anlan::scenario
