#include "codec/cap/schema.h"

namespace anlan::cap {
namespace {

using enum Occurs;
using Words = std::string_view;

constexpr Words kStatus[] = {"Actual", "Exercise", "System", "Test", "Draft"};
constexpr Words kMsgType[] = {"Alert", "Update", "Cancel", "Ack", "Error"};
constexpr Words kScope[] = {"Public", "Restricted", "Private"};
constexpr Words kCategory[] = {"Geo",    "Met", "Safety",    "Security", "Rescue", "Fire",
                               "Health", "Env", "Transport", "Infra",    "CBRNE",  "Other"};
constexpr Words kResponse11[] = {"Shelter", "Evacuate", "Prepare", "Execute", "Monitor", "Assess", "None"};
constexpr Words kResponse12[] = {"Shelter", "Evacuate", "Prepare",  "Execute", "Avoid",
                                 "Monitor", "Assess",   "AllClear", "None"};
constexpr Words kUrgency[] = {"Immediate", "Expected", "Future", "Past", "Unknown"};
constexpr Words kSeverity[] = {"Extreme", "Severe", "Moderate", "Minor", "Unknown"};
constexpr Words kCertainty[] = {"Observed", "Likely", "Possible", "Unlikely", "Unknown"};

constexpr Rule text(std::string_view name, Occurs occurs, Only only = Only::kBoth) {
  return {name, occurs, ValueType::kText, {}, {}, only};
}
constexpr Rule simple(std::string_view name, Occurs occurs, ValueType type, Only only = Only::kBoth) {
  return {name, occurs, type, {}, {}, only};
}
constexpr Rule word(std::string_view name, Occurs occurs, std::span<const Words> words, Only only = Only::kBoth) {
  return {name, occurs, ValueType::kWord, words, {}, only};
}
constexpr Rule group(std::string_view name, std::span<const Rule> rules) {
  return {name, kAny, ValueType::kGroup, {}, rules, Only::kBoth};
}

constexpr Rule kNamedValue[] = {text("valueName", kOne), text("value", kOne)};

constexpr Rule kResource[] = {text("resourceDesc", kOne),
                              text("mimeType", kOptional, Only::k11),
                              text("mimeType", kOne, Only::k12),
                              simple("size", kOptional, ValueType::kInteger),
                              simple("uri", kOptional, ValueType::kUri),
                              text("derefUri", kOptional),
                              text("digest", kOptional)};

constexpr Rule kArea[] = {text("areaDesc", kOne),
                          text("polygon", kAny),
                          text("circle", kAny),
                          group("geocode", kNamedValue),
                          text("altitude", kOptional, Only::k11),
                          text("ceiling", kOptional, Only::k11),
                          simple("altitude", kOptional, ValueType::kDecimal, Only::k12),
                          simple("ceiling", kOptional, ValueType::kDecimal, Only::k12)};

constexpr Rule kInfo[] = {simple("language", kOptional, ValueType::kLanguage),
                          word("category", kSome, kCategory),
                          text("event", kOne),
                          word("responseType", kAny, kResponse11, Only::k11),
                          word("responseType", kAny, kResponse12, Only::k12),
                          word("urgency", kOne, kUrgency),
                          word("severity", kOne, kSeverity),
                          word("certainty", kOne, kCertainty),
                          text("audience", kOptional),
                          group("eventCode", kNamedValue),
                          simple("effective", kOptional, ValueType::kDateTime),
                          simple("onset", kOptional, ValueType::kDateTime),
                          simple("expires", kOptional, ValueType::kDateTime),
                          text("senderName", kOptional),
                          text("headline", kOptional),
                          text("description", kOptional),
                          text("instruction", kOptional),
                          simple("web", kOptional, ValueType::kUri),
                          text("contact", kOptional),
                          group("parameter", kNamedValue),
                          group("resource", kResource),
                          group("area", kArea)};

constexpr Rule kAlert[] = {text("identifier", kOne),
                           text("sender", kOne),
                           simple("sent", kOne, ValueType::kDateTime),
                           word("status", kOne, kStatus),
                           word("msgType", kOne, kMsgType),
                           text("source", kOptional),
                           word("scope", kOne, kScope),
                           text("restriction", kOptional),
                           text("addresses", kOptional),
                           text("code", kAny),
                           text("note", kOptional),
                           text("references", kOptional),
                           text("incidents", kOptional),
                           group("info", kInfo)};

}  // namespace

std::span<const Rule> alert_rules() { return kAlert; }

}  // namespace anlan::cap
