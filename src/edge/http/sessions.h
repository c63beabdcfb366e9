#pragma once
// Who asks: session cookies and API keys, checked against the vault once and remembered.

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "edge/http/services.h"
#include "platform/http/message.h"

namespace anlan::edge {

// Who asks, as the directory knew it when the request came in.
struct Viewer {
  account::Actor actor;
  std::string session;  // empty for an API key
  // A one-time password was used: the gate then opens only what changes it.
  bool must_change_password = false;
};

// A new secret that its owner keeps, and what the node keeps of it. `text` is "ID.SECRET".
// The secret is 256 random bits, so one round of SM3 is enough: there is nothing to guess.
struct Token {
  std::string id, text, hash;
};
Token new_token(Random&, std::string id);

// Thread safe.
// What was proven once is remembered, bounded; a session that has ended is no longer in the directory and so proves
// nothing.
class Sessions {
 public:
  explicit Sessions(Services& services) : services_(services) {}

  // By the cookie "anlan_session". Ends the session when it was idle for too long.
  // Nothing where there is no cookie, an unknown session, a wrong secret, an idle or expired one; never says which.
  // Counts as use of the session, but for a request with "Anlan-Automatic": a console that shows what the feed told is
  // no sign that somebody sits there.
  std::optional<Viewer> by_cookie(const http::Request&);
  // Whether the cookie names a session that this process does not know: another one may have opened it just now.
  bool is_unknown(const http::Request&);
  // By "Authorization: Bearer ID.SECRET".
  // Nothing for a key that is unknown, revoked or of a retired organisation. A key has no roles: it may only do what
  // the command path allows keys.
  std::optional<Viewer> by_key(const http::Request&);

  // What ends the sessions that nobody has used for too long; asked by the node's timer, so that a feed left open ends
  // too. A session that was not seen since the start counts from when this was first asked.
  std::vector<command::Envelope> idle(Instant now);

  // Sessions used here since this was last asked, and when; for the other processes on the store.
  std::vector<std::pair<std::string, Instant>> take_used();

  // "Set-Cookie" texts for a new session and for none.
  // HttpOnly and SameSite=Strict always, Secure where the node itself speaks TLS. No age: it ends with the browser,
  // the session with its own end.
  std::string cookie(const std::string& token) const;
  std::string no_cookie() const;

 private:
  // The account of an open session, found in the directory.
  std::optional<std::string> account_of(const std::string& session);
  // In constant time; `subject` is the vault's name of the credential ("session/ID", "key/ID").
  bool matches(const std::string& subject, std::string_view secret);
  // Also notes the moment of a use. After a restart the first request counts as one, since requests are no facts.
  bool is_idle(const std::string& session, bool used);
  // Since when nobody has used it, here or elsewhere; elsewhere is asked only where it would be idle by what is known
  // here.
  Instant unused_since(const std::string& session, Instant now);
  bool too_long(Instant since, Instant now) const { return now - since > services_.node().idle; }

  Services& services_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::string> hashes_;    // of subjects, as the vault has them
  std::unordered_map<std::string, Instant> last_used_;     // of sessions
  std::unordered_set<std::string> used_;                   // since take_used()
  std::shared_ptr<const state::Directory> indexed_;        // the directory that `accounts_` is of
  std::unordered_map<std::string, std::string> accounts_;  // by session
};

}  // namespace anlan::edge
