#include "platform/http/static_files.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace anlan::http {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIndex = "/index.html";

std::string_view content_type(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".geojson", "application/geo+json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".ttf", "font/ttf"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
      {".pdf", "application/pdf"},
      {".mp3", "audio/mpeg"},
      {".webmanifest", "application/manifest+json"},
  }};
  const auto* found =
      std::find_if(kTypes.begin(), kTypes.end(), [path](const auto& type) { return path.ends_with(type.first); });
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) return std::nullopt;
  return bytes;
}

// Whether the client takes this coding (RFC 9110 §12.5.3); a weight of zero forbids it.
bool accepts(std::string_view accepted, std::string_view coding) {
  while (!accepted.empty()) {
    const auto end = std::min(accepted.find(','), accepted.size());
    auto item = accepted.substr(0, end);
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
    item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
    const auto name = item.substr(0, item.find_first_of("; \t"));
    if (same_ignoring_case(name, coding)) return !item.ends_with("q=0") && !item.ends_with("q=0.0");
  }
  return false;
}

// If-None-Match compares weakly (RFC 9110 §13.1.2): a W/ before the tag changes nothing.
bool names_etag(std::string_view list, std::string_view etag) {
  return list == "*" || list.find(etag) != std::string_view::npos;
}

// With every link followed.
bool is_inside(const fs::path& path, const fs::path& root) {
  std::error_code error;
  const auto real = fs::weakly_canonical(path, error);
  if (error) return false;
  return std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first == root.end();
}

}  // namespace

StaticFiles::Form StaticFiles::form_of(std::string bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  ANLAN_ASSERT(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
  std::string etag = "\"";
  for (std::size_t i = 0; i < 16; ++i) fmt::format_to(std::back_inserter(etag), "{:02x}", digest[i]);
  etag += '"';
  return {std::make_shared<const std::string>(std::move(bytes)), std::move(etag)};
}

Result<StaticFiles> StaticFiles::load(const std::string& folder) {
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error) return Failure{"static files: " + folder + ": " + error.message()};
  StaticFiles files;
  for (fs::recursive_directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    const auto& entry = *it;
    if (!entry.is_regular_file() || !is_inside(entry.path(), root)) continue;
    auto bytes = read_file(entry.path());
    if (!bytes) return Failure{"static files: cannot read " + entry.path().string()};
    std::string name = "/" + entry.path().lexically_relative(root).generic_string();
    auto form = &File::plain;
    if (name.ends_with(".gz")) form = &File::gzip;
    if (name.ends_with(".br")) form = &File::brotli;
    if (form != &File::plain) name.resize(name.size() - 3);
    File& file = files.files_[name];
    file.type = content_type(name);
    file.*form = form_of(std::move(*bytes));
  }
  if (error) return Failure{"static files: " + folder + ": " + error.message()};
  return files;
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
  const auto last = path.substr(std::min(path.rfind('/'), path.size()));
  auto found = files_.find(path);
  if (found == files_.end() && last.find('.') == std::string_view::npos) found = files_.find(kIndex);
  return found == files_.end() || !found->second.plain ? nullptr : &found->second;
}

std::optional<Response> StaticFiles::get(const Request& request) const {
  if (request.method != Method::kGet && request.method != Method::kHead) return std::nullopt;
  const File* file = find(request.path);
  if (file == nullptr) return std::nullopt;
  const auto accepted = request.headers.get("Accept-Encoding").value_or("");
  const Form* form = &*file->plain;
  Response response;
  if (file->brotli && accepts(accepted, "br")) {
    form = &*file->brotli;
    response.headers.add("Content-Encoding", "br");
  } else if (file->gzip && accepts(accepted, "gzip")) {
    form = &*file->gzip;
    response.headers.add("Content-Encoding", "gzip");
  }
  const bool hashed = request.path.starts_with("/assets/");
  response.headers.add("Content-Type", file->type);
  response.headers.add("ETag", form->etag);
  response.headers.add("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
  if (file->gzip || file->brotli) response.headers.add("Vary", "Accept-Encoding");
  if (names_etag(request.headers.get("If-None-Match").value_or(""), form->etag))
    response.status = 304;
  else
    response.shared_body = form->bytes;
  return response;
}

}  // namespace anlan::http
