#include "edge/peer/admission.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "platform/crypto/random.h"
#include "platform/crypto/sm3.h"
#include "platform/machine/files.h"

namespace anlan::edge::peer {
namespace {

constexpr std::size_t kSecretBytes = 16;
// A word of its own, so that a code is not taken for anything else that is pasted.
constexpr std::string_view kCodeBegins = "anlan-";

template <class Command>
command::Envelope by_node(Command command, const std::string& target) {
  command::Envelope envelope;
  envelope.actor.account = "system";
  envelope.target = target;
  envelope.command = std::move(command);
  return envelope;
}

std::optional<Invitation> read(const std::string& file) {
  const auto text = machine::is_file(file) ? machine::read_file(file) : Result<std::string>(Failure{});
  if (!text.ok()) return std::nullopt;
  auto invitation = json::from_text<Invitation>(*text);
  return invitation.ok() ? std::optional(std::move(*invitation)) : std::nullopt;
}

}  // namespace

std::string to_text(const Code& code) {
  const std::string text = json::to_text(code);
  return std::string(kCodeBegins) + crypto::to_base64url(crypto::bytes_of(text));
}

std::optional<Code> code_in(std::string_view text) {
  if (!text.starts_with(kCodeBegins)) return std::nullopt;
  const auto bytes = crypto::from_base64url(text.substr(kCodeBegins.size()));
  if (!bytes) return std::nullopt;
  const auto code = json::from_text<Code>(crypto::text_of(*bytes), json::Unknown::kPassedOver);
  return code.ok() ? std::optional(*code) : std::nullopt;
}

// Named by the secret's hash: whoever reads the folder learns no secret.
std::string Invitations::file_of(const std::string& secret) const {
  return folder_ + "/" + crypto::to_hex(crypto::sm3(secret)) + ".json";
}

Result<std::string> Invitations::make(const Invitation& invitation, Random& random) const {
  const std::string secret = crypto::random_hex(random, kSecretBytes);
  if (auto made = machine::make_folder(folder_, machine::Readers::kOwner); !made.ok()) return made.error();
  auto written = machine::write_file(file_of(secret), json::to_text(invitation), machine::Readers::kOwner);
  if (!written.ok()) return written.error();
  return secret;
}

std::vector<Invitation> Invitations::open(const state::Directory& directory, Instant now) const {
  std::vector<Invitation> found;
  for (const auto& name : machine::files_in(folder_)) {
    auto one = read(folder_ + "/" + name);
    if (one && !directory.nodes.find(one->node) && now <= one->ends_at) found.push_back(std::move(*one));
  }
  return found;
}

Result<Done> Invitations::withdraw(const std::string& node, const state::Directory& directory) const {
  for (const auto& name : machine::files_in(folder_)) {
    const auto one = read(folder_ + "/" + name);
    if (!one || one->node != node || (!one->used_by.empty() && directory.nodes.find(node))) continue;
    if (auto removed = machine::remove_file(folder_ + "/" + name); !removed.ok()) return removed;
  }
  return Done{};
}

// The same child may ask again with the same code, since an answer can be lost.
std::optional<Invitation> Invitations::opened(const JoinRequest& request, const std::string& certificate,
                                              const state::Directory& directory, Instant now) const {
  auto invitation = read(file_of(request.secret));
  if (!invitation || invitation->node != request.node) return std::nullopt;
  const bool came = !invitation->used_by.empty() && directory.nodes.find(request.node);
  const bool opens = came ? invitation->used_by == certificate : now <= invitation->ends_at;
  return opens ? invitation : std::nullopt;
}

Result<Done> Invitations::note_used(const JoinRequest& request, const std::string& certificate) {
  const std::lock_guard lock(mutex_);
  const std::string file = file_of(request.secret);
  auto invitation = read(file);
  if (!invitation || invitation->used_by == certificate) return Done{};
  invitation->used_by = certificate;
  return machine::write_file(file, json::to_text(*invitation), machine::Readers::kOwner);
}

std::optional<Refusal> hindrance(const Invitation& invitation, const std::string& public_key, const std::string& self,
                                 const state::Directory& directory) {
  const auto* known = directory.nodes.find(invitation.node);
  if (known && known->public_key != public_key) return refuse(RefusalKind::kConflict, "node.exists");
  if (known && known->last_sequence)
    return refuse(RefusalKind::kConflict, "node.is_revoked", "", {{"node", invitation.node}});
  for (const auto& id : invitation.organisations) {
    const auto* one = directory.organisations.organisation(id);
    if (!one || !one->active) return refuse(RefusalKind::kConflict, "organisation.unknown", id);
    if (one->node == invitation.node) continue;
    if (one->external) return refuse(RefusalKind::kConflict, "organisation.external");
    if (!command::keeps(directory, self, id))
      return refuse(RefusalKind::kConflict, "organisation.elsewhere", "",
                    {{"node", command::keeper_of(directory, id)}});
  }
  return std::nullopt;
}

std::vector<command::Envelope> admitting(const Invitation& invitation, const std::string& public_key,
                                         const std::string& self, const state::Directory& directory) {
  std::vector<command::Envelope> commands;
  const auto* known = directory.nodes.find(invitation.node);
  if (!known || known->public_key != public_key) {
    node::Register one;
    one.name = invitation.name;
    one.parent = self;
    one.public_key = public_key;
    commands.push_back(by_node(std::move(one), invitation.node));
  }
  for (const auto& id : invitation.organisations) {
    const auto* organisation = directory.organisations.organisation(id);
    if (organisation && organisation->node == invitation.node) continue;
    commands.push_back(by_node(organisation::PlaceOrganisation{invitation.node}, id));
  }
  return commands;
}

}  // namespace anlan::edge::peer
