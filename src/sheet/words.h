#pragma once
// What words in cells mean and what units measure: data/sheet/words.tsv and units.tsv. Unchanging; thread safe.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace anlan::sheet {

struct Unit {
  std::string measure;
  double factor = 1;
};

class Words {
 public:
  static Result<Words> read(std::string_view words_tsv, std::string_view units_tsv);

  // `text` narrow. Whether it is a word of that kind, as a whole.
  bool is(std::string_view kind, std::u32string_view text) const;
  // How long the longest word of that kind is with which the text begins or ends; 0 where it does with none.
  std::size_t at_begin(std::string_view kind, std::u32string_view text) const;
  std::size_t at_end(std::string_view kind, std::u32string_view text) const;
  // Kinds that begin so ("times:").
  std::vector<std::string> kinds(std::string_view prefix) const;

  // Null where nobody knows it.
  const Unit* unit(std::u32string_view name) const;
  const Unit* unit(std::string_view utf8) const;

 private:
  // Longest first, small letters, narrow.
  std::map<std::string, std::vector<std::u32string>, std::less<>> words_;
  std::map<std::u32string, Unit, std::less<>> units_;
};

}  // namespace anlan::sheet
