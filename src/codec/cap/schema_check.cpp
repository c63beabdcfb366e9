#include <algorithm>

#include "codec/cap/schema.h"
#include "codec/cap/values.h"

namespace anlan::cap {
namespace {

// Walks the alert beside the table of the standard (schema.cpp) and goes on after an error, as far as the order can be
// followed again.
class SchemaCheck {
 public:
  SchemaCheck(Space space, std::vector<Error>& errors) : space_(space), errors_(errors) {}

  void group(const Place& place, std::span<const Rule> rules) {
    const Element& element = place.element;
    attributes(place);
    if (element.text_line > 0) add("text_between", element.text_line, place.path(), clipped(element.text), "");
    const std::vector<const Rule*> sequence = of_version(rules);
    order(place, sequence);
    for (const Element& child : element.children)
      if (const Rule* rule = find(sequence, child)) value({child, &place}, *rule);
  }

 private:
  bool is_12() const { return space_ == Space::kCap12; }

  void add(std::string code, int line, std::string path, std::string value, std::string expected) {
    report(errors_,
           {std::move(code), ErrorClass::kSchema, line, std::move(path), std::move(value), std::move(expected)});
  }

  std::vector<const Rule*> of_version(std::span<const Rule> rules) const {
    std::vector<const Rule*> found;
    for (const Rule& rule : rules)
      if (rule.only == Only::kBoth || (rule.only == Only::k12) == is_12()) found.push_back(&rule);
    return found;
  }

  const Rule* find(const std::vector<const Rule*>& sequence, const Element& child) const {
    const auto at = position(sequence, child);
    return at < sequence.size() ? sequence[at] : nullptr;
  }

  std::size_t position(const std::vector<const Rule*>& sequence, const Element& child) const {
    if (child.space != space_) return sequence.size();
    const auto found = std::find_if(sequence.begin(), sequence.end(), [&](auto* r) { return r->name == child.name; });
    return static_cast<std::size_t>(found - sequence.begin());
  }

  // Every child in the place its rule gives it. A late one is reported where it stands, and does not make those before
  // it missing. CAP 1.2 ends an alert with any elements of the XML signature namespace, whose inside is their own.
  void order(const Place& place, const std::vector<const Rule*>& sequence) {
    std::vector<int> count(sequence.size());
    std::vector<int> passed(sequence.size() + 1);  // line of the first child that stands behind this position
    std::size_t reached = 0;
    const bool may_be_signed = is_12() && !place.parent;
    const auto& children = place.element.children;
    std::size_t last_own = 0;  // one behind the last child that has a rule
    for (std::size_t i = 0; i < children.size(); ++i)
      if (find(sequence, children[i])) last_own = i + 1;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const Element& child = children[i];
      const Place at{child, &place};
      if (may_be_signed && child.space == Space::kSignature) {
        if (i < last_own) add("signature_place", child.line, at.path(), child.name, "");
        continue;
      }
      const std::size_t rule = position(sequence, child);
      if (rule == sequence.size()) {
        add(child.space == space_ ? "unexpected" : "foreign_element", child.line, at.path(), clipped(child.name),
            allowed(sequence, reached, count));
        continue;
      }
      const bool single = sequence[rule]->occurs == Occurs::kOne || sequence[rule]->occurs == Occurs::kOptional;
      if (++count[rule] > 1 && single)
        add("repeated", child.line, at.path(), child.name, "");
      else if (rule < reached)
        add("order", child.line, at.path(), child.name, std::string(first_behind(sequence, count, rule)));
      for (; reached < rule; ++reached) passed[reached] = child.line;
    }
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      const bool needed = sequence[i]->occurs == Occurs::kOne || sequence[i]->occurs == Occurs::kSome;
      if (needed && count[i] == 0)
        add("missing", passed[i] > 0 ? passed[i] : place.element.line, below(place, sequence[i]->name),
            std::string(sequence[i]->name), i < reached ? std::string(first_behind(sequence, count, i)) : "");
    }
  }

  // The first element behind `rule` in the sequence that is there.
  static std::string_view first_behind(const std::vector<const Rule*>& sequence, const std::vector<int>& count,
                                       std::size_t rule) {
    while (++rule < sequence.size())
      if (count[rule] > 0) return sequence[rule]->name;
    return {};
  }

  static std::string allowed(const std::vector<const Rule*>& sequence, std::size_t from,
                             const std::vector<int>& count) {
    std::string names;
    for (std::size_t i = from; i < sequence.size(); ++i) {
      const bool single = sequence[i]->occurs == Occurs::kOne || sequence[i]->occurs == Occurs::kOptional;
      if (single && count[i] > 0) continue;
      if (!names.empty()) names += ", ";
      names += sequence[i]->name;
    }
    return names;
  }

  static std::string below(const Place& place, std::string_view name) {
    return place.parent ? place.path() + '/' + std::string(name) : std::string(name);
  }

  void attributes(const Place& place) {
    for (const std::string& name : place.element.attributes)
      add("attribute", place.element.line, place.path(), clipped(name), "");
  }

  void value(const Place& place, const Rule& rule) {
    if (rule.type == ValueType::kGroup) return group(place, rule.group);
    attributes(place);
    const Element& element = place.element;
    for (const Element& child : element.children)
      add("child_in_text", child.line, Place{child, &place}.path(), clipped(child.name), "");
    if (!element.children.empty()) return;
    std::string expected;
    if (const std::string_view code = fault(element.text, rule, expected); !code.empty())
      add(std::string(code), element.line, place.path(), clipped(element.text), std::move(expected));
  }

  // The code of the error in a simple value, empty where there is none.
  std::string_view fault(const std::string& text, const Rule& rule, std::string& expected) const {
    switch (rule.type) {
      case ValueType::kDateTime:
        if (is_12()) return is_cap12_date_time(text) ? "" : "date_time";
        return is_date_time(text) ? "" : "date_time_11";
      case ValueType::kLanguage:  // an empty one takes the schema's default
        return text.empty() || is_language(text) ? "" : "language";
      case ValueType::kUri:
        return is_uri(text) ? "" : "uri";
      case ValueType::kInteger:
        return is_integer(text) ? "" : "integer";
      case ValueType::kDecimal:
        return is_decimal(text) ? "" : "decimal";
      case ValueType::kWord:
        if (std::find(rule.words.begin(), rule.words.end(), text) != rule.words.end()) return "";
        for (const std::string_view word : rule.words) expected.append(expected.empty() ? "" : ", ").append(word);
        return "word";
      default:
        return "";
    }
  }

  Space space_;
  std::vector<Error>& errors_;
};

}  // namespace

void check_schema(const Element& alert, std::vector<Error>& errors) {
  SchemaCheck(alert.space, errors).group({alert}, alert_rules());
}

}  // namespace anlan::cap
