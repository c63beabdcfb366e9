#include "edge/peer/asking.h"

#include <utility>

namespace anlan::edge::peer {

http::Response said(int status, std::string body) {
  http::Response response{.status = status, .body = std::move(body)};
  response.headers.add("Content-Type", "application/json");
  if (status == 429 || status == 503) response.headers.add("Retry-After", "1");
  return response;
}

Turns::Turn Turns::enter(const std::string& what) {
  const auto leave = [taken = taken_, what](const Taken*) {
    const std::lock_guard lock(taken->mutex);
    taken->what.erase(what);
  };
  {
    const std::lock_guard lock(taken_->mutex);
    if (!taken_->what.insert(what).second) return nullptr;
  }
  return {taken_.get(), leave};
}

Asking::Asking(Turns::Turn turn, http::Request asked, http::Reply reply)
    : request(std::move(asked)), turn_(std::move(turn)), reply_(std::move(reply)) {}

Asking::~Asking() { answer(said(503)); }

void Asking::answer(http::Response response) {
  if (answered_.exchange(true)) return;
  end_turn();
  reply_(std::move(response));
}

}  // namespace anlan::edge::peer
