#include "command/executor.h"

#include <algorithm>
#include <map>

#include "base/mutation.h"
#include "command/fits.h"
#include "command/handlers.h"
#include "command/permissions.h"
#include "command/reactions.h"
#include "journal/history.h"
#include "journal/inbox.h"
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

// What was made new had no version to expect.
std::optional<Refusal> stale(Unit& unit, const Made& made) {
  if (unit.checked_version() || made.status == 201 || made.stream.empty()) return std::nullopt;
  return unit.check_version(made.stream);
}

// From where the node has read to, or over it to a later place: what is known of it does nothing.
bool goes_on(const Delivery& delivery, const journal::Place& received) {
  return delivery.after == received || (delivery.after < received && received < delivery.upto);
}

// Of what comes round, without what contradicts the blocks that came by their node's own line: that one tells of the
// two histories, and the line to the node above does not stand still for them.
void leave_out_second_histories(const Directory& directory, journal::sql_connection& sql, const std::string& self,
                                Delivery& delivery) {
  std::erase_if(delivery.parts, [&](const journal::Part& part) {
    const auto& header = part.block.header;
    if (!comes_round(directory, self, delivery.neighbour, header.node) || !journal::contradicted_by(sql, header))
      return false;
    std::erase_if(delivery.facts, [&](const journal::Fact& fact) {
      return fact.node == header.node && header.first <= fact.node_sequence && fact.node_sequence <= header.last;
    });
    return true;
  });
}

// From the first fact that waits for what another line brings. What stands before it has come in its order, as in a
// smaller delivery, and may be what that other neighbour waits for.
void put_off(Delivery& delivery, std::vector<journal::Fact>::iterator first) {
  delivery.facts.erase(first, delivery.facts.end());
  const auto stays = [&](const std::string& node, std::int64_t number) {
    return std::ranges::any_of(
        delivery.facts, [&](const journal::Fact& fact) { return fact.node == node && fact.node_sequence == number; });
  };
  std::erase_if(delivery.parts, [&](journal::Part& part) {
    auto wanted = journal::sequences_of(part.facts);
    std::erase_if(wanted, [&](std::int64_t number) { return !stays(part.block.header.node, number); });
    if (wanted.empty()) return true;
    auto narrower = journal::narrowed(part, wanted);
    ANLAN_ASSERT(narrower);
    part = std::move(*narrower);
    return false;
  });
}

// What command::resume() has found of a reaction in the lost history.
bool is_among(std::string_view done, const journal::NewFact& fact) {
  return done.find("\n" + fact.type + " " + fact.stream + "\n") != std::string_view::npos;
}

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
      resumed_(!journal::lost(sql).empty()) {
  sql_.begin();
  memory_.emplace(sql_);
  writer_.emplace(sql_, reference.node);
  sql_.rollback();
}

// The moment is read for each command: facts of one batch keep their order in time too. Views see the batch as a whole:
// nothing is decided on them.
Executor::Batch Executor::run(std::span<const Envelope> envelopes) {
  Batch batch;
  batch.outcomes.reserve(envelopes.size());
  begin_level(batch.facts);
  const auto others = static_cast<std::ptrdiff_t>(batch.facts.size());
  recall_answers(envelopes);
  for (const Envelope& envelope : envelopes) batch.outcomes.push_back(run_one(envelope, clock_.now(), batch.facts));
  const std::span<const journal::Fact> own(batch.facts.begin() + others, batch.facts.end());
  journal::apply(sql_, views_, own);
  sql_.commit();
  level_ = writer_->head();
  return batch;
}

Executor::Taken Executor::take_in(Delivery delivery) {
  Taken taken;
  begin_level(taken.batch.facts);
  const std::size_t others = taken.batch.facts.size();
  taken.upto = journal::received(sql_, delivery.neighbour);
  if (!goes_on(delivery, taken.upto)) {
    sql_.commit();
    taken.receipt = Receipt::kElsewhere;
    return taken;
  }
  leave_out_second_histories(memory_->directory(), sql_, reference_.node, delivery);
  const std::size_t came = delivery.facts.size();
  try {
    take_in(delivery, others, taken);
  } catch (const sql::Error&) {
    throw;
  } catch (const std::runtime_error& unreadable) {  // a body of another release, or of nobody's
    taken.receipt = Receipt::kForbidden;
    taken.what = unreadable.what();
  }
  const bool some_wait = taken.receipt == Receipt::kEarly && delivery.facts.size() < came;
  if (taken.receipt != Receipt::kTaken && !some_wait) {
    undo(taken.batch.facts, others);
    return taken;
  }
  if (!some_wait) taken.upto = delivery.upto;  // else all of it comes again, and what is here is known then
  if (ANLAN_PLANTED("place one too far")) taken.upto.since += 1;
  journal::note_received(sql_, delivery.neighbour, taken.upto);
  sql_.commit();
  level_ = writer_->head();
  return taken;
}

