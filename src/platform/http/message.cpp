#include "platform/http/message.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace anlan::http {
namespace {

constexpr std::array<std::string_view, 8> kMethods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return -1;
}

// Decodes %XX (and + as a space where `form` is set). What is no UTF-8 then is no text.
std::optional<std::string> decode(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += form && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const auto end = path.find('/');
    const auto segment = path.substr(0, end);
    if (segment == "." || segment == "..") return true;
    if (end == std::string_view::npos) break;
    path.remove_prefix(end + 1);
  }
  return false;
}

// An encoded slash is refused before decoding, because afterwards nobody could tell it from a separator.
bool has_encoded_slash(std::string_view raw) {
  for (auto at = raw.find('%'); at != std::string_view::npos; at = raw.find('%', at + 1))
    if (same_ignoring_case(raw.substr(at, 3), "%2f")) return true;
  return false;
}

bool is_unsafe(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\'; }

std::optional<std::string> decode_path(std::string_view raw) {
  if (raw.empty() || raw.front() != '/' || has_encoded_slash(raw)) return std::nullopt;
  auto path = decode(raw, false);
  if (!path || std::any_of(path->begin(), path->end(), is_unsafe) || has_dot_segment(*path)) return std::nullopt;
  return path;
}

// Takes scheme and authority off an absolute form.
std::string_view origin_form(std::string_view target) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!same_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    const auto path = target.find_first_of("/?", scheme.size());
    return path == std::string_view::npos ? "/" : target.substr(path);
  }
  return target;
}

}  // namespace

std::string_view name_of(Method method) { return kMethods[static_cast<std::size_t>(method)]; }

Method method_of(std::string_view name) {
  const auto found = std::find(kMethods.begin(), kMethods.end() - 1, name);
  return static_cast<Method>(found - kMethods.begin());
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

Headers::Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  for (const auto& [name, value] : fields) add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
  const auto at = static_cast<std::uint32_t>(text_.size());
  const auto value_at = at + static_cast<std::uint32_t>(name.size());
  fields_.push_back({at, value_at, value_at + static_cast<std::uint32_t>(value.size())});
  text_.append(name).append(value);
}

void Headers::set(std::string_view name, std::string_view value) {
  Headers kept;
  for (std::size_t i = 0; i < size(); ++i)
    if (const auto [other, held] = at(i); !same_ignoring_case(other, name)) kept.add(other, held);
  kept.add(name, value);
  *this = std::move(kept);
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (std::size_t i = 0; i < size(); ++i)
    if (const auto [held, value] = at(i); same_ignoring_case(held, name)) return value;
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  std::size_t found = 0;
  for (std::size_t i = 0; i < size(); ++i) found += same_ignoring_case(at(i).first, name);
  return found;
}

std::pair<std::string_view, std::string_view> Headers::at(std::size_t i) const {
  const std::string_view text = text_;
  const auto& f = fields_[i];
  return {text.substr(f.name, f.value - f.name), text.substr(f.value, f.end - f.value)};
}

std::optional<std::string_view> Query::get(std::string_view name) const {
  for (const auto& [held, value] : pairs_)
    if (held == name) return value;
  return std::nullopt;
}

std::vector<std::string_view> Query::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [held, value] : pairs_)
    if (held == name) values.push_back(value);
  return values;
}

std::optional<Target> parse_target(std::string_view target) {
  if (target.empty()) return std::nullopt;
  target = origin_form(target);
  if (target.find('#') != std::string_view::npos) return std::nullopt;
  const auto mark = target.find('?');
  const auto raw = target.substr(0, mark);
  auto path = decode_path(raw.empty() ? "/" : raw);
  auto query = parse_query(mark == std::string_view::npos ? "" : target.substr(mark + 1));
  if (!path || !query) return std::nullopt;
  return Target{std::move(*path), std::move(*query)};
}

std::optional<Query> parse_query(std::string_view text) {
  Query query;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = decode(pair.substr(0, equals), true);
    auto value = decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return std::nullopt;
    query.add(std::move(*name), std::move(*value));
  }
  return query;
}

std::string_view reason(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr Phrase kPhrases[]{
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {505, "HTTP Version Not Supported"},
  };
  const auto* found =
      std::find_if(std::begin(kPhrases), std::end(kPhrases), [status](const Phrase& p) { return p.status == status; });
  return found == std::end(kPhrases) ? "Unknown" : found->text;
}

}  // namespace anlan::http
