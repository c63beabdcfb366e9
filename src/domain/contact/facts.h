#pragma once
// Stream "contacts/LIST.ORGANISATION": when a list of contacts was replaced, and by what. The contacts themselves are
// personal data and lie beside the journal (contacts/book.h). It stays on its node.

#include <string>
#include <variant>

#include "base/fields.h"

namespace anlan::contact {

// `digest`: SM3 of the file; `people`: all that the node can reach from then on, each once.
struct ListReplaced {
  static constexpr std::string_view kType = "contact.list_replaced";
  std::string list, organisation, digest;
  std::int64_t rows = 0, people = 0;
  static constexpr auto fields =
      std::tuple{field("list", &ListReplaced::list, 40), field("organisation", &ListReplaced::organisation, 40),
                 field("digest", &ListReplaced::digest, 64), field("rows", &ListReplaced::rows),
                 field("people", &ListReplaced::people)};
};

using Fact = std::variant<ListReplaced>;

}  // namespace anlan::contact
