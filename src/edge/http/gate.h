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

class Gate final : public http::Handler {
 public:
  // `console`: the built console, or null. The routes' order does not matter: literal segments win over {arguments}.
  Gate(Services&, Sessions&, std::vector<Route>, std::shared_ptr<const http::StaticFiles> console);

  void handle(http::Request, http::Reply) override;
  std::size_t body_limit(http::Method, std::string_view path) const override;

 private:
  struct Match {
    const Route* route = nullptr;
    std::vector<std::string> arguments;
    bool other_method = false;  // the path exists, for another method
  };
  Match find(http::Method, std::string_view path) const;
  std::optional<Refusal> enter(const Route&, Call&);
  void serve_console(http::Request, const http::Reply&);

  Services& services_;
  Sessions& sessions_;
  std::vector<Route> routes_;
  std::shared_ptr<const http::StaticFiles> console_;
  RateLimit rates_;
};

}  // namespace anlan::edge
