#pragma once
// The whole route table, by part.

#include "edge/http/alert_door.h"
#include "edge/http/call_page.h"
#include "edge/http/feed.h"
#include "edge/http/public_page.h"
#include "edge/http/route.h"
#include "edge/http/sending.h"
#include "federation/watch.h"

namespace anlan::edge {

// Sessions outlives the routes.
std::vector<Route> account_routes(Sessions&);
// Incidents, reports, instructions, clocks, candidates, duty: commands and pages.
std::vector<Route> incident_routes();
// Warnings: commands and pages. Signing asks for the password once more. What they would say comes from `sending`,
// which outlives the routes.
std::vector<Route> warning_routes(const Sending& sending);
// Alerts of others: pages and commands, and their bytes. What the ways in can do is lent by `door`, which outlives
// the routes.
std::vector<Route> alert_routes(const AlertDoor& door);
// Calling on warnings, for desks. Deciding asks for the password once more.
std::vector<Route> callout_routes();
// Organisations, people, divisions, codes, audit.
// Retiring an organisation is refused at this door while it has open incidents (organisation.open_incidents), since
// nobody could go on with them. That is no decision of the domain: the view is looked at before the command is given,
// and an incident taken down in between, or a command given otherwise, is not hindered.
std::vector<Route> register_routes();
// The node itself: description, feed, health, metrics, OpenAPI. `started`: the other routes, which OpenAPI describes.
// Open are only the description of the node, its health, its metrics and OpenAPI: a sign-in page and a proxy need
// them.
std::vector<Route> node_routes(Services&, Feed&, const std::vector<Route>& others);

// The nodes of the register and how they stand, as `standings` finds them for one page.
using Standings = std::function<std::vector<federation::Standing>(Page&)>;
Route nodes_route(Standings);

// OpenAPI 3.1 of these routes.
// Summaries come from data/text/route.*.toml in both languages; what has none there is described without.
std::string openapi(const std::vector<Route>&, const Texts&, const std::string& version);

}  // namespace anlan::edge
