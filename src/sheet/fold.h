#pragma once
// Text as Chinese offices type it, made comparable.

#include <string>
#include <string_view>
#include <vector>

namespace anlan::sheet {

// Characters of valid UTF-8; what is none becomes U+FFFD.
std::u32string characters_of(std::string_view utf8);
std::string utf8_of(std::u32string_view);

// Full-width letters, digits and marks as ASCII has them, wide blanks as blanks; other text stays.
char32_t narrow(char32_t);
std::u32string narrow(std::string_view utf8);

// A blank, line end, tab or character without form.
bool is_blank(char32_t);
std::u32string_view trimmed(std::u32string_view);
// Printable ASCII throughout, as most cells are: what costs nothing to fold.
bool is_plain(std::string_view);

// Without blanks at its ends and without control characters.
std::string trimmed(std::string_view utf8);

// At most 60 characters of it, for who is told what is wrong with it.
std::string excerpt(std::u32string_view);
std::string excerpt(std::string_view utf8);

// Pieces between 、 ， , ； ; / and line ends, trimmed, empty ones left out.
std::vector<std::string> pieces_of(std::string_view utf8);

// A label as it is compared: narrow, small letters, without blanks, brackets with what they hold, and the marks of
// required fields ("*电 话（手机）：" and "电话" are one).
std::string comparable(std::string_view label);
// What the last brackets of a label hold ("平方米" of "面积（平方米）"); empty where there are none.
std::string in_brackets(std::string_view label);

}  // namespace anlan::sheet