void Executor::take_in(Delivery& delivery, std::size_t others, Taken& taken) {
  if (!journal::is_behind(sql_)) taken.own = reference_.node;
  const Instant now = clock_.now();
  const auto stopped = std::ranges::find_if(delivery.facts, [&](journal::Fact& fact) {
    taken.receipt = take_in(delivery.neighbour, fact, now, taken);
    return taken.receipt != Receipt::kTaken;
  });
  const bool waits = taken.receipt == Receipt::kEarly && !ANLAN_PLANTED("all waits") &&
                     comes_early(memory_->directory(), sql_, reference_.node, delivery.neighbour, *stopped);
  if (taken.receipt != Receipt::kTaken && !waits) return;
  if (waits) put_off(delivery, stopped);
  const Receipt kept = keep(delivery.parts, taken);
  if (kept != Receipt::kTaken) taken.receipt = kept;
  if (kept == Receipt::kTaken) journal::apply(sql_, views_, std::span(taken.batch.facts).subspan(others));
}

Receipt Executor::keep(const std::vector<journal::Part>& parts, Taken& taken) {
  for (const auto& part : parts) {
    const auto fork = journal::keep(sql_, part);
    if (!fork) continue;
    const auto& held = fork->held.header;
    const auto& came = fork->came.header;
    taken.what = came.node + " has signed another block from " + std::to_string(came.first) + " to " +
                 std::to_string(came.last) + " than fits the one here from " + std::to_string(held.first) + " to " +
                 std::to_string(held.last);
    return Receipt::kForked;
  }
  return Receipt::kTaken;
}

Receipt Executor::take_in(const std::string& neighbour, journal::Fact& fact, Instant now, Taken& taken) {
  if (fact.version > writer_->version(fact.stream))
    if (auto wrong = offence(memory_->directory(), sql_, reference_.node, neighbour, fact)) {
      taken.what = *wrong;
      return Receipt::kForbidden;
    }
  if (comes_early(memory_->directory(), sql_, reference_.node, neighbour, fact)) {
    taken.what = fact.stream + " begins before the release of the one before it is here";
    return Receipt::kEarly;
  }
  if (fact.version == writer_->version(fact.stream) + 1)
    if (auto wrong = misfit(*memory_, taken.own, fact)) {
      taken.what = *wrong;
      return Receipt::kForbidden;
    }
  auto before = grounds_before(fact);
  switch (writer_->take_in(fact)) {
    case journal::Arrival::kKnown:
      return Receipt::kTaken;
    case journal::Arrival::kEarly:
      taken.what = fact.stream + " has no version " + std::to_string(fact.version - 1) + " here";
      return Receipt::kEarly;
    case journal::Arrival::kForked:
      taken.what = fact.node + "/" + std::to_string(fact.node_sequence) + " (" + fact.type + " " + fact.stream + " " +
                   std::to_string(fact.version) + ") is another fact here";
      return Receipt::kForked;
    case journal::Arrival::kNew:
      break;
  }
  if (!ANLAN_PLANTED("others not absorbed")) absorb(fact, std::move(before));
  taken.batch.facts.push_back(fact);
  if (ANLAN_PLANTED("no reaction to others")) return Receipt::kTaken;
  react(taken.batch.facts.size() - 1, now, taken.batch.facts);
  return Receipt::kTaken;
}

// What was taken in meanwhile is forgotten: memory and writer are read anew, where there was anything.
void Executor::undo(std::vector<journal::Fact>& facts, std::size_t others) {
  sql_.rollback();
  level_ = 0;
  if (facts.size() == others) return;
  facts.resize(others);
  sql_.begin();
  memory_.emplace(sql_);
  writer_.emplace(sql_, reference_.node);
  sql_.rollback();
}

// Without the store's lock, unless the views must be brought up.
Executor::Batch Executor::follow() {
  Batch batch{{}, follow_others()};
  if (level_ < head() && (views_.empty() || journal::seen(sql_) >= head())) level_ = head();
  if (level_ < head()) {
    begin_level(batch.facts);
    sql_.commit();
  }
  return batch;
}

std::vector<journal::Fact> Executor::follow_others() {
  auto facts = writer_->follow();
  for (const auto& fact : facts) memory_->absorb(fact);
  return facts;
}

void Executor::begin_level(std::vector<journal::Fact>& facts) {
  before_.clear();
  for (bool again = false;; again = true) {
    sql_.begin();
    auto others = follow_others();
    const std::size_t grown = again ? others.size() : 0;  // at first: all that was to be done
    std::ranges::move(others, std::back_inserter(facts));
    if (level_views(grown)) return;
    sql_.commit();
  }
}

// Processes with the same views have brought them along with their facts.
bool Executor::level_views(std::size_t grown) {
  if (level_ >= head()) return true;
  if (!journal::level(sql_, views_, head(), grown)) return false;
  level_ = head();
  return true;
}

// Of few commands each is asked for by itself.
void Executor::recall_answers(std::span<const Envelope> envelopes) {
  constexpr std::size_t kWorthWhile = 4;
  std::map<std::string, std::vector<std::string>> keys;
  for (const Envelope& e : envelopes)
    if (!e.key.empty()) keys[e.actor.account].push_back(e.key);
  for (const auto& [actor, of_actor] : keys)
    if (of_actor.size() >= kWorthWhile) writer_->recall(actor, of_actor);
}

