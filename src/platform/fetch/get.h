#pragma once
// A GET of what others publish, by libcurl, that nobody can lead astray: only to hosts that were named, each name
// resolved once and the connection made to that address and no other, nothing private unless it was allowed, a bound of
// bytes and of time. No proxy of the environment, no cookies, no credentials, http and https alone.
//
// Waits; thread safe. docs/decisions/0031-what-others-warn-of.md

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"

namespace anlan::fetch {

struct Wish {
  std::string url;
  // Names or numbers that may be asked beside the URL's own, as where it leads on to; small letters.
  std::vector<std::string> hosts = {};
  // The URL's own host may have a private address; never one that it leads on to.
  bool allow_private = false;
  std::size_t limit = 0;  // bytes of the answer; more is told by Fault::kTooLarge, and not read
  Milliseconds patience{30'000};
  // What the same URL was answered with before; sent back, so that what is the same need not come again.
  std::string etag = {}, last_modified = {};
  std::string authorities = {};  // PEM file that vouches for servers; empty: the system's
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
  kStatus,     // the server answers with something else than the thing
  kStopped,
};

constexpr auto names_of(Fault) {
  using enum Fault;
  using P = std::pair<Fault, std::string_view>;
  return std::array{P{kUrl, "url"},        P{kHost, "host"},   P{kName, "name"}, P{kPrivate, "private"},
                    P{kRedirects, "redirects"}, P{kConnection, "connection"}, P{kTls, "tls"},   P{kTime, "time"},
                    P{kTooLarge, "too_large"},  P{kStatus, "status"},         P{kStopped, "stopped"}};
}

// `what`: for the log, with the URL at fault.
struct Lapse {
  Fault fault;
  std::string what;
};

using Resolve = std::function<Result<std::vector<std::string>>(const std::string& host)>;

// `stop`: becomes true when nobody waits any more. May be null.
Result<Got, Lapse> get(const Wish&, const Resolve&, const std::atomic<bool>* stop = nullptr);

}  // namespace anlan::fetch
