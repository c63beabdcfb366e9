#include "platform/machine/stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace anlan::machine {
namespace {

constexpr std::size_t kPiece = 1 << 20;

Failure failed(const char* what, const std::string& path) {
  return {fmt::format("cannot {} {}: {}", what, path, std::strerror(errno))};
}

}  // namespace

struct FileReader::Held {
  int file;
  explicit Held(int opened) : file(opened) {}
  Held(const Held&) = delete;
  ~Held() { ::close(file); }
};

FileReader::FileReader(int file) : held_(std::make_shared<Held>(file)) {}

// One that became a pipe since it was looked at must not hold who opens it.
Result<FileReader> FileReader::open(const std::string& path, Links links) {
  if (!is_file(path)) return Failure{"no file " + path};
  const int more = links == Links::kRefused ? O_NOFOLLOW | O_NONBLOCK : 0;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | more);
  if (file < 0) return failed("read", path);
  return FileReader(file);
}

std::string FileReader::read(std::size_t most) {
  std::string bytes(most, '\0');
  std::size_t size = 0;
  while (size < most) {
    const ssize_t n = ::read(held_->file, bytes.data() + size, most - size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    size += static_cast<std::size_t>(n);
  }
  bytes.resize(size);
  return bytes;
}

struct FileWriter::Held {
  std::string path, beside;
  int file = -1;
  explicit Held(std::string name) : path(std::move(name)), beside(path + ".new") {}
  Held(const Held&) = delete;
  ~Held() {
    if (file < 0) return;
    ::close(file);
    ::unlink(beside.c_str());
  }
};

FileWriter::FileWriter(std::string path) : held_(std::make_shared<Held>(std::move(path))) {}

Result<FileWriter> FileWriter::create(const std::string& path, Readers readers) {
  FileWriter writer(path);
  auto& held = *writer.held_;
  held.file =
      ::open(held.beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, readers == Readers::kOwner ? 0600 : 0644);
  if (held.file < 0) return failed("write", held.beside);
  return writer;
}

Result<Done> FileWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(held_->file, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return failed("write", held_->beside);
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return Done{};
}

Result<Done> FileWriter::finish() {
  auto& held = *held_;
  if (::fsync(held.file) != 0) return failed("write", held.beside);
  if (std::rename(held.beside.c_str(), held.path.c_str()) != 0) return failed("write", held.path);
  const bool closed = ::close(held.file) == 0;
  held.file = -1;
  return closed ? Result<Done>(Done{}) : Result<Done>(failed("write", held.path));
}

Result<Done> copy_file(const std::string& from, const std::string& to, Readers readers, Links links) {
  auto source = FileReader::open(from, links);
  if (!source.ok()) return source.error();
  auto target = FileWriter::create(to, readers);
  if (!target.ok()) return target.error();
  for (;;) {
    const std::string piece = source->read(kPiece);
    if (auto written = target->write(piece); !written.ok()) return written;
    if (piece.size() < kPiece) return target->finish();
  }
}

}  // namespace anlan::machine
