#pragma once
// One handle of libcurl. Its errors and time limits are the same for every protocol.

#include <curl/curl.h>

#include <atomic>
#include <memory>
#include <string>

#include "base/time.h"

namespace anlan::transfer {

// One thread at a time, but for interrupt().
class Call {
 public:
  Call();
  // Forgets all options, and keeps the connection.
  void begin(Milliseconds connecting, Milliseconds patience, const std::string& ca_file);
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl_.get(), option, value);
  }
  CURLcode perform();
  long number(CURLINFO) const;
  std::string field(const char* name) const;  // of the head of an HTTP answer; empty where it is not there
  std::string leads_to() const;               // of a redirection: where; empty where it is none
  // What went wrong, without anything of an address but its machine.
  std::string what(CURLcode) const;

  // What goes on now ends within about a second, and so does all that is asked later.
  void interrupt() { interrupted_ = true; }

 private:
  static int stop(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
  char error_[CURL_ERROR_SIZE] = {};
  std::atomic<bool> interrupted_ = false;
};

using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
void append(List&, const std::string&);

}  // namespace anlan::transfer
