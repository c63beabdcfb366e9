#pragma once
// The simple values of a CAP alert. Where the schema collapses white space the text is taken with it.

#include <optional>
#include <string>
#include <string_view>

#include "base/geometry.h"
#include "base/time.h"
#include "codec/cap/alert.h"

namespace anlan::cap {

// Without the white space of XML at its ends.
std::string_view trimmed(std::string_view);
// The next word, removed from the front; empty at the end.
std::string_view next_word(std::string_view& text);

// XML Schema Part 2, 3.2.7 dateTime.
bool is_date_time(std::string_view);
// The narrower form of CAP 1.2: no fraction, an offset and never Z.
bool is_cap12_date_time(std::string_view);
bool has_offset(std::string_view date_time);
// The moment that a dateTime names; none where it has no offset or its year has not four digits.
std::optional<Instant> moment(std::string_view date_time);

// XML Schema Part 2: 3.3.3 language, 3.2.17 anyURI (as libxml2 reads it), 3.3.13 integer, 3.2.3 decimal.
bool is_language(std::string_view);
bool is_uri(std::string_view);
bool is_integer(std::string_view);
bool is_decimal(std::string_view);

// The number that an integer or decimal names; none where it does not fit.
std::optional<std::int64_t> integer(std::string_view);
std::optional<double> decimal(std::string_view);

// A shape or the reason why it is none: a code of data/text/cap.*.toml and the piece at fault.
template <class T>
struct Shape {
  T value;
  std::string fault, piece;
};

// CAP 1.2 section 3.2.4: "lat,lon lat,lon …", at least four, the last as the first.
Shape<Ring> polygon(std::string_view);
// CAP 1.2 section 3.2.4: "lat,lon radius", the radius in kilometres.
Shape<Circle> circle(std::string_view);

}  // namespace anlan::cap
