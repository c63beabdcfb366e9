#pragma once
// One question to the node and what it may look at to answer.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/refusal.h"
#include "base/texts.h"
#include "command/recipients.h"
#include "command/reference.h"
#include "journal/vault.h"
#include "platform/http/message.h"
#include "state/directory.h"

namespace anlan::edge {

// What somebody may know of follows from the organisation that they work on incidents for. The three administrators
// look after the system and work on none: for them no incident exists, nor what belongs to one (三员分立).
inline const std::string& scope_of(const account::Actor& viewer) {
  static const std::string kNothing;
  return std::ranges::all_of(viewer.roles, account::administrator) ? kNothing : viewer.organisation;
}

// Lives for one request. `organisation` is the viewer's: nothing outside of its scope may be shown.
// All references are valid for the request and the thread that answers it.
struct Page {
  sql::Connection& sql;
  journal::Vault& vault;  // reading only
  const command::Reference& reference;
  const state::Directory& directory;
  const Texts& texts;
  const account::Actor& viewer;
  // Things of another world do not exist for this question.
  const std::string& world;
  Instant now;
  journal::Position position = 0;  // what the views have seen
  const http::Query& query;
  const std::vector<std::string>& arguments;   // of the path, in order
  std::string session = {};                    // the viewer's own
  const command::Recipients* recipients = {};  // of warnings; null where the node has no contacts

  const std::string& organisation() const { return scope_of(viewer); }
};

// The body of a GET, complete JSON.
// Or a refusal: unknown and not allowed to know are the same, 404.
using Body = Outcome<std::string>;
using PageFunction = std::function<Body(Page&)>;

}  // namespace anlan::edge
