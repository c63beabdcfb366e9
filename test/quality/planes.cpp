#include "quality/planes.h"

#include <algorithm>
#include <cctype>

#include "quality/tree.h"

namespace anlan::quality {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$'; }

class Scanner {
 public:
  Scanner(std::string_view source, bool script) : source_(source), script_(script) {
    out_.code.assign(source.size(), ' ');
    for (std::size_t i = 0; i < source.size(); ++i)
      if (source[i] == '\n') out_.code[i] = '\n';
    out_.comments = out_.literals = out_.code;
  }

  // Reads source from `at` to `end` as C++ or script.
  void read(std::size_t at, std::size_t end) {
    at_ = at;
    end_ = end;
    while (at_ < end_) step();
  }

  // Everything outside the script blocks of a Vue file is literal, but for its <!-- comments -->.
  void read_vue() {
    std::size_t at = 0;
    while (at < source_.size()) {
      const std::size_t tag = std::min(source_.find("<script", at), source_.size());
      const std::size_t begin = std::min(source_.find('>', tag), source_.size());
      read_markup(at, begin);
      at = std::min(source_.find("</script>", begin), source_.size());
      read(std::min(begin + 1, at), at);
    }
  }

  Planes take() { return std::move(out_); }

 private:
  void keep(std::string& plane, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < source_.size(); ++i) plane[i] = source_[i];
  }

  void read_markup(std::size_t at, std::size_t end) {
    while (at < end) {
      const std::size_t comment = std::min(source_.find("<!--", at), end);
      keep(out_.literals, at, comment);
      at = std::min(source_.find("-->", comment), end);
      keep(out_.comments, comment, at);
    }
  }

  bool looking_at(std::string_view text) const { return source_.substr(at_, text.size()) == text; }

  void step() {
    const char c = source_[at_];
    if (looking_at("//")) return comment("\n", 0);
    if (looking_at("/*")) return comment("*/", 2);
    if (c == '"' && !script_ && at_ > 0 && source_[at_ - 1] == 'R') return raw_string();
    if (c == '"' || (c == '\'' && !is_digit_separator())) return quoted(c);
    if (script_ && c == '`') return template_literal();
    if (script_ && c == '/' && may_begin_regex()) return regex();
    out_.code[at_] = c;
    ++at_;
  }

  void comment(std::string_view closing, std::size_t length) {
    const std::size_t found = std::min(source_.find(closing, at_ + 2), end_);
    const std::size_t to = std::min(found + length, end_);
    keep(out_.comments, at_, to);
    at_ = to;
  }

  void literal(std::size_t to) {  // from the quote at at_ to the closing quote at `to`
    out_.code[at_] = source_[at_];
    if (to < end_) out_.code[to] = source_[to];
    keep(out_.literals, at_ + 1, to);
    at_ = to + 1;
  }

  void quoted(char quote) {
    std::size_t to = at_ + 1;
    while (to < end_ && source_[to] != quote && source_[to] != '\n') to += source_[to] == '\\' ? 2 : 1;
    literal(std::min(to, end_));
  }

  void raw_string() {
    const std::size_t open = std::min(source_.find('(', at_), end_ - 1);
    const std::string closing = ")" + std::string(source_.substr(at_ + 1, open - at_ - 1)) + "\"";
    literal(std::min(source_.find(closing, open), end_ - closing.size()) + closing.size() - 1);
  }

  void template_literal() {
    out_.code[at_++] = '`';
    while (at_ < end_ && source_[at_] != '`') {
      if (looking_at("${")) {
        substitution();
      } else {
        const std::size_t next = at_ + (source_[at_] == '\\' ? 2 : 1);
        keep(out_.literals, at_, next);
        at_ = next;
      }
    }
    if (at_ < end_) out_.code[at_++] = '`';
  }

  void substitution() {
    out_.code[at_] = '$';
    out_.code[at_ + 1] = '{';
    at_ += 2;
    for (int depth = 1; at_ < end_;) {
      depth += source_[at_] == '{' ? 1 : source_[at_] == '}' ? -1 : 0;
      step();
      if (depth == 0) return;
    }
  }

  void regex() {
    std::size_t to = at_ + 1;
    for (bool in_class = false; to < end_ && source_[to] != '\n' && (in_class || source_[to] != '/'); ++to) {
      if (source_[to] == '\\')
        ++to;
      else if (source_[to] == '[')
        in_class = true;
      else if (source_[to] == ']')
        in_class = false;
    }
    literal(std::min(to, end_));
  }

  // 1'000'000
  bool is_digit_separator() const {
    std::size_t from = at_;
    while (from > 0 && (is_word(source_[from - 1]) || source_[from - 1] == '\'')) --from;
    return !script_ && from < at_ && std::isdigit(static_cast<unsigned char>(source_[from]));
  }

  bool may_begin_regex() const {
    std::size_t last = at_;
    while (last > 0 && std::isspace(static_cast<unsigned char>(out_.code[last - 1]))) --last;
    if (last == 0) return true;
    if (!is_word(out_.code[last - 1]))
      return std::string_view(")]}\"'`").find(out_.code[last - 1]) == std::string_view::npos;
    return std::string_view(out_.code).substr(0, last).ends_with("return");
  }

  std::string_view source_;
  bool script_;
  std::size_t at_ = 0, end_ = 0;
  Planes out_;
};

}  // namespace

Planes take_apart(std::string_view path, std::string_view source) {
  Scanner scanner(source, is_script(path));
  if (path.ends_with(".vue")) {
    scanner.read_vue();
  } else {
    scanner.read(0, source.size());
  }
  return scanner.take();
}

}  // namespace anlan::quality
