#include "document/notes.h"

namespace anlan::document {

std::vector<std::string> attachment_names(const OfficialDocument& document) {
  std::vector<std::string> names;
  const bool several = document.attachments.size() > 1;
  for (const Attachment& attachment : document.attachments)
    names.push_back((several ? std::to_string(names.size() + 1) + "." : std::string()) + attachment.title);
  return names;
}

std::string attachment_mark(const HouseStyle& style, const OfficialDocument& document, std::size_t index) {
  return style.word("attachment") + (document.attachments.size() > 1 ? std::to_string(index + 1) : std::string());
}

std::string contact_note(const HouseStyle& style, const OfficialDocument& document) {
  if (document.contact.empty() && document.phone.empty()) return {};
  const char* const word = document.phone.empty()     ? "contact_only"
                           : document.contact.empty() ? "phone_only"
                                                      : "contact";
  return style.word(word, {{"contact", document.contact}, {"phone", document.phone}});
}

}  // namespace anlan::document
