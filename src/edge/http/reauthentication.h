#pragma once
// Passwords that are asked for: at the door, and once more for what weighs much, since a console may stand open.

#include <functional>
#include <string>

#include "edge/http/route.h"

namespace anlan::edge {

// Blocking work on a worker; 503 where they are all busy.
void on_worker(Services&, Call, std::function<void(Call)> work);

// The same time passes whether the account exists or not.
// Blocks for the time of one argon2id; called on workers only.
bool password_matches(Services&, const std::string& account, const std::string& password);

// Answers that the password in the body's member `field` was wrong, once that is counted as at the door: a lock follows
// after some.
void count_wrong_password(Services&, Call, const std::string& field);

}  // namespace anlan::edge
