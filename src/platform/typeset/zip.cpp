#include "platform/typeset/zip.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

namespace anlan::typeset {
namespace {

struct Free {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

Failure failed(const char* doing, const char* why) { return Failure{fmt::format("zip: {}: {}", doing, why)}; }

// MS-DOS date and time, in Chinese civil time, whatever the zone of the machine.
std::pair<zip_uint16_t, zip_uint16_t> dos(Instant stamp) {
  const ChinaTime t = china_time(stamp);
  const int year = std::clamp(t.year, 1980, 2107);
  return {static_cast<zip_uint16_t>(t.hour << 11 | t.minute << 5 | t.second / 2),
          static_cast<zip_uint16_t>((year - 1980) << 9 | t.month << 5 | t.day)};
}

// libzip copies nothing: `part` must outlive the archive's closing.
bool add(zip_t* archive, const Part& part, Instant stamp) {
  zip_source_t* bytes = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
  if (!bytes) return false;
  const zip_int64_t at = zip_file_add(archive, part.name.c_str(), bytes, ZIP_FL_ENC_UTF_8);
  if (at < 0) {
    zip_source_free(bytes);
    return false;
  }
  const auto [time, date] = dos(stamp);
  const auto index = static_cast<zip_uint64_t>(at);
  return zip_file_set_dostime(archive, index, time, date, 0) == 0 &&
         zip_set_file_compression(archive, index, ZIP_CM_DEFLATE, 6) == 0;
}

// The archive was written into this source; closing it made the bytes readable.
Result<std::string> content_of(zip_source_t* source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
    return failed("reading back", zip_error_strerror(zip_source_error(source)));
  std::string bytes(stat.size, '\0');
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got != static_cast<zip_int64_t>(bytes.size())) return failed("reading back", "too few bytes");
  return bytes;
}

}  // namespace

Result<std::string> zip(const std::vector<Part>& parts, Instant stamp) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, Free> source(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!source) return failed("creating", zip_error_strerror(&error));
  zip_source_keep(source.get());  // one for the archive, which closes it, and one to read from
  std::unique_ptr<zip_t, Free> archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(source.get());
    return failed("creating", zip_error_strerror(&error));
  }
  for (const Part& part : parts)
    if (!add(archive.get(), part, stamp)) return failed(part.name.c_str(), zip_strerror(archive.get()));
  if (zip_close(archive.get()) != 0) return failed("closing", zip_strerror(archive.get()));
  (void)archive.release();  // closed
  return content_of(source.get());
}

Result<std::vector<Part>> read_parts(const std::string& folder) {
  std::error_code code;
  std::vector<Part> parts;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk at(folder, code), end; !code && at != end; at.increment(code)) {
    if (!at->is_regular_file(code)) continue;
    std::ifstream file(at->path(), std::ios::binary);
    parts.push_back({at->path().lexically_relative(folder).generic_string(),
                     std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>())});
    if (!file) return Failure{fmt::format("cannot read {}", at->path().string())};
  }
  if (code) return Failure{fmt::format("cannot read {}: {}", folder, code.message())};
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.name < b.name; });
  return parts;
}

}  // namespace anlan::typeset
