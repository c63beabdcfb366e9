#pragma once
// Words that the layout puts together from the document's parts, the same in PDF and docx.

#include <string>
#include <vector>

#include "document/house_style.h"
#include "document/official.h"

namespace anlan::document {

// Names of the attachments as 7.3.4 lists them: numbered "1." where there are several.
std::vector<std::string> attachment_names(const OfficialDocument&);
// "附件" or "附件2", above the attachment `index` (7.3.7).
std::string attachment_mark(const HouseStyle&, const OfficialDocument&, std::size_t index);
// 附注: who answers questions; empty where nobody is named (7.3.6).
std::string contact_note(const HouseStyle&, const OfficialDocument&);

}  // namespace anlan::document
