#include "command/executor.h"

#include <algorithm>

#include "command/handlers.h"
#include "command/permissions.h"
#include "journal/start.h"

namespace anlan::command {
namespace {

// The node's own policies may do what no role may; a key may do one thing and nothing that a role may.
bool authorised(const Envelope& e) {
  if (e.actor.account == "system") return true;
  const bool by_key = e.actor.account.starts_with("key:");
  if (std::holds_alternative<candidate::Intake>(e.command)) return by_key;
  return !by_key && permitted(e.actor.roles, name_of(e.command));
}

// Another unit has made this stream longer: only possible with several processes on one journal.
Refusal overtaken() { return refuse(RefusalKind::kConflict, "version.overtaken"); }

}  // namespace

std::string_view name_of(const Command& command) {
  return std::visit([]<class C>(const C&) { return C::kName; }, command);
}

Executor::Executor(journal::sql_connection& sql, journal::Vault& vault, const Reference& reference, const Clock& clock,
                   Random& random, std::vector<journal::Projection*> views)
    : sql_(sql),
      vault_(vault),
      reference_(reference),
      clock_(clock),
      random_(random),
      views_(std::move(views)),
      memory_(sql),
      writer_(sql, reference.node) {}

// The moment is read for each command: facts of one batch keep their order in time too.
Executor::Batch Executor::run(std::span<const Envelope> envelopes) {
  Batch batch;
  batch.outcomes.reserve(envelopes.size());
  sql_.begin();
  for (const Envelope& envelope : envelopes) batch.outcomes.push_back(run_one(envelope, clock_.now(), batch.facts));
  sql_.commit();
  return batch;
}

// An answer that was kept is looked for before anything is loaded: a repeated request must not be judged by the
// present state.
Outcome Executor::run_one(const Envelope& envelope, Instant now, std::vector<journal::Fact>& all) {
  if (!authorised(envelope)) return refuse(RefusalKind::kForbidden, "command.forbidden");
  if (!envelope.key.empty())
    if (const auto kept = writer_.answer(envelope.actor.account, envelope.key)) {
      if (kept->digest != envelope.digest) return refuse(RefusalKind::kConflict, "key.reused");
      return Answer{kept->status, kept->body, kept->position, true};
    }

  sql_.savepoint();
  Unit unit({memory_, reference_, random_, sql_, vault_}, envelope, now);
  const auto handled = std::visit([&](const auto& command) { return handle(unit, command); }, envelope.command);
  if (!handled.ok()) {
    sql_.rollback_to_savepoint();
    return handled.error();
  }
  // Facts that are not all appended, or views that saw them, are undone together with the savepoint; only the writer's
  // head must be told.
  const journal::Position before = writer_.head();
  auto facts = append(unit, now);
  if (facts.size() != unit.facts().size()) {
    sql_.rollback_to_savepoint();
    writer_.rewind(before);
    return overtaken();
  }
  // From here on nothing can refuse any more, so memory may follow.
  for (const auto& fact : facts) memory_.absorb(fact);
  Answer result = answer(*handled, facts.empty() ? before : facts.back().position);
  if (!envelope.key.empty())
    writer_.keep_answer(envelope.actor.account, envelope.key,
                        {result.status, result.body, result.position, envelope.digest});
  sql_.release();
  std::ranges::move(facts, std::back_inserter(all));
  return result;
}

// Runs of facts of one stream are appended together; fewer facts than the unit's mean that a stream was overtaken.
std::vector<journal::Fact> Executor::append(const Unit& unit, Instant now) {
  std::vector<journal::Fact> appended;
  std::map<std::string, std::int64_t> versions;
  const auto& facts = unit.facts();
  for (std::size_t from = 0; from < facts.size();) {
    const std::string& stream = facts[from].stream;
    std::size_t to = from;
    while (to < facts.size() && facts[to].stream == stream) ++to;
    auto [version, fresh] = versions.try_emplace(stream, 0);
    if (fresh) version->second = memory_.version(stream);
    auto run = writer_.append(stream, version->second, {facts.begin() + from, facts.begin() + to}, now);
    if (!run) return appended;
    version->second += static_cast<std::int64_t>(to - from);
    std::ranges::move(*run, std::back_inserter(appended));
    from = to;
  }
  journal::apply(sql_, views_, appended);
  return appended;
}

Answer Executor::answer(const Made& made, journal::Position position) {
  Answer result{made.status, {}, position, false};
  json::Object object(result.body);
  object.member("position", position);
  if (!made.id.empty()) object.member("id", made.id);
  if (!made.stream.empty()) object.member("version", memory_.version(made.stream));
  for (const auto& [name, value] : made.extra) object.member(name, value);
  return result;
}

std::shared_ptr<const Directory> Executor::changed_directory() {
  return memory_.directory_changed() ? std::make_shared<const Directory>(memory_.directory()) : nullptr;
}

}  // namespace anlan::command
