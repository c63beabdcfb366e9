#include "main/cli/node_files.h"

#include <fmt/format.h>

#include "platform/machine/files.h"

namespace anlan::cli {
namespace {

// The plain files of a folder inside; false where there are none.
Result<bool> copy_files(const std::string& from, const std::string& to, const std::string& inside) {
  const auto names = machine::files_in(from + inside);
  if (names.empty()) return false;
  if (auto made = machine::make_folder(to + inside, machine::Readers::kOwner); !made.ok()) return made.error();
  for (const auto& name : names) {
    const auto bytes = machine::read_file(from + inside + name);
    if (!bytes.ok()) return bytes.error();
    auto written = machine::write_file(to + inside + name, *bytes, machine::Readers::kOwner);
    if (!written.ok()) return written.error();
  }
  return true;
}

}  // namespace

Result<bool> copy_node_files(const std::string& from, const std::string& to, bool with_keys) {
  for (const char* inside : {"/divisions/", "/rules/"})
    if (const auto copied = copy_files(from, to, inside); !copied.ok()) return copied.error();
  for (int first = 0; first < 256; ++first)
    if (const auto copied = copy_files(from, to, fmt::format("/alerts/{:02x}/", first)); !copied.ok())
      return copied.error();
  return with_keys ? copy_files(from, to, "/keys/") : Result<bool>(false);
}

}  // namespace anlan::cli
