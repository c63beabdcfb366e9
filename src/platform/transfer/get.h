#pragma once
// A GET of what others publish that nobody can lead astray: only to hosts that were named, each name resolved once and
// the connection made to those addresses and no other, nothing private unless it was allowed, a bound of bytes and of
// time. No cookies, no credentials. docs/decisions/0031-what-others-warn-of.md

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"

namespace anlan::transfer {

class Call;

struct Wish {
  std::string url;  // of http or https
  // Names or numbers that may be asked beside the URL's own, as where it leads on to; small letters.
  std::vector<std::string> hosts = {};
  // The URL's own host may have a private address; never one that it leads on to.
  bool allow_private = false;
  std::size_t limit = 0;  // bytes of the answer; more is told by Fault::kTooLarge, and not read
  Milliseconds connecting{10'000}, patience{30'000};  // of each request; the second for all of it
  // What the same URL was answered with before; sent back, so that what is the same need not come again.
  std::string etag = {}, last_modified = {};
  std::string ca_file = {};  // PEM; empty: whom the machine trusts
};

struct Got {
  int status = 0;  // 200 or 304
  std::string body, etag, last_modified;
  std::string url;  // where it was found
};

enum class Fault {
  kUrl,        // no URL of http or https, or with a name and password
  kHost,       // not one of the hosts
  kName,       // nobody knows the name
  kPrivate,    // not an address of the public internet
  kRedirects,  // more than five
  kConnection,
  kTls,
  kTime,
  kTooLarge,
  kStatus,  // the server answers with something else than the thing
  kStopped,
};

constexpr auto names_of(Fault) {
  using enum Fault;
  using P = std::pair<Fault, std::string_view>;
  return std::array{P{kUrl, "url"},         P{kHost, "host"},           P{kName, "name"},
                    P{kPrivate, "private"}, P{kRedirects, "redirects"}, P{kConnection, "connection"},
                    P{kTls, "tls"},         P{kTime, "time"},           P{kTooLarge, "too_large"},
                    P{kStatus, "status"},   P{kStopped, "stopped"}};
}

// `what`: for the log, with the URL at fault.
struct Lapse {
  Fault fault;
  std::string what;
};

// Numeric addresses of a name or of a number, in the order of preference.
using Resolve = std::function<Result<std::vector<std::string>>(const std::string& host)>;
// As the system does it. Waits for the network.
Result<std::vector<std::string>> resolve(const std::string& host);

// One thread at a time, but for interrupt(). `resolve` is another in tests.
class Getter {
 public:
  explicit Getter(Resolve resolve = transfer::resolve);
  ~Getter();
  Result<Got, Lapse> get(const Wish&);
  // What goes on now ends within about a second, and so does all that is asked later: Fault::kStopped.
  void interrupt();

 private:
  const Resolve resolve_;
  const std::unique_ptr<Call> call_;
};

}  // namespace anlan::transfer
