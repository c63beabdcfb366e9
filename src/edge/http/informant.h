#pragma once
// Who called in, masked as far as nobody needs more (个人信息保护法 art. 6, 51).

#include <optional>
#include <string>

#include "domain/incident/types.h"
#include "edge/http/page.h"

namespace anlan::edge {

// What is left says that somebody is known, and not who.
struct Informant {
  std::string name, phone;  // 王**, 138****1234; empty where not given
};

// Nothing where nobody was named, or the entry was erased.
std::optional<Informant> masked_informant(const Page&, const std::optional<incident::SealedReference>&);

// The first character stays; UTF-8, whole characters.
std::string masked_name(std::string_view);
// Too few digits stay to call back; short numbers show nothing.
std::string masked_phone(std::string_view);

}  // namespace anlan::edge
