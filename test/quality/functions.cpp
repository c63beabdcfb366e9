#include "quality/functions.h"

#include <regex>
#include <string>

#include "quality/tree.h"

namespace anlan::quality {
namespace {

enum class Brace { kScope, kFunction, kOther, kValue };  // kScope: namespace or class; kValue: inside an expression

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  const auto found = text.find_first_not_of(" \t\r\n", at);
  return found == std::string_view::npos ? text.size() : found;
}

std::string_view trimmed_end(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

// The text outside of parentheses, brackets and template<…>, so that what is left shows the kind of a declaration.
// A group leaves its closing mark.
std::string skeleton(std::string_view header) {
  static const std::regex kOperator("operator[^\\w\\s(]+|operator\\(\\)");
  const std::string text = std::regex_replace(std::string(header), kOperator, "operator_");
  std::string out;
  int depth = 0, angles = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (out.ends_with("template") && c == '<')
      angles = 1;
    else if (angles > 0)
      angles += c == '<' ? 1 : c == '>' ? -1 : 0;
    else if (c == '(' || c == '[')
      ++depth;
    else if (c == ')' || c == ']')
      --depth;
    if (angles == 0 && (depth == 0 || (depth == 1 && c == '(')) && !(c == ' ' && out.ends_with("template"))) out += c;
  }
  return out;
}

Brace kind_of(std::string_view header) {
  static const std::regex kScope("\\b(namespace|class|struct|union|extern)\\b"), kEnum("\\benum\\b"),
      kValue("[^=!<>]=[^=]"), kInitializers("\\)[^:()]*[^:]:[^:]");
  const std::string s = skeleton(header);
  const bool has_parameters = s.find("()") != std::string::npos;
  if (std::regex_search(s, kEnum)) return Brace::kOther;
  if (std::regex_search(s, kScope) && !has_parameters) return Brace::kScope;
  if (std::regex_search(s, kValue) || !has_parameters) return Brace::kValue;
  const char last = trimmed_end(s).back();
  const bool in_initializers = std::regex_search(s, kInitializers);
  return in_initializers && last != ')' && last != '}' ? Brace::kValue : Brace::kFunction;
}

// Preprocessor lines hold no declarations; access labels would stick to the next one.
std::string without_preprocessor(std::string_view code) {
  std::string out(code);
  bool inside = false;
  for (std::size_t line = 0; line < out.size();) {
    const std::size_t end = std::min(out.find('\n', line), out.size());
    inside = inside || out[skip_blanks(out, line)] == '#';
    const bool goes_on = end > line && out[end - 1] == '\\';
    if (inside)
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(line), out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    inside = inside && goes_on;
    line = end + 1;
  }
  return std::regex_replace(out, std::regex("\\b(public|private|protected):"), "$1;");
}

class CppReader {
 public:
  explicit CppReader(std::string_view code) : code_(without_preprocessor(code)) {}

  std::vector<Function> read() {
    for (std::size_t i = 0; i < code_.size(); ++i) {
      const char c = code_[i];
      if (c == '(') ++parentheses_;
      if (c == ')') --parentheses_;
      if (c == '{') open(i);
      if (c == '}') close(i);
      if (c == ';' && parentheses_ == 0 && !inside(Brace::kValue)) boundary_ = i + 1;
    }
    return functions_;
  }

 private:
  bool inside(Brace kind) const { return !braces_.empty() && braces_.back() == kind; }
  bool declares() const { return braces_.empty() || inside(Brace::kScope); }

  void open(std::size_t at) {
    Brace kind = Brace::kOther;
    if (parentheses_ > 0 || inside(Brace::kValue))
      kind = Brace::kValue;
    else if (declares())
      kind = kind_of(std::string_view(code_).substr(boundary_, at - boundary_));
    if (kind == Brace::kFunction) first_ = line_of(code_, skip_blanks(code_, boundary_));
    braces_.push_back(kind);
    if (kind != Brace::kValue) boundary_ = at + 1;
  }

  void close(std::size_t at) {
    if (braces_.empty()) return;
    const Brace kind = braces_.back();
    braces_.pop_back();
    if (kind == Brace::kFunction) functions_.push_back({first_, line_of(code_, at) - first_ + 1});
    if (kind != Brace::kValue) boundary_ = at + 1;
  }

  std::string code_;
  std::vector<Brace> braces_;
  int parentheses_ = 0, first_ = 0;
  std::size_t boundary_ = 0;
  std::vector<Function> functions_;
};

std::string_view word_before(std::string_view text, std::size_t at) {
  const std::string_view head = trimmed_end(text.substr(0, at));
  std::size_t from = head.size();
  while (from > 0 && (std::isalnum(static_cast<unsigned char>(head[from - 1])) || head[from - 1] == '_')) --from;
  return head.substr(from);
}

// Where the '(' stands that the ')' at the end of `text` closes.
std::size_t opening_of(std::string_view text) {
  int depth = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    depth += text[i] == ')' ? 1 : text[i] == '(' ? -1 : 0;
    if (depth == 0) return i;
  }
  return 0;
}

bool script_brace_is_function(std::string_view before) {  // the text from the last boundary to the brace
  static const std::regex kGroup("\\bdescribe(\\.\\w+)?\\("), kReturnType("\\)\\s*:[^;?()]*$"),
      kControl("^(if|for|while|switch|catch|with|await)?$");
  const std::string text(trimmed_end(before));
  if (text.ends_with("=>")) return !std::regex_search(text, kGroup);
  std::smatch typed;
  std::string_view head = text;
  if (std::regex_search(text, typed, kReturnType))
    head = head.substr(0, static_cast<std::size_t>(typed.position()) + 1);
  if (!head.ends_with(")")) return false;
  const std::string word(word_before(head, opening_of(head)));
  return !std::regex_match(word, kControl);
}

}  // namespace

std::vector<Function> functions_of_cpp(std::string_view code) { return CppReader(code).read(); }

std::vector<Function> functions_of_script(std::string_view code) {
  std::vector<Function> functions;
  std::vector<int> starts;  // of the open braces: the line where a function begins, 0 for another brace
  std::size_t boundary = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '{') {
      const bool is_function = script_brace_is_function(code.substr(boundary, i - boundary));
      starts.push_back(is_function ? line_of(code, skip_blanks(code, boundary)) : 0);
    } else if (c == '}' && !starts.empty()) {
      if (starts.back() > 0) functions.push_back({starts.back(), line_of(code, i) - starts.back() + 1});
      starts.pop_back();
    }
    if (c == '{' || c == '}' || c == ';') boundary = i + 1;
  }
  return functions;
}

}  // namespace anlan::quality
