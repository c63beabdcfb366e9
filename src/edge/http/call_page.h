#pragma once
// The page of a link: on which somebody who was called answers, without a password, with one thumb, on a bad line, and
// without JavaScript.

#include "edge/http/route.h"
#include "platform/crypto/tickets.h"

namespace anlan::edge {

// For what tickets of calls are made from their sequences.
inline constexpr std::string_view kCallTickets = "call";

// Both outlive the routes.
std::vector<Route> call_page_routes(const crypto::Tickets&, const NodeDescription&);

}  // namespace anlan::edge
