#include "quality/layers.h"

#include <algorithm>
#include <array>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

#include "quality/planes.h"

namespace anlan::quality {
namespace {

// One row of the table. A name with a slash is a header of every noun, "domain/types.h" stands for
// domain/<noun>/types.h.
struct Row {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

const std::vector<Row>& table() {
  static const std::vector<Row> rows = {
      {"base", {}},
      {"platform", {"base"}},
      {"geo", {"base"}},
      {"sheet", {"base", "platform"}},
      {"outbox", {"base", "platform"}},
      {"roads", {"base", "platform", "geo"}},
      {"domain", {"base"}},
      {"codec", {"base", "domain"}},
      {"journal", {"base", "platform"}},
      {"samples", {"base", "platform"}},
      {"state", {"base", "domain", "codec", "journal"}},
      {"contacts", {"base", "platform", "geo", "domain/types.h"}},
      {"notify", {"base", "platform", "contacts", "outbox", "domain/types.h", "journal", "state", "view"}},
      {"command", {"base", "geo", "domain", "codec", "journal", "state"}},
      {"view", {"base", "platform", "geo", "domain/types.h", "domain/facts.h", "codec", "journal", "samples", "state"}},
      {"policy", {"base", "domain", "codec", "journal", "view", "command", "state"}},
      {"document", {"base", "platform", "domain/types.h", "view"}},
      {"federation",
       {"base", "platform", "domain/types.h", "domain/facts.h", "codec", "journal", "state", "view", "command"}},
      {"edge",
       {"base", "platform", "geo", "sheet", "outbox", "domain/types.h", "domain/commands.h", "domain/facts.h", "codec",
        "command", "journal", "samples", "state", "view", "document", "federation"}},
      {"main",
       {"base", "platform", "geo", "sheet", "outbox", "roads", "contacts", "notify", "domain", "codec", "journal",
        "samples", "command", "view", "policy", "document", "state", "federation", "edge"}},
  };
  return rows;
}

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  std::istringstream in(path);
  for (std::string part; std::getline(in, part, '/');) parts.push_back(part);
  return parts;
}

struct Include {
  std::string target;  // as written
  bool quoted;
  int line;
};

std::vector<Include> includes_of(const std::string& path, const std::string& source) {
  static const std::regex kInclude("^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]");
  std::vector<Include> out;
  const std::string code = take_apart(path, source).code;
  std::istringstream in(source), code_in(code);
  std::string line, code_line;
  for (int n = 1; std::getline(in, line) && std::getline(code_in, code_line); ++n) {
    std::smatch m;
    if (code_line.find('#') != std::string::npos && std::regex_search(line, m, kInclude))
      out.push_back({m[2], m[1] == "\"", n});
  }
  return out;
}

// noun → nouns whose types.h and facts.h it may include
using Depends = std::map<std::string, std::set<std::string>>;

Depends read_depends(const Tree& tree) {
  Depends depends;
  const auto file = tree.find("src/domain/DEPENDS");
  if (file == tree.end()) return depends;
  std::istringstream in(file->second);
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(':');
    if (line.starts_with("#") || colon == std::string::npos) continue;
    std::istringstream nouns(line.substr(colon + 1));
    auto& of = depends[line.substr(0, colon)];
    for (std::string noun; nouns >> noun;) of.insert(noun);
  }
  return depends;
}

bool reaches(const Depends& depends, const std::string& from, const std::string& to, std::set<std::string>& seen) {
  const auto it = depends.find(from);
  if (it == depends.end() || !seen.insert(from).second) return false;
  return std::any_of(it->second.begin(), it->second.end(),
                     [&](const std::string& next) { return next == to || reaches(depends, next, to, seen); });
}

void check_depends(const Tree& tree, const Depends& depends, Findings& findings) {
  std::set<std::string> nouns;
  for (const auto& [path, _] : tree)
    if (is_under(path, "src/domain") && parts_of(path).size() > 3) nouns.insert(parts_of(path)[2]);
  for (const auto& [noun, others] : depends) {
    std::set<std::string> seen;
    if (reaches(depends, noun, noun, seen)) findings.push_back({"src/domain/DEPENDS", 0, noun + " depends on itself"});
    for (const auto& name : others)
      if (!nouns.contains(name)) findings.push_back({"src/domain/DEPENDS", 0, name + " is no noun"});
    if (!nouns.contains(noun)) findings.push_back({"src/domain/DEPENDS", 0, noun + " is no noun"});
  }
}

bool noun_may_include(const std::vector<std::string>& from, const std::vector<std::string>& to,
                      const Depends& depends) {
  if (to.size() < 3 || from.size() < 4 || from[2] == to[1]) return true;  // its own, or what all nouns share
  const auto listed = depends.find(from[2]);
  return (to[2] == "types.h" || to[2] == "facts.h") && listed != depends.end() && listed->second.contains(to[1]);
}

// from: src/<folder>/…; to: <folder>/…
bool may_include(const std::vector<std::string>& from, const std::vector<std::string>& to, const Depends& depends) {
  const std::string& folder = from[1];
  if (folder == "domain" && to[0] == "domain") return noun_may_include(from, to, depends);
  if (folder == "edge" && to[0] == "edge") return to.size() > 2 && from.size() > 3 && from[2] == to[1];
  if (folder == to[0]) return true;
  const auto row = std::find_if(table().begin(), table().end(), [&](const Row& r) { return r.folder == folder; });
  return std::any_of(row->may_include.begin(), row->may_include.end(), [&](std::string_view allowed) {
    return allowed == to[0] ||
           (to[0] == "domain" && (to.size() < 3 || allowed == "domain/" + to.back()) && allowed.starts_with("domain"));
  });
}

using Report = std::function<void(int, const std::string&)>;

void check_file(const Tree& tree, const std::string& path, const std::string& source, const Depends& depends,
                const Report& report) {
  const auto from = parts_of(path);
  if (std::none_of(table().begin(), table().end(), [&](const Row& r) { return r.folder == from[1]; }))
    return report(0, "src/" + from[1] + " is not in the table of folders");
  for (const Include& include : includes_of(path, source)) {
    if (!include.quoted) continue;
    if (!tree.contains("src/" + include.target)) {
      report(include.line, "\"" + include.target + "\" is not a path from src/");
    } else if (is_test(include.target) && !is_test(path)) {
      report(include.line, include.target + " is for tests");
    } else if (!may_include(from, parts_of(include.target), depends)) {
      report(include.line, from[1] + " may not include " + include.target);
    }
  }
}

void check_writer(const std::string& path, const std::string& source, const Report& report) {
  static constexpr std::array kWriters = {"src/journal", "src/command", "src/main"};
  const std::string code = take_apart(path, source).code;
  const auto at = code.find("journal::Writer");
  if (at == std::string::npos || is_test(path)) return;
  if (std::any_of(kWriters.begin(), kWriters.end(), [&](const char* f) { return is_under(path, f); })) return;
  report(line_of(code, at), "only the command path writes the journal");
}

}  // namespace

