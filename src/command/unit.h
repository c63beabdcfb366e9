#pragma once
// One command's unit of work: what it may look at, and the facts that it gathers.

#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "codec/fact.h"
#include "command/id.h"
#include "command/memory.h"
#include "command/recipients.h"
#include "command/reference.h"
#include "journal/vault.h"

namespace anlan::command {

// A person's name and telephone as they are sealed: {"name", "phone"}. nullopt where neither is known.
std::optional<std::string> person_text(const std::optional<std::string>& name, const std::optional<std::string>& phone);

// What a handler hands back besides facts: written into the answer as JSON.
struct Made {
  // 201 where something new was made.
  int status = 200;
  std::string id;      // of what was made or changed
  std::string stream;  // whose version the answer tells
  // Further members of the answer, by name, texts only.
  std::vector<std::pair<std::string, std::string>> extra;
  // Nothing was done: the answer tells of what an earlier command made.
  bool replayed = false;
};
using Handled = Result<Made, Refusal>;

// Where a unit stands: the node's parts, alive as long as the executor.
struct Ground {
  Memory& memory;
  journal::Writer& writer;
  const Reference& reference;
  Random& random;
  journal::sql_connection& sql;
  journal::Vault& vault;
  const Recipients* recipients = nullptr;  // absent: the node has no contacts
};

// Lives for one command on the writer's thread. States it hands out are those before the command: facts gathered here
// change them only after they were appended. A handler writes to the vault only when nothing can refuse any more.
class Unit {
 public:
  Unit(Ground ground, const Envelope& envelope, Instant now) : ground_(ground), envelope_(envelope), now_(now) {}

  const account::Actor& actor() const { return envelope_.actor; }
  const std::string& target() const { return envelope_.target; }
  const std::string& world() const { return envelope_.world; }
  // The one moment of this command: recorded_at of all of its facts.
  Instant now() const { return now_; }
  const Reference& reference() const { return ground_.reference; }
  const Directory& directory() const { return ground_.memory.directory(); }
  // Whether the organisation's desk works on this node, which then records what it does.
  bool is_here(const std::string& organisation) const;
  // How many contacts would be reached.
  std::int64_t people(const warning::Content& content) const {
    return ground_.recipients ? ground_.recipients->count(content, actor().organisation) : 0;
  }
  // Whom the organisation calls in the area; see Recipients.
  std::vector<CalledPerson> callees(const warning::Area& area, const std::vector<std::string>& roles,
                                    const std::string& organisation) const {
    return ground_.recipients ? ground_.recipients->callees(area, roles, organisation) : std::vector<CalledPerson>{};
  }
  // Whether this node writes the stream, or nobody has begun it.
  bool may_write(const std::string& stream) const;
  Memory& memory() { return ground_.memory; }
  journal::sql_connection& sql() { return ground_.sql; }
  journal::Vault& vault() { return ground_.vault; }

  template <class State>
  // Of this unit's world; an empty state where there is none. Valid for the unit's life, unless many more are asked
  // for than a shelf holds.
  const State& get(const std::string& id) {
    return ground_.memory.get<State>(id, envelope_.world);
  }

  std::string new_id() { return command::new_id(now_, ground_.random); }

  // Ids of the reports or instructions (`prefix` "report/" or "instruction/") on an incident that the journal has, of
  // one organisation or of all.
  std::vector<std::string> ids_under(std::string_view prefix, const std::string& incident,
                                     const std::string& organisation = {});
  // The id of the organisation's next one, "INCIDENT.ORGANISATION.r1" (`kind` 'r' or 'i').
  std::string next_id_under(std::string_view prefix, const std::string& incident, char kind);

  // What has a fresh id: nothing of it need be read.
  template <class State>
  void begins(const std::string& id) {
    for (const std::string& stream : state::Stored<State>::streams(id).names) begins_stream(stream);
    ground_.memory.begins<State>(id);
  }
  void begins_stream(const std::string& stream) { ground_.writer.begins(stream); }
  // Gathers facts for a stream; they are appended in this order when the command succeeds.
  template <class Fact>
  void add(const std::string& stream, const std::vector<Fact>& facts, std::optional<Instant> occurred_at = {}) {
    for (const Fact& fact : facts) {
      auto [type, body] = codec::encode(fact);
      add_encoded(stream, type, std::move(body), occurred_at.value_or(now_));
    }
  }
  // The version that the last gathered fact of this stream will have.
  std::int64_t version_of_last(const std::string& stream);

  // Of an incident counted over its segments, whichever of them is named.
  std::int64_t version_of(const std::string& stream);
  // Refusal where the caller's expected version is not the stream's. A handler asks before it decides, where it decides
  // on one stream or writes to the vault; for the others the executor asks about the stream that the answer tells of.
  std::optional<Refusal> check_version(const std::string& stream);
  bool checked_version() const { return checked_version_; }

  // What was made earlier in this world of the same thing of the world outside, as `source` names it; kept for good.
  std::optional<std::string> made_of(const std::string& source, const std::string& name);
  // Together with this command's facts.
  void keep_made_of(const std::string& source, const std::string& name, const std::string& id);

  // What person_text() says as a sealed entry, kept together with the facts.
  incident::SealedReference seal(const std::string& person);

  // Why one of the gathered facts could not be read back: such a command is refused.
  const std::optional<Refusal>& unreadable() const { return unreadable_; }

  const std::vector<journal::NewFact>& facts() const { return facts_; }
  const std::vector<journal::Sealed>& sealed() const { return sealed_; }

 private:
  void add_encoded(const std::string& stream, std::string_view type, std::string body, Instant occurred_at);

  Ground ground_;
  const Envelope& envelope_;
  Instant now_;
  std::vector<journal::NewFact> facts_;
  std::vector<journal::Sealed> sealed_;
  std::optional<Refusal> unreadable_;
  bool checked_version_ = false;
};

}  // namespace anlan::command
