#include "command/unit.h"

#include <algorithm>
#include <array>

#include "base/mutation.h"
#include "codec/known_facts.h"

namespace anlan::command {

bool Unit::is_here(const std::string& organisation) const {
  const auto* o = directory().organisations.organisation(organisation);
  return o && !o->external && (o->node == reference().node || ANLAN_PLANTED("everybody is here"));
}

bool Unit::may_write(const std::string& stream) const {
  const auto first = journal::read_version(ground_.sql, stream, 1);
  return !first || first->node == reference().node;
}

// Ids of reports and instructions begin with the incident's, so one index answers this. What a receiver answers has a
// stream of its own below.
std::vector<std::string> Unit::ids_under(std::string_view prefix, const std::string& incident,
                                         const std::string& organisation) {
  const std::string beginning = incident + "." + (organisation.empty() ? "" : organisation + ".");
  auto streams = journal::streams_under(ground_.sql, std::string(prefix) + beginning);
  for (std::string& stream : streams) stream.erase(0, prefix.size());
  std::erase_if(streams, [](const std::string& id) { return id.find('/') != std::string::npos; });
  return streams;
}

std::string Unit::next_id_under(std::string_view prefix, const std::string& incident, char kind) {
  const std::string& organisation = actor().organisation;
  const std::size_t before = ids_under(prefix, incident, organisation).size();
  return incident + "." + organisation + "." + kind + std::to_string(before + 1);
}

namespace {

// Who is who, and who is on duty, is so in every world.
bool is_of_all_worlds(std::string_view stream) {
  constexpr std::array<std::string_view, 4> kStreams{"node/", "organisation/", "person/", "duty/"};
  return std::ranges::any_of(kStreams, [&](std::string_view prefix) { return stream.starts_with(prefix); });
}

}  // namespace

void Unit::add_encoded(const std::string& stream, std::string_view type, std::string body, Instant occurred_at) {
  if (!unreadable_) unreadable_ = codec::unreadable(type, body);
  const std::string cause = envelope_.key.empty() ? "node" : envelope_.key;
  const std::string world = is_of_all_worlds(stream) ? std::string(kReal) : envelope_.world;
  facts_.push_back({stream, std::string(type), occurred_at, envelope_.actor.account, cause, world, std::move(body)});
}

std::int64_t Unit::version_of_last(const std::string& stream) {
  return ground_.writer.version(stream) + std::ranges::count(facts_, stream, &journal::NewFact::stream);
}

std::int64_t Unit::version_of(const std::string& stream) {
  const auto segment = incident::segment_of(stream);
  return segment ? get<incident::Incident>(segment->incident).version : ground_.writer.version(stream);
}

// Before anything is decided: a person who saw an older state must look again.
std::optional<Refusal> Unit::check_version(const std::string& stream) {
  checked_version_ = true;
  if (!envelope_.expected_version) return std::nullopt;
  const std::int64_t current = version_of(stream);
  if (current == *envelope_.expected_version) return std::nullopt;
  return refuse(RefusalKind::kConflict, "version.stale", {},
                {{"expected", std::to_string(*envelope_.expected_version)}, {"current", std::to_string(current)}});
}

// Beside the answers under keys, which they resemble: no account's name has a slash.
std::optional<std::string> Unit::made_of(const std::string& source, const std::string& name) {
  const auto kept = ground_.writer.answer(source + "/" + envelope_.world, name);
  return kept ? std::optional(kept->body) : std::nullopt;
}

void Unit::keep_made_of(const std::string& source, const std::string& name, const std::string& id) {
  ground_.writer.keep_answer(source + "/" + envelope_.world, name, {201, id, ground_.writer.head(), {}});
}

std::optional<std::string> person_text(const std::optional<std::string>& name,
                                       const std::optional<std::string>& phone) {
  if (!name && !phone) return std::nullopt;
  std::string person;
  {
    json::Object object(person);
    object.nullable("name", name);
    object.nullable("phone", phone);
  }
  return person;
}

incident::SealedReference Unit::seal(const std::string& person) {
  sealed_.push_back(ground_.vault.seal(person));
  return json::from_text<incident::SealedReference>(journal::to_json(sealed_.back().reference)).value();
}

}  // namespace anlan::command
