#pragma once
// The door: finds the route, lets in who may enter, hands over. Everything else is refused.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "edge/http/rate_limit.h"
#include "edge/http/route.h"
#include "platform/http/static_files.h"

namespace anlan::edge {

// Thread safe. In this order: route, rate, session or key, one-time password, permission or role, origin. What is
// refused costs the writer nothing.
class Gate final : public http::Handler {
 public:
  // `console`: the built console, or null. The routes' order does not matter: literal segments win over {arguments}.
  Gate(Services&, Sessions&, std::vector<Route>, std::shared_ptr<const http::StaticFiles> console);

  // Answers at once or hands over; an unknown path outside of /api/ is the console's.
  void handle(http::Request, http::Reply) override;
  // For a path that no route has: 0, so that nothing is read of it.
  std::size_t body_limit(http::Method, std::string_view path) const override;
  RateLimit& rates() { return rates_; }
  // Problem details too. A body for what has no route is 404 or 405 and not too large: nobody said how large it may be.
  http::Response refusal(int status, const http::Request& heard) const override;

 private:
  // A route that fits path and method, or none.
  struct Match {
    const Route* route = nullptr;
    std::vector<std::string> arguments;
    std::vector<http::Method> others;  // that the path has, where it has not this one
  };
  Match find(http::Method, std::string_view path) const;
  // 405 with Allow.
  http::Response other_method(const Match&, Locale) const;
  http::Response unknown(Locale) const;
  // Of the route's own form, where it has one.
  http::Response refused(const Route&, const http::Request&, Locale, const Refusal&) const;
  void refuse_call(const Route&, const Call&, const Refusal&) const;
  // Fills the viewer; the refusal says what is missing and never whether something exists.
  std::optional<Refusal> enter(const Route&, Call&);
  // Lets in whom the directory knows, or refuses.
  void admit(const Route&, Call);
  // Gives the call to its route, not before the node has come to the position that it asks for.
  void hand_over(const Route&, Call);
  // Has the route answer, on a worker where it may take its time.
  void answer(const Route&, Call, bool on_io_thread);
  void serve_console(http::Request, const http::Reply&);

  Services& services_;
  Sessions& sessions_;
  std::vector<Route> routes_;
  // In memory since the start: a new console needs a restart.
  std::shared_ptr<const http::StaticFiles> console_;
  // By asker. A node's processes tell each other of it (main/siblings.h).
  RateLimit rates_;
};

}  // namespace anlan::edge
