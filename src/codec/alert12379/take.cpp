#include "codec/alert12379/take.h"

#include <algorithm>
#include <span>

#include "codec/alert12379/values.h"

namespace anlan::alert12379 {
namespace {

using cap::Element;
using cap::ErrorClass;
using cap::Place;
using Errors = std::vector<cap::Error>;

enum class Need { kMust, kShould, kMay };  // an error, a doubt, nothing where it is missing
enum class Times { kOne, kAny };

template <class T>
struct Rule {
  std::string_view name;
  Need need;
  Times times;
  void (*take)(const Place&, T&, Errors&);
};

void add(Errors& errors, const Place& place, ErrorClass kind, std::string_view code, std::string_view value,
         std::string expected = {}) {
  cap::report(errors,
              {std::string(code), kind, place.element.line, place.path(), cap::clipped(value), std::move(expected)});
}

void doubt(Errors& errors, const Place& place, std::string_view code, std::string_view value,
           std::string expected = {}) {
  add(errors, place, ErrorClass::kMeaning, code, value, std::move(expected));
}

std::string_view text_of(const Place& place, Errors& errors) {
  for (const Element& child : place.element.children)
    add(errors, {child, &place}, ErrorClass::kSchema, "child_in_text", child.name);
  return cap::trimmed(place.element.text);
}

bool is_empty(const Element& element) { return element.children.empty() && cap::trimmed(element.text).empty(); }

template <class T, std::string T::*Member>
void text(const Place& place, T& out, Errors& errors) {
  out.*Member = text_of(place, errors);
}

using Words = std::span<const std::string_view>;

void check_word(const Place& place, Words words, ErrorClass kind, Errors& errors) {
  const std::string_view found = cap::trimmed(place.element.text);
  if (std::ranges::find(words, found) != words.end()) return;
  std::string expected;
  for (const std::string_view word : words) expected.append(expected.empty() ? "" : ", ").append(word);
  add(errors, place, kind, "word", found, std::move(expected));
}

template <class T, std::string T::*Member, const auto& List, ErrorClass Kind>
void word(const Place& place, T& out, Errors& errors) {
  text<T, Member>(place, out, errors);
  check_word(place, List, Kind, errors);
}

template <class T, std::optional<Instant> T::*Member>
void moment(const Place& place, T& out, Errors& errors) {
  const std::string_view found = text_of(place, errors);
  out.*Member = time(found);
  if (!(out.*Member)) add(errors, place, ErrorClass::kStandard, "time_12379", found);
}

// A group of elements in any order; of one that may stand once the first counts.
template <class T>
T group(const Place& place, std::span<const Rule<T>> rules, Errors& errors) {
  T out;
  std::vector<int> seen(rules.size()), filled(rules.size());
  for (const std::string& name : place.element.attributes) doubt(errors, place, "attribute", name);
  if (place.element.text_line > 0) doubt(errors, place, "text_between", place.element.text);
  for (const Element& child : place.element.children) {
    const Place at{child, &place};
    const auto rule = std::ranges::find(rules, std::string_view(child.name), &Rule<T>::name);
    if (rule == rules.end() || child.space != cap::Space::kOther) {
      doubt(errors, at, "unknown_12379", child.name);
      continue;
    }
    const auto place_of = static_cast<std::size_t>(rule - rules.begin());
    if (++seen[place_of] > 1 && rule->times == Times::kOne) {
      add(errors, at, ErrorClass::kStandard, "repeated", child.name);
    } else if (!is_empty(child)) {
      ++filled[place_of];
      rule->take(at, out, errors);
    }
  }
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (filled[i] == 0 && rules[i].need != Need::kMay)
      add(errors, place, rules[i].need == Need::kMust ? ErrorClass::kStandard : ErrorClass::kMeaning, "missing",
          rules[i].name);
  return out;
}

constexpr std::string_view kStatus[] = {"Actual", "Exercise", "Test", "Draft"};
constexpr std::string_view kMsgType[] = {"Alert", "Update", "Cancel", "Ack", "Error"};
constexpr std::string_view kScope[] = {"Public", "Restricted", "Private"};
constexpr std::string_view kSecurity[] = {"None", "Inner"};
constexpr std::string_view kUrgency[] = {"Immediate", "Expected", "Future", "Past", "Unknown"};
constexpr std::string_view kSeverity[] = {"Red", "Orange", "Yellow", "Blue", "Unknown"};
constexpr std::string_view kCertainty[] = {"Observed", "VeryLikely", "Likely", "Possible", "Unlikely", "Unknown"};

constexpr Rule<Method> kMethod[] = {{"methodName", Need::kShould, Times::kOne, text<Method, &Method::method_name>},
                                    {"message", Need::kMay, Times::kOne, text<Method, &Method::message>},
                                    {"audienceGrp", Need::kMay, Times::kOne, text<Method, &Method::audience_group>},
                                    {"audenceprt", Need::kMay, Times::kOne, text<Method, &Method::audience>},
                                    {"audiencePrt", Need::kMay, Times::kOne, text<Method, &Method::audience>}};

// The list of methods, before it becomes that of the alert.
struct Code {
  std::vector<Method> methods;
};

void method(const Place& place, Code& out, Errors& errors) {
  out.methods.push_back(group<Method>(place, kMethod, errors));
}

constexpr Rule<Code> kCode[] = {{"method", Need::kShould, Times::kAny, method}};

void code(const Place& place, Alert& out, Errors& errors) { out.code = group<Code>(place, kCode, errors).methods; }

void size(const Place& place, Resource& out, Errors& errors) {
  out.size = cap::integer(text_of(place, errors));
  if (!out.size || *out.size < 0) doubt(errors, place, "size", place.element.text);
}

constexpr Rule<Resource> kResource[] = {
    {"resourceDesc", Need::kShould, Times::kOne, text<Resource, &Resource::resource_desc>},
    {"size", Need::kShould, Times::kOne, size},
    {"digest", Need::kMay, Times::kOne, text<Resource, &Resource::digest>}};

void polygon(const Place& place, Area& out, Errors& errors) {
  auto shape = points(text_of(place, errors));
  if (!shape.fault.empty()) return add(errors, place, ErrorClass::kStandard, shape.fault, shape.piece);
  auto& list = shape.value.front() == shape.value.back() ? out.polygon : out.line;
  list.push_back(std::move(shape.value));
}

void circle_of(const Place& place, Area& out, Errors& errors) {
  const auto shape = circle(text_of(place, errors));
  if (!shape.fault.empty()) return add(errors, place, ErrorClass::kStandard, shape.fault, shape.piece);
  out.circle.push_back(shape.value);
}

void geocode(const Place& place, Area& out, Errors& errors) {
  auto list = divisions(text_of(place, errors));
  if (!list.fault.empty()) return add(errors, place, ErrorClass::kStandard, list.fault, list.piece);
  out.geocode = std::move(list.value);
}

constexpr Rule<Area> kArea[] = {{"areaDesc", Need::kShould, Times::kOne, text<Area, &Area::area_desc>},
                                {"polygon", Need::kMay, Times::kAny, polygon},
                                {"circle", Need::kMay, Times::kAny, circle_of},
                                {"geocode", Need::kShould, Times::kOne, geocode}};

void event_type(const Place& place, Info& out, Errors& errors) {
  text<Info, &Info::event_type>(place, out, errors);
  if (!is_event_type(out.event_type)) doubt(errors, place, "event_type", out.event_type);
}

void resource(const Place& place, Info& out, Errors& errors) {
  out.resource.push_back(group<Resource>(place, kResource, errors));
}

void area(const Place& place, Info& out, Errors& errors) { out.area.push_back(group<Area>(place, kArea, errors)); }

constexpr Rule<Info> kInfo[] = {
    {"language", Need::kMay, Times::kOne, text<Info, &Info::language>},
    {"eventType", Need::kMust, Times::kOne, event_type},
    {"urgency", Need::kShould, Times::kOne, word<Info, &Info::urgency, kUrgency, ErrorClass::kMeaning>},
    {"severity", Need::kMust, Times::kOne, word<Info, &Info::severity, kSeverity, ErrorClass::kStandard>},
    {"certainty", Need::kShould, Times::kOne, word<Info, &Info::certainty, kCertainty, ErrorClass::kMeaning>},
    {"effective", Need::kShould, Times::kOne, moment<Info, &Info::effective>},
    {"onset", Need::kMay, Times::kOne, moment<Info, &Info::onset>},
    {"expires", Need::kMay, Times::kOne, moment<Info, &Info::expires>},
    {"senderName", Need::kShould, Times::kOne, text<Info, &Info::sender_name>},
    {"headline", Need::kShould, Times::kOne, text<Info, &Info::headline>},
    {"description", Need::kShould, Times::kOne, text<Info, &Info::description>},
    {"instruction", Need::kMay, Times::kOne, text<Info, &Info::instruction>},
    {"web", Need::kMay, Times::kOne, text<Info, &Info::web>},
    {"resource", Need::kMay, Times::kAny, resource},
    {"area", Need::kMay, Times::kAny, area}};

bool is_place(const Area& a) {
  return !a.polygon.empty() || !a.line.empty() || !a.circle.empty() || !a.geocode.empty();
}

void info(const Place& place, Alert& out, Errors& errors) {
  const Info& taken = out.info.emplace_back(group<Info>(place, kInfo, errors));
  if (taken.headline.empty() && taken.description.empty())
    add(errors, place, ErrorClass::kStandard, "missing", "headline");
  if (std::ranges::none_of(taken.area, is_place)) doubt(errors, place, "area_none", "");
}

void identifier_of(const Place& place, Alert& out, Errors& errors) {
  text<Alert, &Alert::identifier>(place, out, errors);
  if (!identifier(out.identifier)) doubt(errors, place, "identifier_12379", out.identifier);
}

constexpr Rule<Alert> kAlert[] = {
    {"identifier", Need::kMust, Times::kOne, identifier_of},
    {"sender", Need::kMust, Times::kOne, text<Alert, &Alert::sender>},
    {"senderCode", Need::kShould, Times::kOne, text<Alert, &Alert::sender_code>},
    {"sendTime", Need::kMust, Times::kOne, moment<Alert, &Alert::send_time>},
    {"status", Need::kMust, Times::kOne, word<Alert, &Alert::status, kStatus, ErrorClass::kStandard>},
    {"msgType", Need::kMust, Times::kOne, word<Alert, &Alert::msg_type, kMsgType, ErrorClass::kStandard>},
    {"scope", Need::kShould, Times::kOne, word<Alert, &Alert::scope, kScope, ErrorClass::kStandard>},
    {"code", Need::kShould, Times::kOne, code},
    {"secClassification", Need::kMay, Times::kOne,
     word<Alert, &Alert::sec_classification, kSecurity, ErrorClass::kMeaning>},
    {"note", Need::kMay, Times::kOne, text<Alert, &Alert::note>},
    {"references", Need::kMay, Times::kOne, text<Alert, &Alert::references>},
    {"info", Need::kMust, Times::kAny, info}};

}  // namespace

Alert take_alert(const Element& element, Errors& errors) {
  const Place place{element};
  Alert alert = group<Alert>(place, kAlert, errors);
  const bool changes = alert.msg_type != "Alert" && std::ranges::find(kMsgType, alert.msg_type) != std::end(kMsgType);
  if (changes && alert.references.empty()) doubt(errors, place, "references_missing", alert.msg_type);
  return alert;
}

}  // namespace anlan::alert12379
