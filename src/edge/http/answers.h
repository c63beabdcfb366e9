#pragma once
// The shapes of what pages answer, for OpenAPI. Pages write their JSON member by member, so test/api holds the answers
// of a node against these: a member too many, too few or of another type is found there.

#include <string>
#include <string_view>

namespace anlan::edge {

// Schema of a route's answer. `shape`: the name of one; "NAME[]" for a list of them under `items`, with `at` and
// `position`; or a type like "string"; empty where the answer is not described.
std::string answer_schema(std::string_view shape);

// All shapes by name, as the members of an object: "Clock":{…},"Incident":{…}
std::string answer_shapes();

}  // namespace anlan::edge
