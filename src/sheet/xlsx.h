#pragma once
// The book that is an .xlsx.

#include <memory>

#include "sheet/book.h"

namespace anlan::sheet {

Outcome<std::unique_ptr<Book>> open_xlsx(std::string_view bytes, const Limits&);

}  // namespace anlan::sheet
