#include "edge/http/informant.h"

#include <algorithm>

#include "codec/json_read.h"

namespace anlan::edge {
namespace {

// As it was sealed.
// The sealed entry's text.
struct Person {
  std::optional<std::string> name, phone;
  static constexpr auto fields = std::tuple{field("name", &Person::name), field("phone", &Person::phone)};
};

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string masked_name(std::string_view name) {
  if (name.empty()) return {};
  std::size_t first = 1;
  while (first < name.size() && continues_character(name[first])) ++first;
  return std::string(name.substr(0, first)) + "**";
}

std::string masked_phone(std::string_view phone) {
  constexpr std::size_t kHead = 3, kTail = 4;
  if (phone.empty()) return {};
  const bool plain = std::ranges::all_of(phone, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!plain || phone.size() <= kHead + kTail) return "****";
  return std::string(phone.substr(0, kHead)) + "****" + std::string(phone.substr(phone.size() - kTail));
}

std::optional<Informant> masked_informant(const Page& page, const std::optional<incident::SealedReference>& sealed) {
  if (!sealed) return std::nullopt;
  const auto text = page.vault.open(sealed->sealed);
  if (!text) return std::nullopt;
  const auto person = json::from_text<Person>(*text);
  if (!person.ok()) return std::nullopt;
  return Informant{masked_name(person->name.value_or("")), masked_phone(person->phone.value_or(""))};
}

}  // namespace anlan::edge
