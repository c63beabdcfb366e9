#include "edge/http/command_route.h"
#include "edge/http/pages.h"
#include "edge/http/parameters.h"
#include "edge/http/routes.h"

namespace anlan::edge {

// Reading the register is for all who are signed in: a desk must know whom to call.
std::vector<Route> register_routes() {
  using enum account::Role;
  using namespace parameter;
  const std::vector administrators{kSystemAdmin, kSecurityAdmin, kAuditAdmin};
  return {
      asking(page("/api/v1/divisions/search", pages::division_search),
             {text("q"), text("under"), number("limit", 1, 50)}),
      page("/api/v1/divisions/{code}", pages::division),
      page("/api/v1/divisions/{code}/children", pages::division_children),
      page("/api/v1/codes/event-types", pages::event_types),
      answering(page("/api/v1/organisations", pages::organisations), "Organisation[]"),
      answering(page("/api/v1/organisations/receivers", pages::receivers), "PossibleReceiver[]"),
      asking(answering(page("/api/v1/people", pages::people), "Person[]"), {text("organisation"), text("q")}),
      answering(page("/api/v1/accounts", pages::accounts, Access::kRoles, administrators), "Account[]"),
      answering(page("/api/v1/api-keys", pages::keys, Access::kRoles, {kSecurityAdmin, kAuditAdmin}), "ApiKey[]"),
      asking(page("/api/v1/audit", pages::audit, Access::kRoles, {kAuditAdmin}),
             {text("actor"), text("type"), moment("from"), moment("to"),
              number("before", 1, std::numeric_limits<journal::Position>::max()), number("size", 1, 500)}),
      asking(page("/api/v1/sealed", pages::sealed, Access::kRoles, {kSecurityAdmin}), {text("of")}),
      answering(page("/api/v1/session/list", pages::own_sessions), "OpenSession[]"),
      command_route<organisation::RegisterOrganisation>("/api/v1/organisations"),
      command_route<organisation::ChangeOrganisation>("/api/v1/organisations/{id}"),
      command_route<organisation::RetireOrganisation>("/api/v1/organisations/{id}/retire"),
      command_route<organisation::RegisterPerson>("/api/v1/people"),
      command_route<organisation::ChangePerson>("/api/v1/people/{id}"),
      command_route<organisation::RetirePerson>("/api/v1/people/{id}/retire"),
      command_route<command::Erase>("/api/v1/sealed/{id}/erase"),
  };
}

}  // namespace anlan::edge
