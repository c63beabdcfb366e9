#pragma once
// The text of a scenario as lines of words. README.md says what a line may be.

#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace anlan::scenario {

// What is wrong with the line at hand, or what was found in place of what it expects.
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Word {
  std::string text;
  bool quoted = false;
};

// A line that does something. Commas and colons at the end of a word are for the reader's eye only.
struct Line {
  int number = 0;
  std::string text;
  std::vector<Word> words;
};

struct Script {
  std::string clause;  // the first comment: what the scenario covers
  std::vector<Line> lines;
};

// Throws Wrong where a file begins without a clause or a quotation is not ended.
Script read_script(const std::filesystem::path&);

// The words of a line from left to right.
class Cursor {
 public:
  explicit Cursor(const Line& line) : line_(line) {}

  bool done() const { return at_ == line_.words.size(); }
  // Takes the words of `phrase` when they come next.
  bool take(std::string_view phrase);
  void need(std::string_view phrase);
  std::string next();
  std::string quoted();
  // The next word without taking it; empty at the end and before a quotation.
  std::string_view peek() const;
  bool next_is_quoted() const { return !done() && line_.words[at_].quoted; }
  std::int64_t number();

 private:
  const Line& line_;
  std::size_t at_ = 0;
};

// The rest of a line: words that stand alone, and pairs of a key with its value. A key may come once.
class Options {
 public:
  Options(Cursor&, std::initializer_list<std::string_view> alone);
  // Throws Wrong for a key that nobody asked for.
  void end() const;

  bool has(std::string_view key);
  std::optional<std::string> get(std::string_view key);
  std::optional<std::int64_t> number(std::string_view key);

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

// "14:02" or "14:02:30" on the day of `now`; nothing for another word.
std::optional<Instant> time_of_day(std::string_view word, Instant now);
std::string show(Instant);  // "14:02:30"

}  // namespace anlan::scenario
