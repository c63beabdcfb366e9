#include "codec/json_write.h"
#include "main/cli/program.h"
#include "main/file_desk.h"
#include "platform/crypto/random.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

// What `revoke` or `place` was given.
struct Given {
  std::string node, reason, organisation, on;
  std::optional<std::int64_t> at;
  bool stays = false;
};

std::string listed(const std::vector<std::string>& words) {
  std::string list;
  for (const auto& word : words) list.append(list.empty() ? "" : " ").append(word);
  return list;
}

// By the process that serves the node; it alone writes its store.
std::optional<FileSaid> asked(const Program& program, const Configuration& c, const FileAsk& ask) {
  machine::keep_files_private();
  machine::keep_stop_signals();
  crypto::SystemRandom random;
  const auto said = ask_desk(c, ask, Way::kAsk, {}, random);
  if (!said.ok()) return program.fail(said.error()), std::nullopt;
  if (program.json()) program.print(json::to_text(*said));
  if (said->refused.empty()) return *said;
  if (said->rule)
    program.refuse(codec::refusal_of(*said->rule));
  else
    program.complain(said->refused, {{"folder", c.data}, {"node", said->node}, {"what", said->what}});
  return std::nullopt;
}

// The store is not opened here: without --at the running process knows best what it has of the node.
int revoke(const Program& program, const Given& given) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  if (!program.is_whole_node(c->store())) return kFailure;
  FileAsk ask;
  ask.work = "node.revoke";
  ask.subject = given.node;
  ask.reason = given.reason;
  ask.since = given.at;
  ask.stays = given.stays;
  const auto said = asked(program, *c, ask);
  if (!said) return kFailure;
  if (program.json()) return kSuccess;
  program.say("revoked", {{"node", given.node}, {"at", std::to_string(said->position)}});
  const auto& organisations = *said->organisations;
  if (!organisations.empty()) program.say("taken_back", {{"organisations", listed(organisations)}});
  return kSuccess;
}

// Without --on it comes to this node.
int place(const Program& program, const Given& given) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  if (!program.is_whole_node(c->store())) return kFailure;
  FileAsk ask;
  ask.work = "organisation.place";
  ask.subject = given.organisation;
  ask.on = given.on.empty() ? c->node_id : given.on;
  const auto said = asked(program, *c, ask);
  if (!said) return kFailure;
  if (!program.json()) program.say("placed", {{"organisation", given.organisation}, {"node", *ask.on}});
  return kSuccess;
}

}  // namespace

void add_register_commands(CLI::App& app, Program& program) {
  auto given = std::make_shared<Given>();
  CLI::App* one = program.add(app, "revoke", "revoke", [&program, given] { return revoke(program, *given); });
  one->add_option("NODE", given->node, program.help("revoke_node"))->required();
  one->add_option("--reason", given->reason, program.help("revoke_reason"))->required();
  one->add_option("--at", given->at, program.help("revoke_at"));
  one->add_flag("--organisations-stay", given->stays, program.help("revoke_stays"));
  program.add_configuration(*one);
  program.add_json(*one);

  one = program.add(app, "place", "place", [&program, given] { return place(program, *given); });
  one->add_option("ORGANISATION", given->organisation, program.help("place_organisation"))->required();
  one->add_option("--on", given->on, program.help("place_on"));
  program.add_configuration(*one);
  program.add_json(*one);
}

}  // namespace anlan::cli
