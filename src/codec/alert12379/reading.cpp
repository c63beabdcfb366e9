#include "codec/alert12379/reading.h"

#include <algorithm>
#include <iterator>

#include "codec/alert12379/take.h"

namespace anlan::alert12379 {
namespace {

using cap::Error;
using cap::ErrorClass;

bool breaks(const Error& error) { return error.kind != ErrorClass::kMeaning; }

bool is_before(const Error& a, const Error& b) { return std::pair(!breaks(a), a.line) < std::pair(!breaks(b), b.line); }

}  // namespace

Reading read(std::string_view bytes, std::size_t limit) {
  Reading reading;
  if (bytes.size() > limit) {
    cap::report(reading.errors,
                {"too_large", ErrorClass::kForm, 0, "", std::to_string(bytes.size()), std::to_string(limit)});
    return reading;
  }
  cap::Document document = cap::parse(bytes);
  reading.well_formed = document.well_formed;
  const bool is_ours = document.is_alert && document.root_namespace.empty();
  if (!document.root.name.empty() && !is_ours) {
    reading.kind = cap::Kind::kForeign;
    const std::string name = cap::clipped(document.root.name);
    cap::report(reading.errors,
                {"foreign_12379", ErrorClass::kForm, document.root.line, name,
                 document.root_namespace.empty() ? name : '{' + document.root_namespace + '}' + name, "alert"});
  }
  std::ranges::move(document.errors, std::back_inserter(reading.errors));
  if (!is_ours) return reading;
  std::vector<Error> found;
  reading.alert = take_alert(document.root, found);
  if (!document.well_formed) return reading;  // what is missing is missing because the reading stopped
  std::ranges::move(found, std::back_inserter(reading.errors));
  std::ranges::stable_sort(reading.errors, is_before);
  if (std::ranges::none_of(reading.errors, breaks)) reading.kind = cap::Kind::kValid;
  return reading;
}

}  // namespace anlan::alert12379
