#pragma once
// The route table: every way into the node over HTTP, what it needs, who may use it. What is not in it does not exist.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edge/http/page.h"
#include "edge/http/services.h"
#include "edge/http/sessions.h"
#include "platform/http/server.h"

namespace anlan::edge {

enum class Access {
  kPublic,   // anybody
  kSession,  // whoever is signed in
  kCommand,  // who may use the command named by `permission`
  kRoles,    // one of `roles`
  kKey,      // an API key
};
constexpr auto names_of(Access) {
  using P = std::pair<Access, std::string_view>;
  return std::array{P{Access::kPublic, "public"}, P{Access::kSession, "session"}, P{Access::kCommand, "command"},
                    P{Access::kRoles, "roles"}, P{Access::kKey, "key"}};
}

// How often one asker may come: in a row, and again per second.
struct Rate {
  double burst, per_second;
};
inline constexpr Rate kUsualRate{400, 200}, kSignInRate{60, 2}, kDocumentRate{20, 2};
inline constexpr std::size_t kUsualBody = 64 * 1024, kNoBody = 0;

// One request on its way. Handlers answer through `reply` once, on any thread.
struct Call {
  http::Request request;
  http::Reply reply;
  Viewer viewer;  // of kPublic routes: perhaps nobody
  std::vector<std::string> arguments;
  std::string world{command::kReal};
  Locale locale = Locale::kChinese;
};

struct Route {
  http::Method method = http::Method::kGet;
  std::string_view path;  // "/api/v1/incidents/{id}"
  Access access = Access::kSession;
  std::string_view permission = {};
  std::vector<account::Role> roles = {};
  std::size_t body_limit = kNoBody;
  Rate rate = kUsualRate;
  std::string request_schema = {};  // JSON schema of the body, empty where there is none
  std::function<void(Services&, Call)> handle;
};

// A GET answered by a page.
Route page(std::string_view path, PageFunction, Access = Access::kSession, std::vector<account::Role> roles = {});

// Answers by a response in JSON that nobody may keep.
void answer_json(const Call&, int status, std::string body);
void answer_refusal(Services&, const Call&, const Refusal&);

}  // namespace anlan::edge
