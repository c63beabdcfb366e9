#include "platform/sql/postgres_words.h"

#include <regex>

namespace anlan::sql::postgres {

std::string numbered(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 16);
  int number = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (c == '?' && !quoted)
      result.append("$").append(std::to_string(++number));
    else
      result += c;
  }
  return result;
}

std::string with_our_types(std::string_view text) {
  static const std::regex kKey(R"(\bINTEGER PRIMARY KEY\b)"), kInteger(R"(\bINTEGER\b)"), kBlob(R"(\bBLOB\b)"),
      kReal(R"(\bREAL\b)"), kText(R"(\bTEXT\b)");
  std::string result(text);
  if (text.find("CREATE TABLE") == text.npos && text.find("ALTER TABLE") == text.npos) return result;
  result = std::regex_replace(result, kKey, "BIGSERIAL PRIMARY KEY");
  result = std::regex_replace(result, kInteger, "BIGINT");
  result = std::regex_replace(result, kBlob, "BYTEA");
  result = std::regex_replace(result, kReal, "DOUBLE PRECISION");
  return std::regex_replace(result, kText, "TEXT COLLATE \"C\"");
}

std::string in_schema(std::string_view text, const std::string& view) {
  static const std::regex kView(R"(\bview\.)");
  return std::regex_replace(std::string(text), kView, view + ".");
}

}  // namespace anlan::sql::postgres
