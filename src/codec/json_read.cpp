#include "codec/json_read.h"

#include <cmath>

namespace anlan::json {
namespace {

std::int64_t code_points(std::string_view text) {
  std::int64_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

bool has_control(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') return true;
  return false;
}

std::optional<double> as_number(const Value& v) {
  if (v.is_double()) return v.get_double();
  if (v.is_int64()) return static_cast<double>(v.get_int64());
  return std::nullopt;
}

}  // namespace

Outcome<Value> parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::system::error_code error;
  Value value = boost::json::parse({text.data(), text.size()}, error, {}, options);
  if (error == boost::json::error::too_deep) return refuse(RefusalKind::kMalformed, "json.deep");
  if (error) return refuse(RefusalKind::kMalformed, "json.syntax", {}, {{"reason", error.message()}});
  return value;
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
  if (!v.is_int64()) return fault("field.type", {{"expected", "integer"}});
  out = v.get_int64();
  if (out < 0 || out > limit) fault("field.range", {{"limit", std::to_string(limit)}});
}

void Reader::read(const Value& v, double& out, std::int64_t limit) {
  const auto number = as_number(v);
  if (!number || !std::isfinite(*number)) return fault("field.type", {{"expected", "number"}});
  out = *number;
  if (out < 0 || out > static_cast<double>(limit)) fault("field.range", {{"limit", std::to_string(limit)}});
}

void Reader::read(const Value& v, Instant& out, std::int64_t) {
  const auto* text = v.if_string();
  const auto moment = text ? parse_rfc3339({text->data(), text->size()}) : std::nullopt;
  if (!moment) return fault("field.time");
  out = *moment;
}

void Reader::read(const Value& v, LngLat& out, std::int64_t) {
  const auto* object = v.if_object();
  const auto* lng = object ? object->if_contains("lng") : nullptr;
  const auto* lat = object ? object->if_contains("lat") : nullptr;
  const auto x = lng ? as_number(*lng) : std::nullopt, y = lat ? as_number(*lat) : std::nullopt;
  if (!x || !y || object->size() != 2) return fault("field.type", {{"expected", "{lng, lat}"}});
  out = {*x, *y};
  if (!(std::fabs(*x) <= 180 && std::fabs(*y) <= 90)) fault("field.point");
}

}  // namespace anlan::json
