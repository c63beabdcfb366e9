#include "codec/json_read.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace anlan::json {
namespace {

constexpr std::size_t kShownName = 60;  // bytes of a name that came in

bool has_control(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(1))
    if (control(text) > 0) return true;
  return false;
}

std::optional<double> as_number(const Value& v) {
  if (v.is_double()) return v.get_double();
  if (v.is_int64()) return static_cast<double>(v.get_int64());
  if (v.is_uint64()) return static_cast<double>(v.get_uint64());
  return std::nullopt;
}

// Not a number where there is none.
double coordinate(const boost::json::object* point, std::string_view name) {
  const Value* found = point ? point->if_contains({name.data(), name.size()}) : nullptr;
  const auto number = found ? as_number(*found) : std::nullopt;
  return number ? *number : std::nan("");
}

// The members' names of the objects that are being read. Of two members of one name readers take the first or the last,
// so a body that has them says different things to different readers.
class Names {
 public:
  void open() { begins_.push_back(names_.size()); }
  void add_part(std::string_view part) { text_ += part; }
  void add(std::string_view rest) {
    const std::size_t begin = names_.empty() ? 0 : names_.back().second;
    text_ += rest;
    names_.emplace_back(begin, text_.size());
  }
  // Of the innermost object; a name that it has twice.
  std::optional<std::string> close() {
    const std::size_t begin = begins_.back();
    std::vector<std::string_view> own;
    for (std::size_t i = begin; i < names_.size(); ++i)
      own.push_back(std::string_view(text_).substr(names_[i].first, names_[i].second - names_[i].first));
    std::ranges::sort(own);
    const auto twice = std::ranges::adjacent_find(own);
    if (twice != own.end()) return std::string(*twice);
    if (begin < names_.size()) text_.resize(names_[begin].first);
    names_.resize(begin);
    begins_.pop_back();
    return std::nullopt;
  }

 private:
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> names_;  // in text_: from, to
  std::vector<std::size_t> begins_;                         // in names_: of each object that is open
};

// Builds the value as the library's own parser does, but for doubles: those it makes by multiplying, which turns
// 113.2644 into 113.26439999999999, so their text is read again.
class Builder {
 public:
  using Text = boost::json::string_view;
  using Error = boost::system::error_code;
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  Value release() { return stack_.release(); }
  // The name for which it stopped.
  const std::optional<std::string>& repeated() const { return repeated_; }

  bool on_document_begin(Error&) { return stack_.reset(), true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return names_.open(), true; }
  bool on_object_end(std::size_t members, Error& error) {
    repeated_ = names_.close();
    if (repeated_) error = boost::json::error::syntax;
    return !repeated_ && (stack_.push_object(members), true);
  }
  bool on_array_begin(Error&) { return true; }
  bool on_array_end(std::size_t items, Error&) { return stack_.push_array(items), true; }
  bool on_key_part(Text text, std::size_t, Error&) {
    return names_.add_part({text.data(), text.size()}), stack_.push_chars(text), true;
  }
  bool on_key(Text text, std::size_t, Error&) {
    return names_.add({text.data(), text.size()}), stack_.push_key(text), true;
  }
  bool on_string_part(Text text, std::size_t, Error&) { return stack_.push_chars(text), true; }
  bool on_string(Text text, std::size_t, Error&) { return stack_.push_string(text), true; }
  bool on_number_part(Text text, Error&) { return number_.append(text.data(), text.size()), true; }
  bool on_int64(std::int64_t value, Text, Error&) { return number_.clear(), stack_.push_int64(value), true; }
  bool on_uint64(std::uint64_t value, Text, Error&) { return number_.clear(), stack_.push_uint64(value), true; }
  bool on_double(double value, Text text, Error&) {
    number_.append(text.data(), text.size());
    std::from_chars(number_.data(), number_.data() + number_.size(), value);  // out of range: stays
    number_.clear();
    return stack_.push_double(value), true;
  }
  bool on_bool(bool value, Error&) { return stack_.push_bool(value), true; }
  bool on_null(Error&) { return stack_.push_null(), true; }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

 private:
  boost::json::value_stack stack_;
  Names names_;
  std::optional<std::string> repeated_;
  std::string number_;
};

}  // namespace

std::string shown(std::string_view name) {
  if (name.size() <= kShownName) return std::string(name);
  std::size_t end = kShownName;
  while ((static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return std::string(name.substr(0, end));
}

Outcome<Value> parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::system::error_code error;
  boost::json::basic_parser<Builder> parser(options);
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = boost::json::error::extra_data;
  if (error == boost::json::error::too_deep) return refuse(RefusalKind::kMalformed, "json.deep");
  if (const auto& name = parser.handler().repeated())
    return refuse(RefusalKind::kMalformed, "json.repeated", shown(*name));
  if (error) return refuse(RefusalKind::kMalformed, "json.syntax", {}, {{"at", std::to_string(read + 1)}});
  return parser.handler().release();
}

void Reader::read(const Value& v, std::string& out, std::int64_t limit) {
  const auto* text = v.if_string();
  if (!text) return fault("field.type", {{"expected", "string"}});
  out.assign(text->data(), text->size());
  if (code_points(out) > limit) fault("field.too_long", {{"limit", std::to_string(limit)}});
  if (has_control(out)) fault("field.control");
}

void Reader::read(const Value& v, bool& out, std::int64_t) {
  if (!v.is_bool()) return fault("field.type", {{"expected", "boolean"}});
  out = v.get_bool();
}

void Reader::read(const Value& v, std::int64_t& out, std::int64_t limit) {
  if (v.is_uint64()) return out_of_range(limit);  // beyond what fits
  if (!v.is_int64()) return fault("field.type", {{"expected", "integer"}});
  out = v.get_int64();
  if (out < 0 || out > limit) out_of_range(limit);
}

void Reader::read(const Value& v, double& out, std::int64_t limit) {
  const auto number = as_number(v);
  if (!number || !std::isfinite(*number)) return fault("field.type", {{"expected", "number"}});
  out = *number;
  if (out < 0 || out > static_cast<double>(limit)) out_of_range(limit);
}

void Reader::read(const Value& v, Instant& out, std::int64_t) {
  const auto* text = v.if_string();
  const auto moment = text ? parse_rfc3339({text->data(), text->size()}) : std::nullopt;
  if (!moment) return fault("field.time");
  out = *moment;
}

void Reader::read(const Value& v, LngLat& out, std::int64_t) {
  const auto* object = v.if_object();
  const double lng = coordinate(object, "lng"), lat = coordinate(object, "lat");
  if (std::isnan(lng) || std::isnan(lat) || object->size() != 2)
    return fault("field.type", {{"expected", "{lng, lat}"}});
  out = {lng, lat};
  if (!(std::fabs(lng) <= 180 && std::fabs(lat) <= 90)) fault("field.point");
}

}  // namespace anlan::json
