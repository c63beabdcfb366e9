#include "sheet/book.h"

#include "sheet/csv.h"
#include "sheet/package.h"
#include "sheet/xlsx.h"

namespace anlan::sheet {

Outcome<std::unique_ptr<Book>> Book::open(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.file_bytes)
    return refuse(RefusalKind::kTooLarge, "sheet.file_size", {},
                  {{"limit", std::to_string(limits.file_bytes / 1'000'000)}});
  if (bytes.empty()) return refuse(RefusalKind::kMalformed, "sheet.blank_file");
  switch (container_of(bytes)) {
    case Container::kZip:
      return open_xlsx(bytes, limits);
    case Container::kOld:
      return refuse(RefusalKind::kMalformed, "sheet.old_format");
    case Container::kEncrypted:
      return refuse(RefusalKind::kMalformed, "sheet.encrypted");
    case Container::kNone:
      return open_csv(bytes, limits);
  }
  return refuse(RefusalKind::kMalformed, "sheet.format");
}

}  // namespace anlan::sheet
