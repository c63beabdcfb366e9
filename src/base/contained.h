#pragma once
// Texts found by what they contain, in whatever script. Chinese has no blanks between its words, and most of them have
// two characters; so a text bears a mark for each two neighbours, and what contains a word bears all marks of the word.
// The reverse does not hold: 火灾 and 灾情 stand in 灾情…火灾 too. Who finds by marks looks at the text again.

#include <string>
#include <string_view>
#include <vector>

namespace anlan {

// As texts are compared: Latin capitals small, full-width forms (Ａ, ７, blank U+3000) as the usual ones.
std::string folded(std::string_view utf8);

// The words that somebody looks for, folded, parted by blanks. A text is found where it contains each of them.
std::vector<std::string> sought_words(std::string_view utf8);

// Of a folded text, sorted, each once. A mark is a word of a–f and 0–9: four digits for each of the two UTF-16 units,
// and for the last before a blank or a line's end the four of it alone.
std::vector<std::string> pair_marks(std::string_view folded);

// What a text bears that contains this folded word without blanks. For a single character `XXXX*`: any mark that begins
// so.
std::vector<std::string> marks_of_word(std::string_view folded);

}  // namespace anlan
