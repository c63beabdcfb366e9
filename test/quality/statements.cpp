#include "quality/statements.h"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "quality/planes.h"

namespace anlan::quality {
namespace {

// Blanks what is shown as code, so that offsets stay: `inline` within its line, fenced blocks whole.
std::string without_code(std::string text) {
  for (std::size_t at = text.find('`'); at < text.size(); at = text.find('`', at)) {
    const std::size_t after = std::min(text.find_first_not_of('`', at), text.size());
    const std::size_t closing = text.find(text.substr(at, after - at), after);
    const bool fenced = after - at >= 3;
    const bool closed = closing != std::string::npos && (fenced || closing < text.find('\n', after));
    const std::size_t to = closed ? closing + (after - at) : after;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(to), ' ');
  }
  return text;
}

bool exists(const Tree& tree, const std::string& path) {
  if (path.empty() || path == "." || tree.contains(path)) return true;
  const auto below = tree.lower_bound(path + "/");
  return below != tree.end() && below->first.starts_with(path + "/");
}

std::string resolve(const std::string& from, const std::string& link) {
  const auto base = link.starts_with('/') ? std::filesystem::path{} : std::filesystem::path(from).parent_path();
  std::string path = (base / link.substr(link.starts_with('/') ? 1 : 0)).lexically_normal().generic_string();
  if (path.ends_with('/')) path.pop_back();
  return path;
}

void find_all(const std::string& path, const std::string& text, const std::regex& pattern, const std::string& what,
              Findings& findings) {
  for (std::sregex_iterator m(text.begin(), text.end(), pattern), end; m != end; ++m)
    findings.push_back({path, line_of(text, static_cast<std::size_t>(m->position(1))), what + ": " + m->str(1)});
}

// "Suite.Name" of every test in C++, and "Suite.*" of every suite.
std::set<std::string> tests_of(const Tree& tree) {
  static const std::regex kTest("\\b(?:TYPED_)?TEST(?:_[FP])?\\(\\s*(\\w+),\\s*(\\w+)\\)");
  std::set<std::string> tests;
  for (const auto& [path, source] : tree) {
    if (!is_cpp(path) || !is_test(path)) continue;
    const std::string code = take_apart(path, source).code;
    for (std::sregex_iterator m(code.begin(), code.end(), kTest), end; m != end; ++m)
      tests.insert({m->str(1) + "." + m->str(2), m->str(1) + ".*"});
  }
  return tests;
}

}  // namespace

Findings check_links(const Tree& tree) {
  static const std::regex kLink("\\]\\(\\s*<?([^)\\s>#]+)"), kElsewhere("^[a-z][a-z0-9+.-]*:.*");
  Findings findings;
  for (const auto& [path, source] : tree) {
    if (!path.ends_with(".md")) continue;
    const std::string text = without_code(source);
    for (std::sregex_iterator m(text.begin(), text.end(), kLink), end; m != end; ++m) {
      const std::string link = m->str(1);
      if (std::regex_match(link, kElsewhere) || exists(tree, resolve(path, link))) continue;
      findings.push_back({path, line_of(text, static_cast<std::size_t>(m->position())), "a link to nothing: " + link});
    }
  }
  return findings;
}

Findings check_glossary(const Tree& tree) {
  static const std::regex kIdentifier("`([A-Za-z_][\\w.:/-]*)`"), kWord("[\\w-]+$");
  const auto glossary = tree.find("docs/glossary.md");
  if (glossary == tree.end()) return {};
  Findings findings;
  const std::string& text = glossary->second;
  for (std::sregex_iterator m(text.begin(), text.end(), kIdentifier), end; m != end; ++m) {
    const std::string identifier = m->str(1);
    std::smatch word;
    if (!std::regex_search(identifier, word, kWord)) continue;
    const std::regex whole("\\b" + word.str() + "\\b");
    const bool occurs = std::any_of(tree.begin(), tree.end(), [&](const auto& file) {
      const bool is_code =
          is_under(file.first, "src") || is_under(file.first, "console/src") || is_under(file.first, "data");
      return is_code && file.second.find(word.str()) != std::string::npos && std::regex_search(file.second, whole);
    });
    if (!occurs)
      findings.push_back({glossary->first, line_of(text, static_cast<std::size_t>(m->position())),
                          identifier + " occurs nowhere in the code"});
  }
  return findings;
}

Findings check_requirements(const Tree& tree) {
  static const std::regex kNamed("`([A-Z]\\w*\\.(?:[A-Z]\\w*|\\*)|\\w+\\.scn)`");
  const auto requirements = tree.find("docs/requirements.md");
  if (requirements == tree.end()) return {};
  const std::set<std::string> tests = tests_of(tree);
  Findings findings;
  const std::string& text = requirements->second;
  for (std::sregex_iterator m(text.begin(), text.end(), kNamed), end; m != end; ++m) {
    const std::string name = m->str(1);
    const bool there = name.ends_with(".scn") ? tree.contains("test/scenario/" + name) : tests.contains(name);
    if (there) continue;
    findings.push_back(
        {requirements->first, line_of(text, static_cast<std::size_t>(m->position())), "no such test: " + name});
  }
  return findings;
}

Findings check_places(const Tree& tree) {
  static const std::regex kPath("(?:^|[\\s\"'`(=:])(/(?:home|root|Users|work)/[\\w.-]+)"),
      kRegistry("(registry\\.(?:npmjs|npmmirror|yarnpkg)\\.\\w+|deb\\.debian\\.org|pypi\\.org)"),
      kResolved("\"(resolved)\"\\s*:\\s*\"http");
  Findings findings;
  for (const auto& [path, source] : tree) {
    find_all(path, source, kPath, "a path of one machine", findings);
    find_all(path, source, kRegistry, "a registry's host", findings);
    if (path.ends_with("package-lock.json")) find_all(path, source, kResolved, "an address in the lock file", findings);
  }
  return findings;
}

Findings check_unfinished(const Tree& tree) {
  static const std::regex kMark("\\b(TODO|FIXME|HACK)\\b");
  Findings findings;
  for (const auto& [path, source] : tree)
    if (is_cpp(path) || is_script(path))
      find_all(path, take_apart(path, source).comments, kMark, "work put off", findings);
  return findings;
}

}  // namespace anlan::quality
