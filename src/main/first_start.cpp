#include "main/first_start.h"

#include <algorithm>
#include <array>

#include "main/load.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/password.h"

namespace anlan {
namespace {

// Id of the node's first organisation, renamed by the site and the same for ever.
constexpr const char* kOwn = "own";

struct Administrator {
  const char* account;
  account::Role role;
};
constexpr std::array kAdministrators{Administrator{"sysadmin", account::Role::kSystemAdmin},
                                     Administrator{"secadmin", account::Role::kSecurityAdmin},
                                     Administrator{"auditadmin", account::Role::kAuditAdmin}};

// A node of a village is one of its town.
organisation::Level level_of(division::Level level) {
  return level == division::Level::kVillage ? organisation::Level::kTown : static_cast<organisation::Level>(level);
}

command::Envelope own_organisation(const Configuration& c, const Texts& texts, const division::Division& division) {
  organisation::RegisterOrganisation own;
  own.name = c.node_name.empty()
                 ? texts.get(Locale::kChinese, "first_start.organisation", {{"division", std::string(division.name)}})
                 : c.node_name;
  own.short_name = texts.get(Locale::kChinese, "first_start.short");
  own.level = level_of(division.level);
  own.division = c.division;
  return by_node(std::move(own), kOwn);
}

state::Directory directory_of(const Configuration& c) {
  return state::Directory::read(*sql::open(c.store(), sql::Access::kRead));
}

bool has_accounts(const Configuration& c) { return !directory_of(c).accounts.empty(); }

// The highest of those that were placed on this node; nullptr where it has joined nobody, or nothing was.
const organisation::Organisation* placed_here(const Configuration& c, const state::Directory& directory) {
  const auto* self = directory.nodes.find(c.node_id);
  const organisation::Organisation* highest = nullptr;
  if (!self || !self->parent) return nullptr;
  for (const auto& [id, one] : directory.organisations.organisations)
    if (one.node == c.node_id && one.active && (!highest || one.level < highest->level)) highest = &one;
  return highest;
}

}  // namespace

// 96 bits; the beginning has letters of every class, so that it meets any policy.
std::string one_time_password(Random& random) {
  std::array<std::byte, 12> chance{};
  random.fill(chance);
  return "Aa1-" + crypto::to_base64url(chance);
}

command::Envelope by_node(command::Command command, std::string target) {
  command::Envelope envelope;
  envelope.actor.account = "system";
  envelope.target = std::move(target);
  envelope.command = std::move(command);
  return envelope;
}

Result<Done> run_all(command::Executor& executor, const std::vector<command::Envelope>& envelopes) {
  const auto batch = executor.run(envelopes);
  for (std::size_t i = 0; i < envelopes.size(); ++i)
    if (const auto& outcome = batch.outcomes[i]; !outcome.ok())
      return Failure{std::string(name_of(envelopes[i].command)) + " " + envelopes[i].target + ": " +
                     outcome.error().code + " " + outcome.error().field};
  return Done{};
}

// In one commit: a crash leaves either no administrator or all three. The passwords are known to nobody but who reads
// them now.
Result<std::vector<OneTimePassword>> first_start(const Configuration& c, const Texts& texts, Random& random,
                                                 command::Executor& executor, const KeepPasswords& keep) {
  std::vector<OneTimePassword> passwords;
  const auto directory = directory_of(c);
  if (!directory.accounts.empty()) return passwords;
  const auto* placed = placed_here(c, directory);
  const auto reference = load_reference(c);
  if (!reference.ok()) return as_failure(reference.error());
  std::vector<command::Envelope> envelopes;
  if (!placed) envelopes.push_back(own_organisation(c, texts, *reference->divisions.find(c.division)));
  for (const auto& [account, role] : kAdministrators) {
    const std::string post = texts.get(Locale::kChinese, "first_start." + std::string(name_of(role)));
    organisation::RegisterPerson person;
    person.name = post;
    person.organisation = placed ? placed->id : kOwn;
    person.post = texts.get(Locale::kChinese, "role." + std::string(name_of(role)));
    // All nodes have one register of people, and three of these each.
    const std::string id = placed ? c.node_id + "-" + account : account;
    envelopes.push_back(by_node(std::move(person), id));
    passwords.push_back({account, one_time_password(random)});
    envelopes.push_back(by_node(
        command::CreateAccount{{account, id, {role}}, crypto::hash_password(passwords.back().password)}, account));
  }
  if (keep)
    if (auto kept = keep(passwords); !kept.ok()) return kept.error();
  if (auto made = run_all(executor, envelopes); !made.ok()) {
    if (!sql::is_shared(c.store()) || !has_accounts(c)) return made.error();
    passwords.clear();  // another process began the same store at the same moment, and hands over its own
  }
  return passwords;
}

bool first_passwords_are_spent(const state::Directory& directory) {
  return std::ranges::none_of(kAdministrators, [&](const Administrator& one) {
    const auto found = directory.accounts.find(one.account);
    return found != directory.accounts.end() && found->second.must_change && !found->second.disabled;
  });
}

}  // namespace anlan
