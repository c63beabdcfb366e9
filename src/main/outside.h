#pragma once
// The organisation outside of all nodes, wired into the node: the interface where one is configured, and files.

#include "edge/http/outside.h"
#include "edge/outside/courier.h"
#include "main/configuration.h"
#include "main/file_desk.h"

namespace anlan {

// Null where no interface is configured. Fails where the token or the node's certificate cannot be read.
Result<std::unique_ptr<edge::outside::Courier>> courier_of(const Configuration&, edge::outside::Ground);

// "export.report" and "receipt.in".
std::map<std::string, FileDesk::Work> outside_works(edge::outside::Ground);

// As the HTTP edge shows it.
std::optional<edge::OutsideDelivery> shown(const std::optional<edge::outside::Delivery>&);

}  // namespace anlan
