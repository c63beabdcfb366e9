#include "codec/cap/reading.h"

#include <algorithm>
#include <iterator>

#include "codec/cap/schema.h"
#include "codec/cap/standard.h"
#include "codec/cap/take.h"
#include "codec/cap/xml.h"

namespace anlan::cap {
namespace {

// Doubts about the meaning are told and leave the alert valid.
bool breaks(const Error& error) { return error.kind != ErrorClass::kMeaning; }

std::string qualified(const Document& document) {
  const std::string name = clipped(document.root.name);
  return document.root_namespace.empty() ? name : '{' + document.root_namespace + '}' + name;
}

void check(const Document& document, Reading& reading) {
  const Element& root = document.root;
  if (root.space != Space::kCap11 && root.space != Space::kCap12)
    return report(reading.errors, {"namespace", ErrorClass::kSchema, root.line, "alert", document.root_namespace,
                                   "urn:oasis:names:tc:emergency:cap:1.2"});
  reading.alert = take_alert(root);
  if (!document.well_formed) return;  // what is missing is missing because the reading stopped
  check_schema(root, reading.errors);
  std::vector<Error> more;
  check_standard(root, more);
  for (Error& error : more) report(reading.errors, std::move(error));
  const auto by_line = [](const Error& a, const Error& b) {
    return std::pair(!breaks(a), a.line) < std::pair(!breaks(b), b.line);
  };
  std::stable_sort(reading.errors.begin(), reading.errors.end(), by_line);
}

}  // namespace

Reading read(std::string_view bytes, std::size_t limit) {
  Reading reading;
  if (bytes.size() > limit) {
    report(reading.errors,
           {"too_large", ErrorClass::kForm, 0, "", std::to_string(bytes.size()), std::to_string(limit)});
    return reading;
  }
  Document document = parse(bytes);
  reading.well_formed = document.well_formed;
  reading.root = document.root.name;
  reading.root_namespace = document.root_namespace;
  if (!document.root.name.empty() && !document.is_alert) {
    reading.kind = Kind::kForeign;
    report(reading.errors, {"foreign_root", ErrorClass::kForm, document.root.line, clipped(document.root.name),
                            qualified(document), "alert"});
  }
  std::move(document.errors.begin(), document.errors.end(), std::back_inserter(reading.errors));
  if (!document.is_alert) return reading;
  check(document, reading);
  if (reading.well_formed && std::none_of(reading.errors.begin(), reading.errors.end(), breaks))
    reading.kind = Kind::kValid;
  return reading;
}

}  // namespace anlan::cap
