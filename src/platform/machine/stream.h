#pragma once
// Files that are too large to be held: read and written piece by piece.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/machine/files.h"

namespace anlan::machine {

// Whether a name that is a link is followed. Not in folders that others write into: it would be read with our rights.
enum class Links { kFollowed, kRefused };

class FileReader {
 public:
  static Result<FileReader> open(const std::string& path, Links = Links::kFollowed);
  // So many bytes, fewer only at the end or where the medium fails: who reads a file whole can tell what is missing.
  std::string read(std::size_t most);

 private:
  explicit FileReader(int file);
  struct Held;
  std::shared_ptr<Held> held_;
};

// Appears under its name when it is finished; what was begun lies beside it and goes with the writer.
class FileWriter {
 public:
  static Result<FileWriter> create(const std::string& path, Readers);
  Result<Done> write(std::string_view bytes);
  // On the medium when it returns.
  Result<Done> finish();

 private:
  explicit FileWriter(std::string path);
  struct Held;
  std::shared_ptr<Held> held_;
};

// As FileWriter, over a file that is there.
Result<Done> copy_file(const std::string& from, const std::string& to, Readers, Links = Links::kFollowed);

}  // namespace anlan::machine
