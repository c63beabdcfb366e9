#include "main/cli/cap_signature.h"

#include "codec/cap/xml.h"

namespace anlan::cli {
namespace {

std::string words(const std::string& key, std::string_view value, const cap::Texts& texts) {
  return cap::sentence({"signed_" + key, cap::ErrorClass::kForm, 0, "", cap::clipped(value), ""}, texts);
}

}  // namespace

std::string signature_words(const xml::Verdict& verdict, const cap::Texts& texts) {
  if (verdict.flaw) return words(std::string(name_of(verdict.flaw->fault)), verdict.flaw->detail, texts);
  if (verdict.state == xml::State::kNone) return {};
  std::string text = words(verdict.is_trusted ? "trusted" : "unchecked", verdict.signer, texts);
  if (verdict.other_layout) text += "; " + words("layout", "", texts);
  return text;
}

std::string signature_clause(const xml::Verdict& verdict, const cap::Texts& texts) {
  const std::string about = signature_words(verdict, texts);
  std::string clause = "; signature: " + std::string(name_of(verdict.state));
  return about.empty() ? clause : clause + " (" + about + ')';
}

}  // namespace anlan::cli
