#pragma once
// What somebody meant who mistyped a word.

#include <string>
#include <vector>

namespace anlan::cli {

// The one of `known` that fewest strokes lead to: letters put in, left out, changed. Empty where that is more than a
// third of the word, and more than one.
std::string nearest(const std::string& word, const std::vector<std::string>& known);

}  // namespace anlan::cli
