#pragma once
// A built single-page application, served from memory.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/http/message.h"

namespace anlan::http {

// Immutable after load: thread safe. Nothing outside the folder can be named: a request only looks up what was loaded.
class StaticFiles {
 public:
  // Reads every regular file below `folder`; NAME.gz and NAME.br beside NAME are its precompressed forms. Links that
  // lead out of the folder are left out.
  static Result<StaticFiles> load(const std::string& folder);

  // GET and HEAD; nullopt for other methods and for a path that names no file. A path whose last segment has no dot
  // gets index.html (the application's own routes). Strong ETag per form, 304 on If-None-Match; what lies under
  // /assets/ bears a hash in its name and is cached for good, the rest is revalidated.
  std::optional<Response> get(const Request&) const;

 private:
  struct Form {
    std::shared_ptr<const std::string> bytes;
    std::string etag;
  };
  struct File {
    std::string type;
    std::optional<Form> plain, gzip, brotli;
  };
  static Form form_of(std::string bytes);
  const File* find(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_;  // "/assets/a.js"
};

}  // namespace anlan::http
