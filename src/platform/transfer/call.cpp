#include "platform/transfer/call.h"

#include <mutex>

#include "base/result.h"

namespace anlan::transfer {
namespace {

// The library asks to be begun once, before any other thread uses it.
CURL* handle() {
  static std::once_flag begun;
  std::call_once(begun, [] { ANLAN_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
  return curl_easy_init();
}

}  // namespace

Call::Call() : curl_(handle(), curl_easy_cleanup) { ANLAN_ASSERT(curl_ != nullptr); }

// No proxy of the environment, no file of passwords: what is called is what the settings name.
void Call::begin(Milliseconds connecting, Milliseconds patience, const std::string& ca_file) {
  curl_easy_reset(curl_.get());
  error_[0] = '\0';
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connecting.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
  if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
  set(CURLOPT_ERRORBUFFER, error_);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &Call::stop);
  set(CURLOPT_XFERINFODATA, this);
}

int Call::stop(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Call*>(self)->interrupted_ ? 1 : 0;
}

CURLcode Call::perform() { return interrupted_ ? CURLE_ABORTED_BY_CALLBACK : curl_easy_perform(curl_.get()); }

long Call::number(CURLINFO info) const {
  long value = 0;
  curl_easy_getinfo(curl_.get(), info, &value);
  return value;
}

std::string Call::field(const char* name) const {
  curl_header* header = nullptr;
  return curl_easy_header(curl_.get(), name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : "";
}

std::string Call::leads_to() const {
  char* url = nullptr;
  curl_easy_getinfo(curl_.get(), CURLINFO_REDIRECT_URL, &url);
  return url ? url : "";
}

std::string Call::what(CURLcode code) const { return error_[0] != '\0' ? error_ : curl_easy_strerror(code); }

void append(List& list, const std::string& text) { list.reset(curl_slist_append(list.release(), text.c_str())); }

}  // namespace anlan::transfer
