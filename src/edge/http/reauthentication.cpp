#include "edge/http/reauthentication.h"

#include "edge/http/problem.h"
#include "journal/credentials.h"
#include "platform/crypto/password.h"

namespace anlan::edge {

// What is asked for lives as long as the task, wherever that runs.
void on_worker(Services& services, Call call, std::function<void(Call)> work) {
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = services.workers().post([shared, work = std::move(work)] { work(std::move(*shared)); });
  if (!taken) answer_refusal(services, *shared, refuse(RefusalKind::kBusy, "node.busy"));
}

// A hash that nobody's password has stands in for one that is not there, so that guessing names takes as long.
bool password_matches(Services& services, const std::string& account, const std::string& password) {
  static const std::string kNobody = crypto::hash_password("nobody has this password");
  const auto known = journal::credential(services.reader(), "password/" + account);
  return crypto::verify_password(known.value_or(kNobody), password) && known.has_value();
}

void count_wrong_password(Services& services, Call call, const std::string& field) {
  command::Envelope envelope;
  envelope.actor.account = "system";
  envelope.target = call.viewer.actor.account;
  envelope.command = command::SignIn{false, {}, {}, call.request.remote};
  auto shared = std::make_shared<Call>(std::move(call));
  services.submit(std::move(envelope), [&services, shared, field](const command::Outcome& outcome) {
    answer_refusal(services, *shared,
                   outcome.ok() ? refuse(RefusalKind::kRule, "password.wrong", field) : outcome.error());
  });
}

}  // namespace anlan::edge
