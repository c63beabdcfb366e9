#include "platform/transfer/get.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>

#include "base/text.h"
#include "platform/net/public_address.h"
#include "platform/transfer/call.h"

namespace anlan::transfer {
namespace {

constexpr int kMostRedirects = 5;

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

struct Parts {
  std::string scheme, host, port;
};

// Nothing where it is no URL that may be asked for at all.
std::optional<Parts> parts_of(const std::string& url) {
  const Url parsed(curl_url(), curl_url_cleanup);
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) return std::nullopt;
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    curl_url_get(parsed.get(), which, &text, CURLU_DEFAULT_PORT);
    const std::string copy = text ? text : "";
    curl_free(text);
    return copy;
  };
  Parts parts{part(CURLUPART_SCHEME), lower(part(CURLUPART_HOST)), part(CURLUPART_PORT)};
  if (parts.host.starts_with('[') && parts.host.ends_with(']'))
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  const bool web = parts.scheme == "http" || parts.scheme == "https";
  return web && !parts.host.empty() ? std::optional(parts) : std::nullopt;
}

std::string bracketed(const std::string& host) { return host.find(':') == std::string::npos ? host : "[" + host + "]"; }

// As numbers; empty where it is of neither family.
std::string numeric(const sockaddr& address, socklen_t size) {
  std::array<char, NI_MAXHOST> text{};
  const int error = getnameinfo(&address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
  return error == 0 ? text.data() : "";
}

// What comes of one request.
struct Exchange {
  std::size_t limit;
  const std::vector<std::string>& addresses;  // that may be connected to
  std::string body = {};
  bool too_large = false, strayed = false;

  static std::size_t take(const char* bytes, std::size_t, std::size_t count, void* self) {
    auto& e = *static_cast<Exchange*>(self);
    e.too_large = e.body.size() + count > e.limit;
    if (e.too_large) return 0;
    e.body.append(bytes, count);
    return count;
  }
  // Whatever the library has in mind, this is where it goes.
  static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* to) {
    auto& e = *static_cast<Exchange*>(self);
    e.strayed = std::ranges::find(e.addresses, numeric(to->addr, to->addrlen)) == e.addresses.end();
    return e.strayed ? CURL_SOCKET_BAD : ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
  }
};

Fault fault_of(CURLcode code, const Exchange& e) {
  if (e.too_large || code == CURLE_FILESIZE_EXCEEDED) return Fault::kTooLarge;
  if (e.strayed) return Fault::kPrivate;
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return Fault::kStopped;
    case CURLE_OPERATION_TIMEDOUT:
      return Fault::kTime;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return Fault::kTls;
    default:
      return Fault::kConnection;
  }
}

List head_of(const Wish& wish) {
  List list(nullptr, curl_slist_free_all);
  append(list, "Accept: application/cap+xml, application/atom+xml, */*;q=0.5");
  if (!wish.etag.empty()) append(list, "If-None-Match: " + wish.etag);
  if (!wish.last_modified.empty()) append(list, "If-Modified-Since: " + wish.last_modified);
  return list;
}

Lapse lapse(Fault fault, const std::string& url, const std::string& more = {}) {
  return {fault, std::string(name_of(fault)) + ": " + url + (more.empty() ? "" : ": " + more)};
}

// One of several that is private is somebody's trick.
Result<std::vector<std::string>, Lapse> addresses_of(const std::string& host, const std::string& url,
                                                     const Resolve& resolve, bool may_be_private) {
  const auto found = resolve(host);
  if (!found.ok()) return lapse(Fault::kName, url, found.error().what);
  if (found->empty()) return lapse(Fault::kName, url);
  for (const std::string& address : *found)
    if (!may_be_private && !net::is_public(address)) return lapse(Fault::kPrivate, url, address);
  return *found;
}

// Of a redirect `url` of the answer is where it leads to.
Result<Got, Lapse> once(Call& call, const Wish& wish, const std::string& url, const Parts& parts,
                        const std::vector<std::string>& addresses) {
  Exchange e{wish.limit, addresses};
  std::string pinned = bracketed(parts.host) + ":" + parts.port;
  for (const std::string& address : addresses)
    pinned.append(&address == &addresses.front() ? ":" : ",").append(bracketed(address));
  List known(nullptr, curl_slist_free_all);
  append(known, pinned);
  const List head = head_of(wish);
  call.begin(wish.connecting, wish.patience, wish.ca_file);
  call.set(CURLOPT_URL, url.c_str());
  call.set(CURLOPT_PROTOCOLS_STR, "http,https");
  call.set(CURLOPT_USERAGENT, "anlan");
  call.set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(wish.limit));
  call.set(CURLOPT_WRITEFUNCTION, &Exchange::take);
  call.set(CURLOPT_WRITEDATA, &e);
  call.set(CURLOPT_OPENSOCKETFUNCTION, &Exchange::open);
  call.set(CURLOPT_OPENSOCKETDATA, &e);
  call.set(CURLOPT_FORBID_REUSE, 1L);
  call.set(CURLOPT_RESOLVE, known.get());
  call.set(CURLOPT_HTTPHEADER, head.get());
  const CURLcode done = call.perform();
  if (done != CURLE_OK) return lapse(fault_of(done, e), url, call.what(done));
  const int status = static_cast<int>(call.number(CURLINFO_RESPONSE_CODE));
  const std::string next = call.leads_to();
  const bool leads_on = !next.empty() && status >= 300 && status < 400 && status != 304;
  if (status != 200 && status != 304 && !leads_on) return lapse(Fault::kStatus, url, std::to_string(status));
  return Got{status, std::move(e.body), call.field("ETag"), call.field("Last-Modified"), leads_on ? next : url};
}

}  // namespace

Result<std::vector<std::string>> resolve(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (const int error = getaddrinfo(host.c_str(), nullptr, &wanted, &list); error != 0)
    return Failure{host + ": " + gai_strerror(error)};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> held(list, freeaddrinfo);
  std::vector<std::string> found;
  for (const addrinfo* one = list; one; one = one->ai_next)
    if (std::string text = numeric(*one->ai_addr, one->ai_addrlen); !text.empty()) found.push_back(std::move(text));
  return found;
}

Getter::Getter(Resolve resolve) : resolve_(std::move(resolve)), call_(std::make_unique<Call>()) {}
Getter::~Getter() = default;
void Getter::interrupt() { call_->interrupt(); }

Result<Got, Lapse> Getter::get(const Wish& wish) {
  const auto own = parts_of(wish.url);
  if (!own) return lapse(Fault::kUrl, wish.url);
  std::string url = wish.url;
  for (int hop = 0; hop <= kMostRedirects; ++hop) {
    const auto parts = parts_of(url);
    if (!parts || (hop > 0 && own->scheme == "https" && parts->scheme == "http")) return lapse(Fault::kUrl, url);
    if (parts->host != own->host && std::ranges::find(wish.hosts, parts->host) == wish.hosts.end())
      return lapse(Fault::kHost, url);
    const auto addresses = addresses_of(parts->host, url, resolve_, wish.allow_private && parts->host == own->host);
    if (!addresses.ok()) return addresses.error();
    auto got = once(*call_, wish, url, *parts, *addresses);
    if (!got.ok() || got->status < 300 || got->status == 304) return got;
    url = got->url;
  }
  return lapse(Fault::kRedirects, wish.url);
}

}  // namespace anlan::transfer
