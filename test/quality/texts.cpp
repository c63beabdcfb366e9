#include "quality/texts.h"

#include <toml++/toml.h>

#include <algorithm>
#include <boost/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "quality/planes.h"

namespace anlan::quality {
namespace {

// A Chinese character begins at `at`. `text` is UTF-8.
bool is_han(std::string_view text, std::size_t at) {
  const auto a = static_cast<unsigned char>(text[at]);
  const auto b = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
  const bool basic = a >= 0xE4 && a <= 0xE9;                             // U+4000 to U+9FFF
  return basic || (a == 0xE3 && b >= 0x90) || (a == 0xF0 && b >= 0xA0);  // U+3400 on, U+20000 on
}

// Where the first Chinese word stands, npos where none does. A character constant of C++ is no word.
std::size_t find_word(const Planes& planes, bool cpp) {
  for (std::size_t i = 0; i < planes.code.size(); ++i) {
    const bool constant = cpp && i > 0 && planes.code[i - 1] == '\'';
    if (!constant && (is_han(planes.code, i) || is_han(planes.literals, i))) return i;
  }
  return std::string::npos;
}

using Texts = std::map<std::string, std::string>;  // dotted key → text

void flatten(const toml::node& node, const std::string& key, Texts& out) {
  if (const auto* table = node.as_table()) {
    for (const auto& [name, value] : *table)
      flatten(value, key + (key.empty() ? "" : ".") + std::string(name.str()), out);
  } else if (const auto* array = node.as_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) flatten((*array)[i], key + "." + std::to_string(i), out);
  } else {
    out[key] = node.value_or(std::string("?"));
  }
}

void flatten(const boost::json::value& value, const std::string& key, Texts& out) {
  if (const auto* object = value.if_object()) {
    for (const auto& [name, member] : *object) flatten(member, key + (key.empty() ? "" : ".") + std::string(name), out);
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) flatten((*array)[i], key + "." + std::to_string(i), out);
  } else {
    out[key] = value.is_string() ? std::string(value.as_string()) : "?";
  }
}

Texts read_texts(const std::string& path, const std::string& source) {
  Texts texts;
  if (path.ends_with(".toml")) {
    flatten(toml::parse(source), "", texts);
  } else {
    flatten(boost::json::parse(source), "", texts);
  }
  return texts;
}

std::set<std::string> placeholders_of(const std::string& text) {
  static const std::regex kPlaceholder("\\{\\w*\\}");
  return {std::sregex_token_iterator(text.begin(), text.end(), kPlaceholder), std::sregex_token_iterator()};
}

// The same path in the other language; empty where the path names none.
std::string twin_of(const std::string& path) {
  static const std::regex kLanguage("(^|[/._-])(zh-CN|en)(?=[/.])");
  std::smatch m;
  if (!has_suffix(path, {".toml", ".json"}) || !std::regex_search(path, m, kLanguage)) return {};
  return m.prefix().str() + m[1].str() + (m[2] == "en" ? "zh-CN" : "en") + m.suffix().str();
}

void compare(const std::string& path, const Texts& ours, const Texts& theirs, Findings& findings) {
  for (const auto& [key, text] : ours) {
    const auto other = theirs.find(key);
    if (text.empty()) findings.push_back({path, 0, key + " is empty"});
    if (other == theirs.end()) {
      findings.push_back({path, 0, key + " is missing in the other language"});
    } else if (path.find("en") != std::string::npos && placeholders_of(text) != placeholders_of(other->second)) {
      findings.push_back({path, 0, key + " has other {placeholders} in the other language"});
    }
  }
}

void check_labels(const std::string& path, const toml::node& node, Findings& findings) {
  if (const auto* array = node.as_array())
    for (const auto& element : *array) check_labels(path, element, findings);
  const auto* table = node.as_table();
  if (!table) return;
  if (table->contains("zh") != table->contains("en"))
    findings.push_back({path, static_cast<int>(table->source().begin.line), "a label in one language only"});
  for (const auto& [_, value] : *table) check_labels(path, value, findings);
}

}  // namespace

Findings check_words_in_code(const Tree& tree) {
  Findings findings;
  for (const auto& [path, source] : tree) {
    const bool is_code = is_under(path, "src") ? is_cpp(path) : is_under(path, "console/src") && is_script(path);
    if (!is_code || is_test(path)) continue;
    const std::size_t at = find_word(take_apart(path, source), is_cpp(path));
    if (at != std::string::npos) findings.push_back({path, line_of(source, at), "Chinese words in code"});
  }
  return findings;
}

Findings check_languages(const Tree& tree) {
  Findings findings;
  for (const auto& [path, source] : tree) {
    if (!is_under(path, "data") && !is_under(path, "console/src")) continue;
    const std::string twin = twin_of(path);
    const auto other = tree.find(twin);
    if (!twin.empty() && other == tree.end()) {
      findings.push_back({path, 0, twin + " is missing"});
    } else if (!twin.empty()) {
      compare(path, read_texts(path, source), read_texts(twin, other->second), findings);
    } else if (path.ends_with(".toml")) {
      check_labels(path, toml::parse(source), findings);
    }
  }
  return findings;
}

}  // namespace anlan::quality
