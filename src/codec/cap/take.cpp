#include "codec/cap/take.h"

#include "codec/cap/values.h"

namespace anlan::cap {
namespace {

// Each says whether the element held a value of the type.
// From here on the alert was found valid: what cannot be read is left out and no fault.
bool take(const Element& element, std::string& out) {
  if (!element.children.empty()) return false;
  out = trimmed(element.text);
  return true;
}

bool take(const Element& element, std::int64_t& out) {
  const auto value = integer(element.text);
  if (value) out = *value;
  return value.has_value();
}

bool take(const Element& element, double& out) {
  const auto value = decimal(element.text);
  if (value) out = *value;
  return value.has_value();
}

bool take(const Element& element, Ring& out) {
  auto shape = polygon(element.text);
  out = std::move(shape.value);
  return shape.fault.empty();
}

bool take(const Element& element, Circle& out) {
  auto shape = circle(element.text);
  out = shape.value;
  return shape.fault.empty();
}

template <Described T>
bool take(const Element& element, T& out);

void put(const Element& element, std::string& out) {
  if (out.empty()) take(element, out);
}

void put(const Element&, bool&) {}

template <class T>
void put(const Element& element, std::optional<T>& out) {
  T value{};
  if (!out && take(element, value)) out = std::move(value);
}

template <class T>
void put(const Element& element, std::vector<T>& out) {
  T value{};
  if (take(element, value)) out.push_back(std::move(value));
}

template <Described T>
bool take(const Element& element, T& out) {
  for (const Element& child : element.children) {
    if (child.space != element.space) continue;
    each_field<T>([&](const auto& f) {
      if (f.name == child.name) put(child, out.*f.member);
    });
  }
  return true;
}

}  // namespace

// Only for an alert that check_schema has let pass.
Alert take_alert(const Element& element) {
  Alert alert;
  take(element, alert);
  alert.version = element.space == Space::kCap12 ? "1.2" : "1.1";
  for (const Element& child : element.children)
    if (child.space == Space::kSignature && child.name == "Signature") alert.signature = true;
  return alert;
}

}  // namespace anlan::cap
