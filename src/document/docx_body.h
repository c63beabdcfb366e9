#pragma once
// The paragraphs and tables of the document as WordprocessingML, in the same order as the PDF sets them.

#include <string>

#include "document/setting.h"

namespace anlan::document {

std::string docx_body(const Setting&, const OfficialDocument&);

}  // namespace anlan::document
