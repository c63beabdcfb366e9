#pragma once
// What goes over HTTP/1.1, as values. No socket, no library type.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anlan::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };

// "" for kOther.
std::string_view name_of(Method);
// Case counts (RFC 9110 §9.1).
Method method_of(std::string_view name);

// ASCII letters compare without their case; everything else byte by byte.
bool same_ignoring_case(std::string_view, std::string_view);

// Header fields in their order. Names compare without their case. Views stay valid until the next add or set.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

  void add(std::string_view name, std::string_view value);
  // Replaces every field of that name; the new one comes last.
  void set(std::string_view name, std::string_view value);
  // The first field of that name.
  std::optional<std::string_view> get(std::string_view name) const;
  // How many fields have that name.
  std::size_t count(std::string_view name) const;

  std::size_t size() const { return fields_.size(); }
  std::pair<std::string_view, std::string_view> at(std::size_t i) const;

 private:
  struct Field {
    std::uint32_t name, value, end;  // offsets in text_
  };
  std::string text_;  // every name and value, so that a request's headers are two allocations
  std::vector<Field> fields_;
};

// The decoded parameters of a query, in order; a name may come more than once.
class Query {
 public:
  // Names and values are kept as they are; their letters' case counts.
  void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
  // The first value of that name; a name without '=' has an empty one.
  std::optional<std::string_view> get(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

// Whole: handlers get a request when all of its body has come.
struct Request {
  Method method = Method::kGet;
  std::string target = {};  // as it was sent
  std::string path =
      {};  // decoded; starts with '/', has no "." or ".." segment, no control character, no encoded slash
  Query query = {};
  Headers headers = {};
  std::string body = {};
  std::string remote = {};       // the peer's address without its port
  bool secure = false;           // came over TLS
  std::string certificate = {};  // that the client has shown: SHA-256 of it in hexadecimal; empty without one
};

// `shared_body` is sent instead of `body` when it is set. The server adds Content-Length, Date and Connection itself.
struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  std::shared_ptr<const std::string> shared_body = nullptr;

  const std::string& content() const { return shared_body ? *shared_body : body; }
};

// "Not Found" for 404; "Unknown" where RFC 9110 names none.
std::string_view reason(int status);

// Splits and decodes a request target in origin form or absolute form (RFC 9112 §3.2). nullopt: malformed or unsafe.
struct Target {
  std::string path;
  Query query;
};
std::optional<Target> parse_target(std::string_view);

// Decodes application/x-www-form-urlencoded. nullopt: a broken escape.
std::optional<Query> parse_query(std::string_view);

}  // namespace anlan::http
