#include "main/mistake.h"

namespace anlan {
namespace {

std::string place(const Mistake& m) {
  std::string out = m.file;
  if (m.line > 0) out += ":" + std::to_string(m.line);
  if (!out.empty()) out += ": ";
  return m.key.empty() ? out : out + m.key + ": ";
}

}  // namespace

std::string describe(const Mistake& m, const Texts& texts, Locale locale) {
  return place(m) + texts.get(locale, "mistake." + m.code, m.values);
}

std::string describe(const Mistake& m) {
  std::string out = place(m) + m.code;
  for (const auto& [name, value] : m.values) out += " " + name + "=" + value;
  return out;
}

Failure as_failure(const Mistakes& mistakes) {
  Failure failure;
  for (const Mistake& m : mistakes) failure.what += (failure.what.empty() ? "" : "\n") + describe(m);
  return failure;
}

}  // namespace anlan
