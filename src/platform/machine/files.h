#pragma once
// Files and folders by name, for what is read whole at start and written now and then.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace anlan::machine {

Result<std::string> read_file(const std::string& path);
enum class Readers { kAll, kOwner };
// Whole or not at all, also over a file that is there; on the disk when it returns.
Result<Done> write_file(const std::string& path, std::string_view bytes, Readers = Readers::kAll);
// With those above it; content with one that is there.
Result<Done> make_folder(const std::string& path, Readers = Readers::kAll);

// Content where there is none.
Result<Done> remove_file(const std::string& path);
// After root worked in a folder of somebody else: everything in it becomes its owner's again. Of no effect for others.
Result<Done> give_to_owner(const std::string& folder);

bool is_file(const std::string& path);
bool is_folder(const std::string& path);
// Whether it is, or would be, the folder itself or anything below it, links followed.
bool is_inside(const std::string& path, const std::string& folder);
// Names of the plain files in it, sorted; none where it is no folder.
std::vector<std::string> files_in(const std::string& folder);
// Also true where there is none.
bool is_empty_folder(const std::string& folder);
// Of the file system on which the folder lies, in bytes; nothing where the system does not say.
struct Room {
  std::int64_t free = 0, all = 0;
};
std::optional<Room> room_of(const std::string& folder);

// One process may work on a folder: held until destroyed, given up by the system when the process dies.
class FolderLock {
 public:
  // Fails where another process holds it, or the folder is not there.
  static Result<FolderLock> take(const std::string& folder);
  // Whether another process, or another lock of this one, holds it now.
  static bool is_held(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace anlan::machine
