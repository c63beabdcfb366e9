#pragma once
// The zip file that an .xlsx is (ECMA-376 part 2), read part by part and never as a whole. Nothing is written anywhere:
// names are looked up, not followed. Used by one thread.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/refusal.h"
#include "sheet/limits.h"

struct zip;
struct zip_file;

namespace anlan::sheet {

// The bytes of one part, in order.
class Part {
 public:
  Part(zip_file* file, std::string name, std::size_t packed, const Limits&);
  // 0 at its end, where its checksum was right. Refused: sheet.damaged, sheet.inflated, sheet.ratio.
  Outcome<std::size_t> read(char* to, std::size_t most);

 private:
  struct Close {
    void operator()(zip_file*) const;
  };
  std::unique_ptr<zip_file, Close> file_;
  std::string name_;
  std::size_t packed_, inflated_ = 0;
  Limits limits_;
};

class Package {
 public:
  // `bytes` outlives it. Refused: sheet.format, sheet.old_format, sheet.encrypted, sheet.damaged, sheet.parts,
  // sheet.part_name.
  static Outcome<Package> open(std::string_view bytes, const Limits&);

  // Names are compared without regard to case, as the standard says, and begin without '/'.
  bool has(std::string_view name) const;
  bool any_ends_with(std::string_view lower_case_end) const;
  // Refused: sheet.part_missing, sheet.damaged.
  Outcome<Part> part(std::string_view name) const;

 private:
  struct Close {
    void operator()(zip*) const;
  };
  struct Entry {
    std::uint64_t index;
    std::size_t packed;
  };
  Package() = default;
  std::optional<Refusal> list();

  std::unique_ptr<zip, Close> archive_;
  std::map<std::string, Entry, std::less<>> entries_;
  Limits limits_;
};

// Of an old workbook or an encrypted one (both are OLE files), of a zip file, or of neither.
enum class Container { kZip, kOld, kEncrypted, kNone };
Container container_of(std::string_view bytes);

}  // namespace anlan::sheet