// An answer that was kept is looked for before anything is loaded: a repeated request must not be judged by the
// present state.
Outcome Executor::run_one(const Envelope& envelope, Instant now, std::vector<journal::Fact>& all) {
  if (!authorised(envelope)) return refuse(RefusalKind::kForbidden, "command.forbidden");
  if (envelope.fence && !journal::stands(sql_, *envelope.fence)) return refuse(RefusalKind::kConflict, "lease.lost");
  if (!envelope.key.empty())
    if (const auto kept = writer_->answer(envelope.actor.account, envelope.key)) {
      if (kept->digest != envelope.digest) return refuse(RefusalKind::kConflict, "key.reused");
      return Answer{kept->status, kept->body, kept->position, true};
    }

  Unit unit({*memory_, *writer_, reference_, random_, sql_, vault_, recipients_}, envelope, now);
  const auto handled = std::visit([&](const auto& command) { return handle(unit, command); }, envelope.command);
  if (!handled.ok()) return handled.error();
  if (unit.unreadable()) return *unit.unreadable();
  if (auto no = stale(unit, *handled)) return *no;
  const std::size_t before = all.size();
  append(unit, now, all);
  react(before, now, all);
  Answer result = answer(unit, *handled);
  if (!envelope.key.empty() && !ANLAN_PLANTED("answers not kept"))
    writer_->keep_answer(envelope.actor.account, envelope.key,
                         {result.status, result.body, result.position, envelope.digest});
  return result;
}

// Taken before the journal has the fact: what is not at hand is read from there.
std::optional<Grounds> Executor::grounds_before(const journal::NewFact& fact) {
  if (!follows_change(fact.type)) return std::nullopt;
  const auto segment = incident::segment_of(fact.stream);
  return segment ? std::optional(grounds_of(memory_->get<incident::Incident>(segment->incident, fact.world)))
                 : std::nullopt;
}

void Executor::absorb(const journal::Fact& fact, std::optional<Grounds> before) {
  if (before) before_[fact.position] = std::move(*before);
  memory_->absorb(fact);
}

void Executor::append(const Unit& unit, Instant now, std::vector<journal::Fact>& all) {
  for (const auto& entry : unit.sealed()) vault_.keep(entry, now);
  append(unit.facts(), now, all);
}

// Runs of facts of one stream are appended together. Nobody else can have made a stream longer: the transaction began
// with all facts known. An incident is at hand before the journal has what changes it.
void Executor::append(std::vector<journal::NewFact> facts, Instant now, std::vector<journal::Fact>& all) {
  for (auto from = facts.begin(); from != facts.end();) {
    const std::string stream = from->stream;
    const auto to =
        std::find_if(from, facts.end(), [&](const journal::NewFact& fact) { return fact.stream != stream; });
    for (auto one = from; one != to; ++one) grounds_before(*one);
    auto run = writer_->append(stream, writer_->version(stream), {from, to}, now);
    ANLAN_ASSERT(run);
    for (const auto& fact : *run) absorb(fact, grounds_before(fact));
    std::ranges::move(*run, std::back_inserter(all));
    from = to;
  }
}

// What is recorded here may call for more.
void Executor::react(std::size_t from, Instant now, std::vector<journal::Fact>& all) {
  for (std::size_t i = from; i < all.size(); ++i) {
    if (ANLAN_PLANTED("no reaction to a reaction") && i > from) continue;
    const journal::Fact fact = all[i];
    if (fact.node != reference_.node)
      for (const auto& waiting : waiting_for(sql_, fact)) react_to(waiting, now, all);
    if (calls_for_reaction(fact.type)) react_to(fact, now, all);
  }
}

void Executor::react_to(const journal::Fact& fact, Instant now, std::vector<journal::Fact>& all) {
  Envelope node;
  node.actor.account = "system";
  node.key = "fact:" + fact.node + "/" + std::to_string(fact.node_sequence);
  node.world = fact.world;
  Unit unit({*memory_, *writer_, reference_, random_, sql_, vault_, recipients_}, node, now);
  const auto before = before_.find(fact.position);
  command::react(unit, fact, before == before_.end() ? Grounds{} : before->second);
  auto facts = unit.facts();
  if (const auto done = resumed_ ? writer_->answer("system", node.key) : std::nullopt)
    std::erase_if(facts, [&](const journal::NewFact& f) { return is_among(done->body, f); });
  append(std::move(facts), now, all);
}

Answer Executor::answer(Unit& unit, const Made& made) {
  Answer result{made.status, {}, writer_->head(), made.replayed};
  json::Object object(result.body);
  object.member("position", result.position);
  if (!made.id.empty()) object.member("id", made.id);
  if (!made.stream.empty()) object.member("version", unit.version_of(made.stream));
  for (const auto& [name, value] : made.extra) object.member(name, value);
  return result;
}

std::shared_ptr<const Directory> Executor::changed_directory() {
  return memory_->directory_changed() ? std::make_shared<const Directory>(memory_->directory()) : nullptr;
}

}  // namespace anlan::command
