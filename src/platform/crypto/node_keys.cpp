#include "platform/crypto/node_keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace anlan::crypto {
namespace {

namespace fs = std::filesystem;

constexpr const char *kMaster = "master.key", *kPrivate = "node.pem", *kPublic = "node.pub.pem";
constexpr mode_t kOwnerOnly = 0600;
constexpr std::size_t kMostBytes = 4096;

[[noreturn]] void fail(const fs::path& path, const std::string& why) {
  throw std::runtime_error(fmt::format("{}: {}", path.string(), why));
}
[[noreturn]] void fail(const fs::path& path) { fail(path, std::strerror(errno)); }

// An open file whose errors are thrown with its path.
class File {
 public:
  File(const fs::path& path, int flags) : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, kOwnerOnly)) {
    if (fd_ < 0) fail(path);
  }
  ~File() { ::close(fd_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write_all(std::string_view text) {
    while (!text.empty()) {
      const ssize_t n = ::write(fd_, text.data(), text.size());
      if (n < 0) fail(path_);
      text.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  std::string read_all() {
    std::string text(kMostBytes, '\0');
    const ssize_t n = ::read(fd_, text.data(), text.size());
    if (n < 0) fail(path_);
    text.resize(static_cast<std::size_t>(n));
    return text;
  }
  void sync() {
    if (::fsync(fd_) != 0) fail(path_);
  }
  mode_t mode() {
    struct stat status {};
    if (::fstat(fd_, &status) != 0) fail(path_);
    return status.st_mode & 0777;
  }

 private:
  const fs::path path_;
  const int fd_;
};

void write_file(const fs::path& path, std::string_view text) {
  File file(path, O_WRONLY | O_CREAT | O_EXCL);
  file.write_all(text);
  file.sync();
}

std::string read_secret(const fs::path& path) {
  File file(path, O_RDONLY);
  if ((file.mode() & 0077) != 0) fail(path, "may be read by others; chmod 600");
  return file.read_all();
}

void sync_directory(const fs::path& path) { File(path, O_RDONLY | O_DIRECTORY).sync(); }

// Made under another name, so that a crash leaves no half of it.
void create(const fs::path& directory, Random& random) {
  const fs::path half_made = directory.string() + ".new";
  fs::remove_all(half_made);
  fs::create_directories(half_made);
  fs::permissions(half_made, fs::perms::owner_all);
  const Sm2KeyPair pair = generate_sm2();
  write_file(half_made / kMaster, to_hex(random_key(random)) + "\n");
  write_file(half_made / kPrivate, pair.private_pem);
  write_file(half_made / kPublic, pair.public_pem);
  sync_directory(half_made);
  fs::rename(half_made, directory);
  sync_directory(fs::absolute(directory).parent_path());
}

Key master_in(const fs::path& path) {
  std::string text = read_secret(path);
  if (text.ends_with('\n')) text.pop_back();
  const auto bytes = from_hex(text);
  Key key;
  if (!bytes || bytes->size() != key.size()) fail(path, "is no key of 64 hexadecimal digits");
  std::ranges::copy(*bytes, key.begin());
  return key;
}

NodeKeys load(const fs::path& directory) {
  NodeKeys keys{master_in(directory / kMaster),
                {read_secret(directory / kPrivate), File(directory / kPublic, O_RDONLY).read_all()}};
  // A pair that was mixed up would sign heads that nobody can verify, and be noticed only at the neighbour's.
  const auto probe = bytes_of("anlan");
  if (!Sm2PublicKey(keys.pair.public_pem).verify(probe, Sm2PrivateKey(keys.pair.private_pem).sign(probe)))
    fail(directory, "node.pem and node.pub.pem are no pair");
  return keys;
}

}  // namespace

std::optional<std::string> missing_key(const std::string& directory) {
  for (const char* name : {kMaster, kPrivate, kPublic})
    if (!fs::is_regular_file(fs::path(directory) / name)) return name;
  return std::nullopt;
}

Result<NodeKeys> load_keys(const std::string& directory) try {
  return load(directory);
} catch (const std::exception& error) {
  return Failure{fmt::format("{}: {}", directory, error.what())};
}

Result<NodeKeys> load_or_create_keys(const std::string& directory, Random& random) try {
  if (!fs::exists(directory)) create(directory, random);
  return load_keys(directory);
} catch (const std::exception& error) {
  return Failure{fmt::format("{}: {}", directory, error.what())};
}

}  // namespace anlan::crypto
