#include "edge/http/problem.h"

#include <algorithm>

#include "codec/json_write.h"

namespace anlan::edge {
namespace {

// What is itself said in words is given once more for another language.
Texts::Values values_in(Locale locale, const Refusal& r) {
  const std::string ending = "." + std::string(name_of(locale));
  Texts::Values values;
  for (const auto& [name, value] : r.values) {
    if (name.find('.') != std::string::npos) continue;
    const auto own = std::ranges::find(r.values, name + ending, [](const auto& pair) { return pair.first; });
    values.emplace_back(name, own == r.values.end() ? value : own->second);
  }
  return values;
}

// The field's path may stand in the words; without one the whole body is meant.
std::string text(const Texts& texts, Locale locale, const Refusal& r, const char* part) {
  auto values = values_in(locale, r);
  values.emplace_back("field", r.field.empty() ? texts.get(locale, "problem.body") : r.field);
  return texts.get(locale, "refusal." + r.code + "." + part, values);
}

// Both languages always: a receipt may be read by somebody else than who asked.
void write_texts(json::Object& object, const Texts& texts, const Refusal& r) {
  json::Object both(object.key("texts"));
  for (const auto& [locale, name] : names_of(Locale{})) {
    json::Object one(both.key(name));
    one.member("title", text(texts, locale, r, "title"));
    one.member("detail", text(texts, locale, r, "detail"));
  }
}

// One of several: without a title of its own page.
void write_fault(std::string& out, const Texts& texts, Locale locale, const Refusal& r) {
  json::Object object(out);
  object.member("field", r.field);
  object.member("code", r.code);
  object.member("detail", text(texts, locale, r, "detail"));
  write_texts(object, texts, r);
}

// As `problem`, with the status given.
http::Response document(const Texts& texts, Locale locale, int status, const std::vector<Refusal>& refusals) {
  ANLAN_ASSERT(!refusals.empty());
  const Refusal& first = refusals.front();
  http::Response response{status};
  {
    json::Object object(response.body);
    object.member("type", "/problems/" + first.code);
    object.member("title", text(texts, locale, first, "title"));
    object.member("status", static_cast<std::int64_t>(response.status));
    object.member("detail", text(texts, locale, first, "detail"));
    object.member("code", first.code);
    if (!first.field.empty()) object.member("field", first.field);
    if (!first.values.empty()) {
      json::Object values(object.key("values"));
      for (const auto& [name, value] : values_in(locale, first)) values.member(name, value);
    }
    write_texts(object, texts, first);
    if (refusals.size() > 1)
      json::write_list(object.key("errors"), refusals,
                       [&](std::string& out, const Refusal& r) { write_fault(out, texts, locale, r); });
  }
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Cache-Control", "no-store");
  if (response.status == 503 || response.status == 429) response.headers.set("Retry-After", "2");
  return response;
}

}  // namespace

int status_of(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::kMalformed:
      return 400;
    case RefusalKind::kUnauthenticated:
      return 401;
    case RefusalKind::kForbidden:
      return 403;
    case RefusalKind::kNotFound:
      return 404;
    case RefusalKind::kConflict:
      return 409;
    case RefusalKind::kTooLarge:
      return 413;
    case RefusalKind::kRule:
      return 422;
    case RefusalKind::kTooOften:
      return 429;
    case RefusalKind::kBusy:
      return 503;
  }
  return 500;
}

// The first preference decides; weights are not read.
Locale locale_of(const http::Request& request) {
  const std::string_view wanted = request.headers.get("Accept-Language").value_or("");
  return wanted.starts_with("en") ? Locale::kEnglish : Locale::kChinese;
}

http::Response problem(const Texts& texts, Locale locale, const std::vector<Refusal>& refusals) {
  return document(texts, locale, status_of(refusals.at(0).kind), refusals);
}

http::Response problem(const Texts& texts, Locale locale, const Refusal& refusal) {
  return problem(texts, locale, std::vector{refusal});
}

http::Response problem(const Texts& texts, Locale locale, int status, const Refusal& refusal) {
  return document(texts, locale, status, {refusal});
}

}  // namespace anlan::edge
