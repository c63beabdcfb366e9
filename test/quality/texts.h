#pragma once
// Words for people stand in data files, in Chinese and in English; code holds none.

#include "quality/tree.h"

namespace anlan::quality {

// Chinese words in the code or literals of src/ and console/src/. Comments, tests, punctuation and
// single character constants may.
Findings check_words_in_code(const Tree&);

// Text files of a language (zh-CN or en in their name or folder, .toml or .json) whose twin is missing, lacks a key,
// has an empty text or another set of {placeholders}; tables of data/ that have `zh` without `en` or the other way
// round.
Findings check_languages(const Tree&);

}  // namespace anlan::quality
