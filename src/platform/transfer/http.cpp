#include "platform/transfer/http.h"

#include <sys/socket.h>

#include "platform/net/public_address.h"
#include "platform/transfer/call.h"

namespace anlan::transfer {
namespace {

struct Body {
  std::string text = {};
  std::size_t longest;
};

// Fewer bytes taken than there were end the transfer.
std::size_t take(const char* bytes, std::size_t, std::size_t size, void* body) {
  auto& b = *static_cast<Body*>(body);
  const std::size_t room = std::min(size, b.longest - b.text.size());
  b.text.append(bytes, room);
  return room;
}

// Judged where the connection is made: what a name meant when it was looked at may be another address a moment later.
curl_socket_t open_public(void* refused, curlsocktype, curl_sockaddr* to) {
  if (net::is_public(to->addr)) return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
  *static_cast<bool*>(refused) = true;
  return CURL_SOCKET_BAD;
}

}  // namespace

std::optional<Instant> retry_at(std::string_view retry_after, Instant now) {
  const std::string text(retry_after);
  if (!text.empty() && text.size() < 9 && text.find_first_not_of("0123456789") == std::string::npos)
    return now + std::chrono::seconds{std::stol(text)};
  const std::time_t date = curl_getdate(text.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  return from_ms(static_cast<std::int64_t>(date) * 1000);
}

Http::Http(HttpSettings settings) : settings_(std::move(settings)), call_(std::make_unique<Call>()) {}
Http::~Http() = default;
void Http::interrupt() { call_->interrupt(); }

Result<HttpAnswer, Lost> Http::post(const std::string& url, std::string_view body, std::span<const HttpField> fields) {
  Body answer{.longest = settings_.longest};
  bool refused = false;
  List head(nullptr, curl_slist_free_all);
  append(head, "Expect:");
  for (const auto& [name, value] : fields) append(head, std::string(name) + ": " + std::string(value));
  call_->begin(settings_.connecting, settings_.patience, settings_.ca_file);
  call_->set(CURLOPT_PROTOCOLS_STR, "http,https");
  call_->set(CURLOPT_URL, url.c_str());
  call_->set(CURLOPT_HTTPHEADER, head.get());
  call_->set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  call_->set(CURLOPT_POSTFIELDS, body.data());
  call_->set(CURLOPT_WRITEFUNCTION, &take);
  call_->set(CURLOPT_WRITEDATA, &answer);
  call_->set(CURLOPT_FORBID_REUSE, settings_.keep ? 0L : 1L);
  if (!settings_.allow_private) {
    call_->set(CURLOPT_OPENSOCKETFUNCTION, &open_public);
    call_->set(CURLOPT_OPENSOCKETDATA, &refused);
  }
  const CURLcode code = call_->perform();
  if (refused && code != CURLE_OK) return Lost{"private address"};
  if (code != CURLE_OK && code != CURLE_WRITE_ERROR)
    return Lost{call_->what(code), call_->number(CURLINFO_REQUEST_SIZE) > 0};
  return HttpAnswer{static_cast<int>(call_->number(CURLINFO_RESPONSE_CODE)), std::move(answer.text),
                    call_->field("Retry-After")};
}

}  // namespace anlan::transfer
