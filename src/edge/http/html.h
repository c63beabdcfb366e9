#pragma once
// HTML as text: everything that people wrote goes through escaped().

#include <string>
#include <string_view>

namespace anlan::edge {

// With line ends as <br>.
std::string escaped(std::string_view text);

// Names and attributes are the caller's own words, never somebody's text.
// <NAME ATTRIBUTES>INSIDE</NAME>; `inside` is HTML already.
std::string element(std::string_view name, std::string_view attributes, std::string_view inside);

// A value of a query (RFC 3986 section 2.1).
std::string percent_encoded(std::string_view text);

}  // namespace anlan::edge
