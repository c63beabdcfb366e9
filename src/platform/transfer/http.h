#pragma once
// Calls to services over HTTP and HTTPS that others run, somewhere on the internet: certificates as the machine trusts
// them. Between nodes, and to those whose certificate is known, platform/http.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/time.h"

namespace anlan::transfer {

class Call;

struct HttpSettings {
  Milliseconds connecting{5'000}, patience{15'000};  // the second for all of it
  std::size_t longest = 65'536;                      // of the answer's body; more is not read
  std::string ca_file = {};                          // PEM; empty: whom the machine trusts
  bool allow_private = false;                        // else only addresses of the internet are connected to
  // Uses connections again. What goes out by one that has just been closed goes out anew: for who takes it twice.
  bool keep = false;
};

struct HttpAnswer {
  int status = 0;
  std::string body = {};
  std::string retry_after = {};  // as it stands there
};

// Without an answer.
struct Lost {
  std::string what;   // nothing of the address but its machine
  bool sent = false;  // whether the other side may have it
};

// When to come again, by a Retry-After (RFC 9110 §10.2.3): seconds, or a date. Nothing where it says neither.
std::optional<Instant> retry_at(std::string_view retry_after, Instant now);

using HttpField = std::pair<std::string_view, std::string_view>;

// One thread at a time, but for interrupt(). Redirections are answers like others.
class Http {
 public:
  explicit Http(HttpSettings);
  ~Http();
  Result<HttpAnswer, Lost> post(const std::string& url, std::string_view body, std::span<const HttpField>);
  // What goes on now ends within about a second, and so does all that is asked later.
  void interrupt();

 private:
  const HttpSettings settings_;
  const std::unique_ptr<Call> call_;
};

}  // namespace anlan::transfer
