#include <algorithm>

#include "codec/cap/reading.h"

namespace anlan::cap {
namespace {

// A line names so many errors at most, and counts the rest.
constexpr std::size_t kSentences = 20;

// One pass, so that a value that looks like a placeholder stays as it is.
std::string filled(std::string_view text, const Error& error) {
  const std::string line = std::to_string(error.line);
  const std::pair<std::string_view, std::string_view> values[] = {
      {"{element}", error.element}, {"{value}", error.value}, {"{line}", line}, {"{expected}", error.expected}};
  std::string out;
  while (!text.empty()) {
    const auto match =
        std::find_if(std::begin(values), std::end(values), [&](const auto& v) { return text.starts_with(v.first); });
    out += match == std::end(values) ? text.substr(0, 1) : match->second;
    text.remove_prefix(match == std::end(values) ? 1 : match->first.size());
  }
  return out;
}

}  // namespace

std::string_view word(Kind kind) {
  switch (kind) {
    case Kind::kValid:
      return "valid";
    case Kind::kForeign:
      return "foreign";
    case Kind::kInvalid:
      break;
  }
  return "invalid";
}

std::string sentence(const Error& error, const Texts& texts) { return filled(texts(error.code), error); }

std::string where(const Error& error, const Texts& texts) {
  if (error.line == 0) return {};
  return filled(texts(error.element.empty() ? "where_line" : "where"), error);
}

std::string line(std::string_view file, const Reading& reading, const Texts& texts) {
  std::string out = std::string(file).append(": ").append(word(reading.kind)).append(": ");
  if (reading.errors.empty())
    return out + filled(texts("no_error"), {"", ErrorClass::kForm, 0, "", reading.alert.version, ""});
  for (std::size_t i = 0; i < std::min(reading.errors.size(), kSentences); ++i) {
    const Error& error = reading.errors[i];
    if (i > 0) out += "; ";
    out += sentence(error, texts) + where(error, texts);
  }
  if (reading.errors.size() > kSentences) {
    const std::string left = std::to_string(reading.errors.size() - kSentences);
    out += "; " + filled(texts("more"), {"", ErrorClass::kForm, 0, "", left, ""});
  }
  return out;
}

}  // namespace anlan::cap
