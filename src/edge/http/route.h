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

// Every route says one of these; there is no way in that says nothing.
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
// A token bucket for each account, or address where nobody is signed in; limits.rate_factor multiplies both. Routes
// with the usual rate share one bucket, the others have one each.
struct Rate {
  double burst, per_second;
};
inline constexpr Rate kUsualRate{400, 200}, kSignInRate{60, 2}, kDocumentRate{20, 2};
// Bytes. A larger body is refused (413) before any of it is read.
inline constexpr std::size_t kUsualBody = 64 * 1024, kNoBody = 0;

// One name that a query may hold, once; or a header.
struct Parameter {
  std::string_view name;
  std::string schema;  // JSON schema of its value
};

// One request on its way. Handlers answer through `reply` once, on any thread.
// Moved along from the gate to the handler, and into whatever answers later; owns all that it holds.
struct Call {
  http::Request request;
  http::Reply reply;
  // Judged once, when the request came in; a long stream is ended by the feed when the session ends.
  Viewer viewer;  // of kPublic routes: perhaps nobody
  // What stands in the path for {…}, decoded, in order.
  std::vector<std::string> arguments;
  std::string world{command::kReal};
  Locale locale = Locale::kChinese;
};

// One row. Kept for the life of the node; handlers are called by several threads at once.
struct Route {
  http::Method method = http::Method::kGet;
  std::string_view path;  // "/api/v1/incidents/{id}"
  Access access = Access::kSession;
  // Name of the command, for kCommand; the roles behind it stand in command/permissions.cpp.
  std::string_view permission = {};
  // For kRoles: any of them suffices.
  std::vector<account::Role> roles = {};
  // Bytes; a route that expects no body takes none.
  std::size_t body_limit = kNoBody;
  Rate rate = kUsualRate;
  std::string request_schema = {};  // JSON schema of the body, empty where there is none
  std::string_view request_type = "application/json";
  // Of kPublic routes: who is counted, where that is not the address; empty: the address.
  std::function<std::string(const Call&)> asker = nullptr;
  // Makes of a refusal what people can read who came by a browser and not by the console; its status stands already.
  std::function<void(const Texts&, const http::Request&, const Refusal&, http::Response&)> refused = nullptr;
  bool takes_after = false;  // ?after=POSITION: answers when the node has come so far
  bool makes = false;        // a command that makes something new has no version to expect
  // What else the query may hold besides `world`; a name that is none of these is refused.
  std::vector<Parameter> parameters = {};
  // Of this route alone; those of all commands follow from `access`.
  std::vector<Parameter> headers = {};
  // The shape of what is answered (edge/http/answers.h); of a command it is always the same.
  std::string_view answer = {};
  std::string_view answer_type = "application/json";
  // Must not block: what blocks goes to a worker or to the writer.
  std::function<void(Services&, Call)> handle;
};

// A GET answered by a page.
// The whole answer is read in one snapshot of the store, on the io thread: a page asks for rows, not for work.
Route page(std::string_view path, PageFunction, Access = Access::kSession, std::vector<account::Role> roles = {});
// A GET open to everybody, answered by a page of another form than JSON.
// With these headers beside those of all answers, or in place of them.
Route open_page(std::string_view path, PageFunction, std::string_view type, http::Headers = {});
// The same row with what its query may hold.
Route asking(Route, std::vector<Parameter>);
// The same row with the shape of its answer.
Route answering(Route, std::string_view shape, std::string_view type = "application/json");
// The same row of a command that makes something new.
Route making(Route);

// Answers by a response in JSON that nobody may keep.
void answer_json(const Call&, int status, std::string body);
void answer_refusal(Services&, const Call&, const Refusal&);

}  // namespace anlan::edge
