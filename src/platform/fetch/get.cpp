#include "platform/fetch/get.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "platform/fetch/address.h"

namespace anlan::fetch {
namespace {

constexpr int kMostRedirects = 5;

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

void start_library() {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  ANLAN_ASSERT(once == CURLE_OK);
}

std::string small(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

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
  Parts parts{part(CURLUPART_SCHEME), small(part(CURLUPART_HOST)), part(CURLUPART_PORT)};
  if (parts.host.starts_with('[') && parts.host.ends_with(']')) parts.host = parts.host.substr(1, parts.host.size() - 2);
  const bool web = parts.scheme == "http" || parts.scheme == "https";
  return web && !parts.host.empty() ? std::optional(parts) : std::nullopt;
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

// One request and what comes of it.
struct Exchange {
  const Wish& wish;
  const std::atomic<bool>* stop;
  const std::vector<std::string>& addresses;  // that may be connected to
  Got got;
  bool too_large = false, strayed = false;

  static std::size_t take(char* bytes, std::size_t, std::size_t count, void* self) {
    auto& e = *static_cast<Exchange*>(self);
    e.too_large = e.got.body.size() + count > e.wish.limit;
    if (e.too_large) return 0;
    e.got.body.append(bytes, count);
    return count;
  }
  static std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* self) {
    auto& got = static_cast<Exchange*>(self)->got;
    const std::string_view line(bytes, count);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return count;
    const std::string name = small(std::string(line.substr(0, colon)));
    std::string value(line.substr(colon + 1));
    const std::size_t first = value.find_first_not_of(" \t"), last = value.find_last_not_of(" \t\r\n");
    value = first == std::string::npos || last < first ? "" : value.substr(first, last - first + 1);
    if (value.size() > 1000) return count;
    if (name == "etag") got.etag = value;
    if (name == "last-modified") got.last_modified = value;
    return count;
  }
  // Whatever the library has in mind, this is where it goes.
  static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* to) {
    auto& e = *static_cast<Exchange*>(self);
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = to->family == AF_INET
                            ? static_cast<const void*>(&reinterpret_cast<sockaddr_in*>(&to->addr)->sin_addr)
                            : static_cast<const void*>(&reinterpret_cast<sockaddr_in6*>(&to->addr)->sin6_addr);
    const bool known = to->family == AF_INET || to->family == AF_INET6;
    e.strayed = !known || !inet_ntop(to->family, bytes, text.data(), text.size()) || 
                std::ranges::find(e.addresses, text.data()) == e.addresses.end();
    return e.strayed ? CURL_SOCKET_BAD : ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
  }
  static int pass(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* stop = static_cast<Exchange*>(self)->stop;
    return stop && *stop ? 1 : 0;
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

void set_up(CURL* curl, Exchange& e, const std::string& url, Milliseconds left) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "anlan");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min<std::int64_t>(left.count(), 10'000)));
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(e.wish.limit));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Exchange::take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &e);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, Exchange::take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &e);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, Exchange::open);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &e);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, Exchange::pass);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &e);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  if (!e.wish.authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, e.wish.authorities.c_str());
}

List conditions(const Wish& wish) {
  curl_slist* list = curl_slist_append(nullptr, "Accept: application/cap+xml, application/atom+xml, */*;q=0.5");
  if (!wish.etag.empty()) list = curl_slist_append(list, ("If-None-Match: " + wish.etag).c_str());
  if (!wish.last_modified.empty()) list = curl_slist_append(list, ("If-Modified-Since: " + wish.last_modified).c_str());
  return {list, curl_slist_free_all};
}

class Getting {
 public:
  Getting(const Wish& wish, const Resolve& resolve, const std::atomic<bool>* stop)
      : wish_(wish), resolve_(resolve), stop_(stop) {}

  Result<Got, Lapse> run() {
    const auto own = parts_of(wish_.url);
    if (!own) return lapse(Fault::kUrl, wish_.url);
    std::string url = wish_.url;
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
      const auto parts = parts_of(url);
      if (!parts || (hop > 0 && own->scheme == "https" && parts->scheme == "http")) return lapse(Fault::kUrl, url);
      if (parts->host != own->host && std::ranges::find(wish_.hosts, parts->host) == wish_.hosts.end())
        return lapse(Fault::kHost, url);
      const bool may_be_private = wish_.allow_private && parts->host == own->host;
      const auto addresses = addresses_of(*parts, url, may_be_private);
      if (!addresses.ok()) return addresses.error();
      auto got = once(url, *parts, *addresses);
      if (!got.ok() || got->status < 300 || got->status == 304) return got;
      url = got->url;
    }
    return lapse(Fault::kRedirects, wish_.url);
  }

 private:
  static Lapse lapse(Fault fault, const std::string& url, const std::string& more = {}) {
    return {fault, std::string(name_of(fault)) + ": " + url + (more.empty() ? "" : ": " + more)};
  }

  // A name that has both kinds of addresses is somebody's trick.
  Result<std::vector<std::string>, Lapse> addresses_of(const Parts& parts, const std::string& url, bool may_be_private) const {
    const auto found = resolve_(parts.host);
    if (!found.ok()) return lapse(Fault::kName, url, found.error().what);
    if (found->empty()) return lapse(Fault::kName, url);
    for (const std::string& address : *found)
      if (!may_be_private && !is_public(address)) return lapse(Fault::kPrivate, url, address);
    return *found;
  }

  // Of a redirect `url` is where it leads to.
  Result<Got, Lapse> once(const std::string& url, const Parts& parts,
                          const std::vector<std::string>& addresses) const {
    const Curl curl(curl_easy_init(), curl_easy_cleanup);
    Exchange e{wish_, stop_, addresses, {}, false, false};
    set_up(curl.get(), e, url, wish_.patience);
    std::string pinned = bracketed(parts.host) + ":" + parts.port;
    for (const std::string& address : addresses)
      pinned.append(&address == &addresses.front() ? ":" : ",").append(bracketed(address));
    const List known(curl_slist_append(nullptr, pinned.c_str()), curl_slist_free_all);
    curl_easy_setopt(curl.get(), CURLOPT_RESOLVE, known.get());
    const List headers = conditions(wish_);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    const CURLcode done = curl_easy_perform(curl.get());
    if (done != CURLE_OK) return lapse(fault_of(done, e), url, curl_easy_strerror(done));
    long status = 0;
    char* next = nullptr;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl.get(), CURLINFO_REDIRECT_URL, &next);
    e.got.status = static_cast<int>(status);
    const bool leads_on = next && status >= 300 && status < 400 && status != 304;
    e.got.url = leads_on ? next : url;
    if (status != 200 && status != 304 && !leads_on) return lapse(Fault::kStatus, url, std::to_string(status));
    return std::move(e.got);
  }

  const Wish& wish_;
  const Resolve& resolve_;
  const std::atomic<bool>* const stop_;
};

}  // namespace

Result<Got, Lapse> get(const Wish& wish, const Resolve& resolve, const std::atomic<bool>* stop) {
  start_library();
  return Getting(wish, resolve, stop).run();
}

}  // namespace anlan::fetch