Findings check_layers(const Tree& tree) {
  Findings findings;
  const Depends depends = read_depends(tree);
  check_depends(tree, depends, findings);
  for (const auto& [path, source] : tree) {
    if (!is_under(path, "src") || !is_cpp(path)) continue;
    const Report report = [&, &file = path](int line, const std::string& what) {
      findings.push_back({file, line, what});
    };
    check_file(tree, path, source, depends, report);
    check_writer(path, source, report);
  }
  return findings;
}

Findings check_ports(const Tree& tree) {
  static const std::regex kMachine(
      "(_clock::now|\\btime\\((nullptr|NULL|0)\\)|\\bgettimeofday\\b|\\bclock_gettime\\b|\\blocaltime(_r)?\\b|"
      "\\bsleep_(for|until)\\b|\\brandom_device\\b|\\bgetrandom\\b|\\bRAND_bytes\\b|\\brandombytes_\\w+|\\w+_keygen\\(|"
      "\\w+_keypair\\(|\\bfopen\\b|\\b[io]?fstream\\b|(^|[^\\w:>.])::open\\(|\\w*directory_iterator\\b|"
      "\\bfilesystem::(exists|remove|remove_all|rename|create_director\\w+|file_size|copy\\w*|last_write_time|space)"
      "\\b|"
      "\\bparse_file\\b|\\bxml(Read|Parse|CtxtRead)File\\b|\\bzip_open\\b|\\bsqlite3_open\\w*|\\bmmap\\(|"
      "\\bsocket\\(|\\bgetaddrinfo\\b|\\bpopen\\(|\\bfork\\(|\\bexec[lv]\\w*\\()");
  static const std::regex kDevice("^(boost/(asio|beast)|sqlite3\\.h|libpq|sys/|netinet/|arpa/|fcntl\\.h|unistd\\.h)");
  Findings findings;
  for (const auto& [path, source] : tree) {
    if (!is_under(path, "src") || !is_cpp(path) || is_test(path) || is_under(path, "src/platform")) continue;
    const bool standard_only = is_under(path, "src/base") || is_under(path, "src/domain");
    for (const Include& i : includes_of(path, source)) {
      if (i.quoted) continue;
      if (std::regex_search(i.target, kDevice)) findings.push_back({path, i.line, i.target + " belongs to platform"});
      if (standard_only && i.target.find_first_of("/.+") != std::string::npos)
        findings.push_back({path, i.line, i.target + " is not standard C++"});
    }
    const std::string code = take_apart(path, source).code;
    for (std::sregex_iterator m(code.begin(), code.end(), kMachine), end; m != end; ++m)
      findings.push_back(
          {path, line_of(code, static_cast<std::size_t>(m->position())), m->str() + " belongs to platform"});
  }
  return findings;
}

}  // namespace anlan::quality
