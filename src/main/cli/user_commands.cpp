#include <fmt/format.h>

#include "codec/json_write.h"
#include "main/cli/program.h"
#include "main/first_start.h"
#include "main/stopped_node.h"
#include "platform/crypto/password.h"
#include "platform/crypto/random.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

// What a subcommand of `user` was given.
// Shared by the closures of the subcommands, of which one runs.
struct Given {
  std::string name, person;
  std::vector<std::string> roles;
};

std::string roles_of(const account::Account& account) {
  std::string out;
  for (const auto role : account.roles) out.append(out.empty() ? "" : ", ").append(name_of(role));
  return out;
}

std::string state_of(const account::Account& account, Instant now) {
  return account.disabled ? "disabled" : account.locked(now) ? "locked" : "active";
}

// With `work` on the stopped node; the exit code.
template <class Work>
// The node must not be served: there is one writer.
int on_node(const Program& program, Work&& work) {
  const auto configuration = program.configuration();
  if (!configuration) return kConfiguration;
  if (!program.is_whole_node(configuration->store()) || !program.is_free(configuration->data) ||
      !program.has_keys(*configuration))
    return kFailure;
  const machine::SystemClock clock;
  crypto::SystemRandom random;
  auto node = StoppedNode::open(*configuration, clock, random);
  if (!node.ok()) return program.fail(node.error());
  const int code = work(**node, random);
  const auto given = machine::give_to_owner(configuration->data);
  return given.ok() ? code : program.fail(given.error());
}

int run_one(const Program& program, StoppedNode& node, command::Envelope envelope) {
  const auto batch = node.executor().run({&envelope, 1});
  const auto& outcome = batch.outcomes.front();
  return outcome.ok() ? kSuccess : program.refuse(outcome.error());
}

void print_accounts(const Program& program, const state::Directory& directory, Instant now) {
  std::string out;
  if (program.json())
    json::write_list(out, directory.accounts, [&](std::string& o, const auto& pair) {
      json::Object account(o);
      account.member("name", pair.first);
      account.member("person", directory.name_of(pair.first));
      account.member("roles", pair.second.roles);
      account.member("state", state_of(pair.second, now));
      account.member("must_change_password", pair.second.must_change);
    });
  else
    for (const auto& [name, account] : directory.accounts)
      out +=
          (out.empty() ? "" : "\n") +
          program.help("said.account",
                       {{"account", fmt::format("{:<16}", name)},
                        {"person", directory.name_of(name)},
                        {"roles", roles_of(account)},
                        {"state", program.texts().get(program.locale(), "account_state." + state_of(account, now))}});
  program.print(out);
}

// Reads only, so the node may be served meanwhile. Passwords are nowhere to be shown.
int list(const Program& program) {
  const auto configuration = program.configuration();
  if (!configuration) return kConfiguration;
  if (!program.is_whole_node(configuration->store())) return kFailure;
  const auto store = sql::open(configuration->store(), sql::Access::kInspect);
  print_accounts(program, state::Directory::read(*store), machine::SystemClock().now());
  return kSuccess;
}

void show(const Program& program, const std::string& account, const std::string& password) {
  if (!program.json()) return program.say("one_time_password", {{"account", account}, {"password", password}});
  std::string out;
  {
    json::Object object(out);
    object.member("account", account);
    object.member("one_time_password", password);
  }
  program.print(out);
}

// `make` gives the command for a hash.
template <class Make>
int with_password(const Program& program, const std::string& name, Make&& make) {
  return on_node(program, [&](StoppedNode& node, Random& random) {
    const std::string password = one_time_password(random);
    const int code = run_one(program, node, by_node(make(crypto::hash_password(password)), name));
    if (code == kSuccess) show(program, name, password);
    return code;
  });
}

int add(const Program& program, const Given& given) {
  std::vector<account::Role> roles;
  for (const auto& role : given.roles)
    if (const auto known = named<account::Role>(role)) roles.push_back(*known);
  return with_password(program, given.name, [&](std::string hash) {
    return command::CreateAccount{{given.name, given.person, roles}, std::move(hash)};
  });
}

// For help and for refusing a misspelt role before anything is opened.
std::vector<std::string> role_names() {
  std::vector<std::string> names;
  for (const auto& [role, name] : names_of(account::Role{})) names.emplace_back(name);
  return names;
}

}  // namespace

void add_user_commands(CLI::App& app, Program& program) {
  CLI::App* user = program.add(app, "user", "user", nullptr);
  user->require_subcommand(1);
  program.add_configuration(*user);
  auto given = std::make_shared<Given>();

  program.add_json(*program.add(*user, "list", "user_list", [&program] { return list(program); }));

  CLI::App* command = program.add(*user, "add", "user_add", [&program, given] { return add(program, *given); });
  program.add_json(*command);
  command->add_option("NAME", given->name, program.help("user_name"))->required();
  command->add_option("--person", given->person, program.help("user_person"))->required();
  command
      ->add_option("--role", given->roles,
                   program.help("user_role", {{"allowed", fmt::format("{}", fmt::join(role_names(), ", "))}}))
      ->required()
      ->check(CLI::IsMember(role_names()).description(""));

  command = program.add(*user, "reset-password", "user_reset_password", [&program, given] {
    return with_password(program, given->name,
                         [](std::string hash) { return command::ResetPassword{std::move(hash)}; });
  });
  program.add_json(*command);
  command->add_option("NAME", given->name, program.help("user_name"))->required();

  command = program.add(*user, "unlock", "user_unlock", [&program, given] {
    return on_node(program, [&](StoppedNode& node, Random&) {
      const int code = run_one(program, node, by_node(account::Unlock{}, given->name));
      if (code == kSuccess) program.say("unlocked", {{"account", given->name}});
      return code;
    });
  });
  command->add_option("NAME", given->name, program.help("user_name"))->required();
}

}  // namespace anlan::cli
