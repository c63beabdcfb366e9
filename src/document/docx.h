#pragma once
// The document as WordprocessingML (ISO/IEC 29500-1). Looks live in the template parts data/documents/docx/**, whose
// {{name}} are filled in here; this code writes only paragraphs, runs and tables that name their styles.

#include <string>
#include <vector>

#include "document/setting.h"
#include "platform/typeset/zip.h"

namespace anlan::document {

// Fails, naming the part, where one that the package needs is missing.
Result<Done> check_docx_templates(const std::vector<typeset::Part>&);

Result<std::string> docx_of(const Setting&, const OfficialDocument&, const std::vector<typeset::Part>& templates);

}  // namespace anlan::document
