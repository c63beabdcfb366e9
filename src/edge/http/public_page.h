#pragma once
// What anybody may know of the warnings in force: is my place warned, what to do, who says so. Readable without
// JavaScript, on a bad line and for weak eyes.

#include <functional>
#include <string>
#include <vector>

#include "edge/http/route.h"

namespace anlan::edge {

// Open to everybody, of the real world alone: GET /public and its JSON. What is asked for is a place by name or code,
// large letters, and the language; every link keeps them. The description outlives the routes.
std::vector<Route> public_routes(const NodeDescription&);
// The same for machines: each message as CAP 1.2 and in the form of 12379, and an Atom feed of those of the last week.
// CAP is signed.
using MessageSigner = std::function<Result<std::string>(std::string_view document)>;
std::vector<Route> message_routes(MessageSigner);

}  // namespace anlan::edge
