#include "edge/http/sessions.h"

#include <algorithm>
#include <array>

#include "journal/credentials.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::edge {
namespace {

constexpr std::string_view kCookie = "anlan_session";
// Beyond that all is forgotten and proven anew; for last_used that lengthens an idle time once.
constexpr std::size_t kMostRemembered = 100'000;

std::string hash_of(std::string_view secret) { return crypto::to_hex(crypto::sm3(secret)); }

// The value of a cookie in the header, which lists "name=value; name=value".
std::string_view cookie_value(const http::Request& request, std::string_view name) {
  std::string_view header = request.headers.get("Cookie").value_or("");
  while (!header.empty()) {
    const std::size_t end = header.find(';');
    std::string_view pair = header.substr(0, end);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
    if (end == std::string_view::npos) break;
    header.remove_prefix(end + 1);
  }
  return {};
}

// A token taken apart; `secret` points into it.
struct Split {
  std::string id;
  std::string_view secret;
};
std::optional<Split> split(std::string_view token) {
  const std::size_t dot = token.find('.');
  if (dot == std::string_view::npos || dot == 0 || token.size() > 200) return std::nullopt;
  return Split{std::string(token.substr(0, dot)), token.substr(dot + 1)};
}

// By the node itself: whose session it is has nothing to say to it.
command::Envelope ending(const std::string& account, const std::string& session, const std::string& why) {
  command::Envelope out;
  out.actor.account = "system";
  out.target = account;
  out.command = command::SignOut{session, why};
  return out;
}

}  // namespace

Token new_token(Random& random, std::string id) {
  std::array<std::byte, 32> bytes{};
  random.fill(bytes);
  const std::string secret = crypto::to_base64url(bytes);
  return {id, id + "." + secret, hash_of(secret)};
}

std::string Sessions::cookie(const std::string& token) const {
  return std::string(kCookie) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" +
         (services_.node().secure_cookies ? "; Secure" : "");
}

std::string Sessions::no_cookie() const { return cookie("") + "; Max-Age=0"; }

// The index is rebuilt when the directory changed, which is seldom compared with requests.
std::optional<std::string> Sessions::account_of(const std::string& session) {
  auto directory = services_.directory();
  const std::lock_guard lock(mutex_);
  if (directory != indexed_) {
    accounts_.clear();
    for (const auto& [name, account] : directory->accounts)
      for (const auto& [id, open] : account.sessions) accounts_[id] = name;
    indexed_ = std::move(directory);
  }
  const auto found = accounts_.find(session);
  return found == accounts_.end() ? std::nullopt : std::optional(found->second);
}

// Hashes are compared, so the time of the comparison says nothing of the secret.
bool Sessions::matches(const std::string& subject, std::string_view secret) {
  std::string known;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = hashes_.find(subject); found != hashes_.end()) known = found->second;
  }
  if (known.empty()) {
    known = journal::credential(services_.reader(), subject).value_or("");
    const std::lock_guard lock(mutex_);
    if (hashes_.size() >= kMostRemembered) hashes_.clear();
    if (!known.empty()) hashes_[subject] = known;
  }
  return crypto::equal_in_constant_time(crypto::bytes_of(known), crypto::bytes_of(hash_of(secret)));
}

Instant Sessions::unused_since(const std::string& session, Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (last_used_.size() >= kMostRemembered) last_used_.clear();
    const Instant known = last_used_.try_emplace(session, now).first->second;
    if (!too_long(known, now)) return known;
  }
  const auto elsewhere = services_.used_elsewhere(session);
  const std::lock_guard lock(mutex_);
  Instant& known = last_used_.try_emplace(session, now).first->second;
  if (elsewhere) known = std::max(known, *elsewhere);
  return known;
}

bool Sessions::is_idle(const std::string& session, bool used) {
  const Instant now = services_.clock().now();
  if (too_long(unused_since(session, now), now)) return true;
  const std::lock_guard lock(mutex_);
  if (used) last_used_[session] = now, used_.insert(session);
  return false;
}

std::vector<command::Envelope> Sessions::idle(Instant now) {
  const auto directory = services_.directory();
  std::vector<command::Envelope> ends;
  for (const auto& [name, account] : directory->accounts)
    for (const auto& [id, session] : account.sessions)
      if (too_long(unused_since(id, now), now)) ends.push_back(ending(name, id, "idle"));
  return ends;
}

std::vector<std::pair<std::string, Instant>> Sessions::take_used() {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, Instant>> used;
  for (const auto& session : std::exchange(used_, {}))
    if (const auto found = last_used_.find(session); found != last_used_.end()) used.emplace_back(*found);
  return used;
}

bool Sessions::is_unknown(const http::Request& request) {
  const auto token = split(cookie_value(request, kCookie));
  return token && !account_of(token->id);
}

std::optional<Viewer> Sessions::by_cookie(const http::Request& request) {
  const auto token = split(cookie_value(request, kCookie));
  if (!token) return std::nullopt;
  const auto name = account_of(token->id);
  if (!name || !matches("session/" + token->id, token->secret)) return std::nullopt;
  const auto directory = services_.directory();
  const auto found = directory->accounts.find(*name);
  if (found == directory->accounts.end()) return std::nullopt;
  const auto open = found->second.sessions.find(token->id);
  if (open == found->second.sessions.end()) return std::nullopt;
  const bool expired = services_.clock().now() >= open->second.expires;
  const bool used = !request.headers.get("Anlan-Automatic");
  if (is_idle(token->id, used) || expired) {
    services_.submit(ending(*name, token->id, expired ? "expired" : "idle"), [](const command::Outcome&) {});
    return std::nullopt;
  }
  return Viewer{directory->actor(*name), token->id, found->second.must_change};
}

std::optional<Viewer> Sessions::by_key(const http::Request& request) {
  std::string_view header = request.headers.get("Authorization").value_or("");
  if (!header.starts_with("Bearer ")) return std::nullopt;
  const auto token = split(header.substr(7));
  if (!token) return std::nullopt;
  const auto directory = services_.directory();
  const auto key = directory->keys.find(token->id);
  if (key == directory->keys.end() || key->second.revoked || !matches("key/" + token->id, token->secret))
    return std::nullopt;
  const auto* organisation = directory->organisations.organisation(key->second.organisation);
  if (!organisation || !organisation->active) return std::nullopt;
  return Viewer{{"key:" + token->id, {}, key->second.name, key->second.organisation, {}}, {}, false};
}

}  // namespace anlan::edge
