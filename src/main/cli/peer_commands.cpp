#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "codec/json_read.h"
#include "codec/json_write.h"
#include "federation/watch.h"
#include "journal/inbox.h"
#include "journal/quarantine.h"
#include "main/cli/program.h"
#include "main/join.h"
#include "main/load.h"
#include "main/own_keys.h"
#include "main/version.h"
#include "platform/crypto/random.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

// What `invite` was given.
struct Invited {
  std::string node, name;
  std::vector<std::string> organisations;
  bool instead = false;
};

constexpr std::size_t kLongestId = 40;

// As the configuration of the new node will have it.
bool can_name_node(std::string_view id) {
  return !id.empty() && id.size() <= kLongestId &&
         std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// A code that cannot be read back opens nothing.
bool can_be_read(const Invited& given) {
  const edge::peer::Invitation one{given.node, given.name, given.organisations, {}, {}};
  return json::from_text<edge::peer::Invitation>(json::to_text(one)).ok() && (given.name.empty() || !blank(given.name));
}

// What keeps a code from ever being of use; told.
bool can_invite(const Program& program, const Configuration& c, const Invited& given,
                const state::Directory& directory) {
  const auto no = [&](const char* key, const Texts::Values& values) {
    program.complain(key, values);
    return false;
  };
  if (c.federation.address.empty() || c.federation.port == 0) return no("invite_not_listening", {});
  if (!directory.nodes.find(c.node_id)) return no("invite_not_registered", {{"node", c.node_id}});
  if (!can_name_node(given.node)) return no("invite_id", {{"node", given.node}});
  if (!can_be_read(given)) return no("invite_bad_name", {{"name", given.name}});
  if (directory.nodes.find(given.node)) return no("invite_exists", {{"node", given.node}});
  for (const auto& id : given.organisations) {
    const auto* one = directory.organisations.organisation(id);
    if (!one || one->node != c.node_id || one->external || !one->active)
      return no("invite_organisation", {{"organisation", id}});
  }
  return true;
}

// Nodes with an open invitation for one of the organisations, which only one of them could ever have.
std::vector<std::string> invited_too(const edge::peer::Invitations& invitations, const Invited& given,
                                     const state::Directory& directory, Instant now) {
  std::vector<std::string> nodes;
  for (const auto& one : invitations.open(directory, now))
    if (one.node != given.node &&
        std::ranges::find_first_of(one.organisations, given.organisations) != one.organisations.end())
      nodes.push_back(one.node);
  return nodes;
}

// A code for a node takes the place of the one before.
Result<Done> make_room(const edge::peer::Invitations& invitations, const Invited& given,
                       const state::Directory& directory, std::vector<std::string> others) {
  others.push_back(given.node);
  for (const auto& node : others)
    if (auto withdrawn = invitations.withdraw(node, directory); !withdrawn.ok()) return withdrawn;
  return Done{};
}

void show(const Program& program, const Invited& given, const std::string& code) {
  if (!program.json()) {
    program.say("invited", {{"node", given.node}});
    return program.print("anlan join " + code);
  }
  std::string out;
  {
    json::Object object(out);
    object.member("node", given.node);
    object.member("code", code);
  }
  program.print(out);
}

// The node may be served meanwhile: a code is a file of its own.
int invite(const Program& program, const Invited& given) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  if (!program.is_whole_node(c->store()) || !program.has_keys(*c)) return kFailure;
  const auto store = sql::open(c->store(), sql::Access::kInspect);
  const auto directory = state::Directory::read(*store);
  if (!can_invite(program, *c, given, directory)) return kFailure;
  machine::keep_files_private();
  const auto certificate = line_certificate(*c);
  if (!certificate.ok()) return program.fail(certificate.error());
  crypto::SystemRandom random;
  const Instant now = machine::SystemClock().now();
  const edge::peer::Invitations invitations(invitations_of(*c));
  const auto others = invited_too(invitations, given, directory, now);
  if (!others.empty() && !given.instead) return program.complain("invite_open", {{"node", others.front()}}), kFailure;
  if (const auto room = make_room(invitations, given, directory, others); !room.ok()) return program.fail(room.error());
  const auto secret = invitations.make({given.node,
                                        given.name.empty() ? given.node : given.name,
                                        given.organisations,
                                        now + edge::peer::kInvitationLasts,
                                        {}},
                                       random);
  if (!secret.ok()) return program.fail(secret.error());
  const auto& f = c->federation;
  show(program, given,
       edge::peer::to_text({f.known_as.empty() ? f.address : f.known_as, f.port, certificate->fingerprint, c->node_id,
                            given.node, *secret}));
  const auto owned = machine::give_to_owner(c->data);
  return owned.ok() ? kSuccess : program.fail(owned.error());
}

// In the words of the rule where this release has any.
int tell(const Program& program, const edge::peer::Code& code, const NotJoined& no) {
  if (no.rule && program.texts().has(program.locale(), "refusal." + no.rule->code + ".title"))
    return program.refuse(*no.rule);
  program.complain(no.code, {{"node", code.parent}, {"what", no.what}});
  return kFailure;
}

