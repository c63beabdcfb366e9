#include "platform/machine/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace anlan::machine {
namespace {

namespace fs = std::filesystem;

Failure failed(const char* what, const std::string& path) {
  return {fmt::format("cannot {} {}: {}", what, path, std::strerror(errno))};
}

// To the disk, not only to the kernel: after a power failure the bytes are there, all of them.
bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return ::fsync(file) == 0;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  if (!is_file(path)) return Failure{"no file " + path};
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  if (!in) return failed("read", path);
  out << in.rdbuf();
  if (in.bad()) return failed("read", path);
  return std::move(out).str();
}

// Whoever reads meanwhile has the old bytes or the new ones, never half of them. What a failure leaves beside the file
// is written over by the next try.
Result<Done> write_file(const std::string& path, std::string_view bytes, Readers readers) {
  const std::string beside = path + ".new";
  const int file =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, readers == Readers::kOwner ? 0600 : 0644);
  if (file < 0) return failed("write", beside);
  const bool written = write_all(file, bytes);
  const bool closed = ::close(file) == 0;
  if (!written || !closed || std::rename(beside.c_str(), path.c_str()) != 0) return failed("write", path);
  return Done{};
}

Result<Done> make_folder(const std::string& path, Readers readers) {
  std::error_code error;
  const bool made = fs::create_directories(path, error);
  if (made && readers == Readers::kOwner) fs::permissions(path, fs::perms::owner_all, error);
  if (error) return Failure{fmt::format("cannot make folder {}: {}", path, error.message())};
  return Done{};
}

Result<Done> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("remove", path);
  return Done{};
}

// Root that works in a node's folder must leave nothing there that the node's own user cannot write. Links are given
// away themselves, not what they lead to.
Result<Done> give_to_owner(const std::string& folder) {
  struct stat owner {};
  if (::geteuid() != 0) return Done{};
  if (::stat(folder.c_str(), &owner) != 0) return failed("look at", folder);
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error))
    if (::lchown(entry.path().c_str(), owner.st_uid, owner.st_gid) != 0) return failed("give away", entry.path());
  if (error) return Failure{fmt::format("cannot list {}: {}", folder, error.message())};
  return Done{};
}

bool is_file(const std::string& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_inside(const std::string& path, const std::string& folder) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  fs::path above = fs::weakly_canonical(fs::absolute(folder, error), error);
  if (error) return false;
  if (!above.has_filename()) above = above.parent_path();  // written with a slash at its end
  return std::ranges::mismatch(above, whole).in1 == above.end();
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.is_regular_file(error)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

bool is_empty_folder(const std::string& folder) {
  std::error_code error;
  return !fs::exists(folder, error) || fs::is_empty(folder, error);
}

// Free is what is left to who is not root.
std::optional<Room> room_of(const std::string& folder) {
  std::error_code error;
  const auto space = fs::space(folder, error);
  if (error) return std::nullopt;
  return Room{static_cast<std::int64_t>(space.available), static_cast<std::int64_t>(space.capacity)};
}

// The system ends the lock with the process, however that ends: no file left over keeps a node from starting.
Result<FolderLock> FolderLock::take(const std::string& folder) {
  const std::string path = folder + "/lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return failed("open", path);
  FolderLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) return Failure{folder + " is in use by another process"};
  return lock;
}

// Only trying tells; that the file is there means nothing.
bool FolderLock::is_held(const std::string& folder) {
  const int file = ::open((folder + "/lock").c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return false;
  const FolderLock lock(file);
  return ::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace anlan::machine
