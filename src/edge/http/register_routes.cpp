#include <limits>

#include "edge/http/command_route.h"
#include "edge/http/pages.h"
#include "edge/http/parameters.h"
#include "edge/http/routes.h"
#include "view/incident_search.h"

namespace anlan::edge {
namespace {

// Those that it took down, in the real world: who merely takes part in one leaves it in the hands of others.
std::int64_t open_incidents_of(sql::Connection& sql, const std::string& organisation) {
  view::IncidentFilter filter;
  filter.organisation = filter.owner = organisation;
  filter.world = command::kReal;
  filter.state = incident::State::kOpen;
  return view::find_incidents(sql, filter, 0, 1).total;
}

void retire_organisation(Services& services, Call call) {
  auto retired = read_body<organisation::RetireOrganisation>(services, call);
  if (!retired) return;
  const auto open = open_incidents_of(services.reader(), call.arguments.front());
  if (open > 0)
    return answer_refusal(
        services, call,
        refuse(RefusalKind::kConflict, "organisation.open_incidents", {}, {{"count", std::to_string(open)}}));
  give(services, std::move(call), std::move(*retired));
}

}  // namespace

// Reading the register is for all who are signed in: a desk must know whom to call.
std::vector<Route> register_routes() {
  using enum account::Role;
  using namespace parameter;
  const std::vector administrators{kSystemAdmin, kSecurityAdmin, kAuditAdmin};
  auto retire = command_route<organisation::RetireOrganisation>("/api/v1/organisations/{id}/retire");
  retire.handle = retire_organisation;
  return {
      asking(answering(page("/api/v1/divisions/search", pages::division_search), "Division[]"),
             {sought("q"), text("under"), number("limit", 1, 50)}),
      answering(page("/api/v1/divisions/{code}", pages::division), "Division"),
      answering(page("/api/v1/divisions/{code}/children", pages::division_children), "Division[]"),
      answering(page("/api/v1/codes/event-types", pages::event_types), "ListedEventType[]"),
      answering(page("/api/v1/organisations", pages::organisations), "Organisation[]"),
      answering(page("/api/v1/organisations/receivers", pages::receivers), "PossibleReceiver[]"),
      asking(answering(page("/api/v1/people", pages::people), "Person[]"), {text("organisation"), sought("q")}),
      answering(page("/api/v1/accounts", pages::accounts, Access::kRoles, administrators), "Account[]"),
      answering(page("/api/v1/api-keys", pages::keys, Access::kRoles, {kSecurityAdmin, kAuditAdmin}), "ApiKey[]"),
      asking(answering(page("/api/v1/audit", pages::audit, Access::kRoles, {kAuditAdmin}), "AuditPage"),
             {text("actor"), text("type"), moment("from"), moment("to"),
              number("before", 1, std::numeric_limits<journal::Position>::max()), number("size", 1, 500)}),
      asking(answering(page("/api/v1/sealed", pages::sealed, Access::kRoles, {kSecurityAdmin}), "SealedEntry[]"),
             {text("of")}),
      answering(page("/api/v1/session/list", pages::own_sessions), "OpenSession[]"),
      making(command_route<organisation::RegisterOrganisation>("/api/v1/organisations")),
      command_route<organisation::ChangeOrganisation>("/api/v1/organisations/{id}"),
      std::move(retire),
      making(command_route<organisation::RegisterPerson>("/api/v1/people")),
      command_route<organisation::ChangePerson>("/api/v1/people/{id}"),
      command_route<organisation::RetirePerson>("/api/v1/people/{id}/retire"),
      command_route<command::Erase>("/api/v1/sealed/{id}/erase"),
  };
}

}  // namespace anlan::edge
