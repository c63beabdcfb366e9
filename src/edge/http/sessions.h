#pragma once
// Who asks: session cookies and API keys, checked against the vault once and remembered.

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "edge/http/services.h"
#include "platform/http/message.h"

namespace anlan::edge {

struct Viewer {
  account::Actor actor;
  std::string session;  // empty for an API key
  bool must_change_password = false;
};

// A new secret that its owner keeps, and what the node keeps of it. `text` is "ID.SECRET".
struct Token {
  std::string id, text, hash;
};
Token new_token(Random&, std::string id);

// Thread safe.
class Sessions {
 public:
  explicit Sessions(Services& services) : services_(services) {}

  // By the cookie "anlan_session". Ends the session when it was idle for too long.
  std::optional<Viewer> by_cookie(const http::Request&);
  // By "Authorization: Bearer ID.SECRET".
  std::optional<Viewer> by_key(const http::Request&);

  // "Set-Cookie" texts for a new session and for none.
  std::string cookie(const std::string& token) const;
  std::string no_cookie() const;

 private:
  struct Known {
    std::string hash, account;
    std::int64_t last_seen = 0;  // milliseconds
  };
  // The account of an open session, found in the directory.
  std::optional<std::string> account_of(const std::string& session);
  bool matches(const std::string& subject, std::string_view secret);
  bool is_idle(const std::string& session);

  Services& services_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::string> hashes_;      // of subjects, as the vault has them
  std::unordered_map<std::string, std::int64_t> last_seen_;  // of sessions
  std::shared_ptr<const state::Directory> indexed_;          // the directory that `accounts_` is of
  std::unordered_map<std::string, std::string> accounts_;    // by session
};

}  // namespace anlan::edge
