#include "codec/cap/standard.h"

#include <algorithm>

#include "codec/cap/values.h"

namespace anlan::cap {
namespace {

using Errors = std::vector<Error>;

void add(Errors& errors, const Place& place, ErrorClass kind, std::string code, std::string_view value,
         std::string expected = {}) {
  report(errors, {std::move(code), kind, place.element.line, place.path(), clipped(value), std::move(expected)});
}

// Null where there is none; the first of several.
const Element* child(const Element& parent, std::string_view name) {
  for (const Element& element : parent.children)
    if (element.space == parent.space && element.name == name) return &element;
  return nullptr;
}

std::string_view text_of(const Element& parent, std::string_view name) {
  const Element* element = child(parent, name);
  return element ? trimmed(element->text) : std::string_view();
}

// 3.2.1 identifier, sender: "MUST NOT include spaces, commas or restricted characters (< and &)".
// CAP 1.2 §3.2.1: identifiers have no spaces, commas, < and &.
bool is_name(std::string_view text) { return !text.empty() && text.find_first_of(" \t\r\n,<&") == text.npos; }

// §3.2.1 identifier, sender.
void check_name(const Place& place, Errors& errors) {
  if (!is_name(place.element.text))
    add(errors, place, ErrorClass::kStandard, place.element.text.empty() ? "empty" : "name_characters",
        place.element.text);
}

// 3.2.1 references: "in the form sender,identifier,sent", separated by white space.
void check_references(const Place& place, Errors& errors) {
  std::string_view rest = place.element.text;
  if (trimmed(rest).empty()) return add(errors, place, ErrorClass::kMeaning, "references_empty", "");
  for (std::string_view word; !(word = next_word(rest)).empty();) {
    const std::size_t first = word.find(','), second = word.find(',', first == word.npos ? first : first + 1);
    const bool good = second != word.npos && is_name(word.substr(0, first)) &&
                      is_name(word.substr(first + 1, second - first - 1)) && is_date_time(word.substr(second + 1));
    if (!good) add(errors, place, ErrorClass::kStandard, "reference", word);
  }
}

// §3.2.4: closed, on the globe.
void check_polygon(const Place& place, Errors& errors) {
  if (const auto shape = polygon(place.element.text); !shape.fault.empty())
    add(errors, place, ErrorClass::kStandard, shape.fault, shape.piece);
}

// §3.2.4: centre on the globe, a radius that is not negative.
void check_circle(const Place& place, Errors& errors) {
  if (const auto shape = circle(place.element.text); !shape.fault.empty())
    add(errors, place, ErrorClass::kStandard, shape.fault, shape.piece);
}

// 3.2.3 digest: SHA-1, written as forty hexadecimal digits.
void check_digest(const Place& place, Errors& errors) {
  const std::string_view digits = trimmed(place.element.text);
  if (digits.size() != 40 || digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos)
    add(errors, place, ErrorClass::kMeaning, "digest", digits);
}

void check_size(const Place& place, Errors& errors) {
  const auto size = integer(place.element.text);
  if (is_integer(place.element.text) && (!size || *size < 0))
    add(errors, place, ErrorClass::kMeaning, "size", place.element.text);
}

// A decimal by the schema of 1.2, any text in 1.1.
void check_height(const Place& place, Errors& errors) {
  if (place.element.space == Space::kCap11 && !decimal(place.element.text))
    add(errors, place, ErrorClass::kMeaning, "height", place.element.text);
}

void check_time(const Place& place, Errors& errors) {
  if (is_date_time(place.element.text) && !has_offset(place.element.text))
    add(errors, place, ErrorClass::kMeaning, "no_offset", place.element.text);
}

// What is looked at by element, wherever it stands.
struct Check {
  std::string_view element;
  void (*check)(const Place&, Errors&);
};

constexpr Check kChecks[] = {
    {"identifier", check_name}, {"sender", check_name},     {"sent", check_time},     {"references", check_references},
    {"effective", check_time},  {"onset", check_time},      {"expires", check_time},  {"size", check_size},
    {"digest", check_digest},   {"polygon", check_polygon}, {"circle", check_circle}, {"altitude", check_height},
    {"ceiling", check_height},
};

// Those of the elements alert, info, resource and area that CAP itself names, wherever they stand.
void check_below(const Place& place, Errors& errors) {
  for (const Element& element : place.element.children) {
    if (element.space != place.element.space) continue;
    const Place at{element, &place};
    if (!element.children.empty()) {
      check_below(at, errors);
      continue;
    }
    for (const Check& check : kChecks)
      if (check.element == element.name) check.check(at, errors);
  }
}

// 3.2.1: restriction is used when scope is Restricted, addresses are required when it is Private.
// §3.2.1: Restricted wants a restriction, Private wants addresses.
void check_scope(const Place& alert, Errors& errors) {
  const Element* scope = child(alert.element, "scope");
  if (!scope) return;
  const std::string_view value = trimmed(scope->text);
  const std::string_view needed = value == "Restricted" ? "restriction" : value == "Private" ? "addresses" : "";
  if (!needed.empty() && text_of(alert.element, needed).empty())
    add(errors, {*scope, &alert}, ErrorClass::kMeaning, "scope_alone", value, std::string(needed));
}

// §3.2.1: what updates, cancels or answers must refer to something.
void check_message_type(const Place& alert, Errors& errors) {
  const Element* type = child(alert.element, "msgType");
  if (!type || child(alert.element, "references")) return;
  const std::string_view value = trimmed(type->text);
  if (value == "Update" || value == "Cancel" || value == "Ack" || value == "Error")
    add(errors, {*type, &alert}, ErrorClass::kMeaning, "references_missing", value);
}

// An alert that ends before it was sent, or before what it tells of begins.
void check_expires(const Place& alert, const Element& info, Errors& errors) {
  const Element* expires = child(info, "expires");
  const auto end = expires ? moment(expires->text) : std::nullopt;
  if (!end) return;
  for (const auto& [parent, name] : {std::pair{&alert.element, "sent"}, {&info, "effective"}, {&info, "onset"}}) {
    const std::string_view other = text_of(*parent, name);
    if (const auto begin = moment(other); begin && *end < *begin) {
      const Place at{info, &alert};
      add(errors, {*expires, &at}, ErrorClass::kMeaning, "expires_early", expires->text,
          std::string(name) + ' ' + std::string(other));
    }
  }
}

}  // namespace

void check_standard(const Element& alert, Errors& errors) {
  const Place place{alert};
  check_below(place, errors);
  check_scope(place, errors);
  check_message_type(place, errors);
  for (const Element& info : alert.children)
    if (info.space == alert.space && info.name == "info") check_expires(place, info, errors);
}

}  // namespace anlan::cap