// A folder without a node becomes an empty one.
int join(const Program& program, const std::string& text) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  const auto code = edge::peer::code_in(text);
  if (!code) return program.complain("join_no_code"), kUsage;
  if (code->node != c->node_id) {
    program.complain("join_other_node", {{"node", code->node}, {"own", c->node_id}});
    return kConfiguration;
  }
  machine::keep_files_private();
  if (auto made = machine::make_folder(c->data, machine::Readers::kOwner); !made.ok())
    return program.fail(made.error());
  if (!program.is_free(c->data) || !program.has_keys(*c)) return kFailure;
  const machine::SystemClock clock;
  crypto::SystemRandom random;
  const auto keys = keys_of(*c, clock, random);
  if (!keys.ok()) return program.fail(keys.error());
  auto node = StoppedNode::open(*c, clock, random);
  if (!node.ok()) return program.fail(node.error());
  if (!(*node)->directory().accounts.empty())
    return program.complain("join_not_empty", {{"folder", c->data}}), kFailure;
  if (const auto joined = anlan::join(*c, *code, **node, *keys); !joined.ok())
    return tell(program, *code, joined.error());
  program.say("joined", {{"parent", code->parent}});
  const auto owned = machine::give_to_owner(c->data);
  return owned.ok() ? kSuccess : program.fail(owned.error());
}

// One node of the register, with what this store knows of the line to it.
struct Line {
  const node::Node& node;
  federation::Standing standing;
  bool neighbour = false;
  std::int64_t received = 0, refused = 0;
};

// As the pages judge it, but for what waits: that is counted by a node at work.
std::map<std::string, federation::Standing> standings_of(sql::Connection& sql, const Configuration& c,
                                                         const state::Directory& directory, Mistakes& mistakes) {
  const auto own = [] {
    federation::Statement statement;
    statement.release = kVersion;
    return statement;
  };
  federation::Watch watch(c.node_id, own, load_limits(c, mistakes));
  std::map<std::string, federation::Standing> standings;
  for (auto& standing : watch.standings({sql, directory, nullptr, machine::SystemClock().now()}))
    standings[standing.told.node] = std::move(standing);
  return standings;
}

std::vector<Line> lines_of(sql::Connection& sql, const Configuration& c, const state::Directory& directory,
                           Mistakes& mistakes) {
  auto standings = standings_of(sql, c, directory, mistakes);
  const auto refused = journal::quarantined(sql);
  const auto* self = directory.nodes.find(c.node_id);
  std::vector<Line> lines;
  for (const auto& [id, node] : directory.nodes.all) {
    Line line{node, std::move(standings[id]), node.parent == c.node_id || (self && self->parent == id)};
    line.received = journal::received(sql, id).since;
    for (const auto& one : refused)
      if (one.neighbour == id) line.refused += one.times;
    lines.push_back(line);
  }
  return lines;
}

std::string condition_of(const Program& program, const federation::Standing& standing) {
  std::string words;
  for (const auto condition : standing.conditions)
    words.append(words.empty() ? "" : " · ").append(program.help("condition." + std::string(name_of(condition))));
  const auto& at = standing.told.contact_at;
  return at ? program.help("said.contact", {{"condition", words}, {"time", to_rfc3339(*at)}}) : words;
}

std::string row_of(const Program& program, const Line& line) {
  return program.help(line.neighbour ? "said.neighbour" : "said.node",
                      {{"node", fmt::format("{:<16}", line.node.id)},
                       {"name", line.node.name},
                       {"parent", line.node.parent.value_or("-")},
                       {"condition", condition_of(program, line.standing)},
                       {"received", std::to_string(line.received)},
                       {"refused", std::to_string(line.refused)}});
}

void write_line(std::string& out, const Line& line) {
  const auto& [node, standing, neighbour, received, refused] = line;
  json::Object object(out);
  object.member("id", node.id);
  object.member("name", node.name);
  object.nullable("parent", node.parent);
  object.member("neighbour", neighbour);
  object.member("received", received);
  object.member("refused", refused);
  object.member("conditions", standing.conditions);
  object.nullable("since", standing.since);
  object.nullable("contact_at", standing.told.contact_at);
  object.nullable("release", standing.told.own ? std::optional(standing.told.own->release) : std::nullopt);
}

// Reads only, so the node may be served meanwhile.
int nodes(const Program& program) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  if (!program.is_whole_node(c->store())) return kFailure;
  const auto store = sql::open(c->store(), sql::Access::kInspect);
  const auto directory = state::Directory::read(*store);
  Mistakes mistakes;
  const auto lines = lines_of(*store, *c, directory, mistakes);
  if (!mistakes.empty()) return program.fail(as_failure(mistakes));
  if (!program.json()) {
    for (const Line& line : lines) program.print(row_of(program, line));
    return kSuccess;
  }
  std::string out;
  json::write_list(out, lines, write_line);
  program.print(out);
  return kSuccess;
}

}  // namespace

void add_peer_commands(CLI::App& app, Program& program) {
  auto invited = std::make_shared<Invited>();
  CLI::App* command = program.add(app, "invite", "invite", [&program, invited] { return invite(program, *invited); });
  command->add_option("NODE", invited->node, program.help("invite_node"))->required();
  command->add_option("ORGANISATION", invited->organisations, program.help("invite_organisations"))->required();
  command->add_option("--name", invited->name, program.help("invite_name"));
  command->add_flag("--instead", invited->instead, program.help("invite_instead"));
  program.add_configuration(*command);
  program.add_json(*command);

  auto code = std::make_shared<std::string>();
  command = program.add(app, "join", "join", [&program, code] { return join(program, *code); });
  command->add_option("CODE", *code, program.help("join_code"))->required();
  program.add_configuration(*command);

  command = program.add(app, "nodes", "nodes", [&program] { return nodes(program); });
  program.add_configuration(*command);
  program.add_json(*command);
}

}  // namespace anlan::cli
