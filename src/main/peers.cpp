#include "main/peers.h"

#include "main/first_start.h"
#include "main/load.h"

namespace anlan {
namespace {

constexpr std::chrono::milliseconds kStopPatience{2000};

http::Options options_of(const LineCertificate& certificate, edge::peer::Ground& ground) {
  auto options = edge::peer::line_options(certificate.files.certificate_file, certificate.files.key_file);
  options.losses = true;
  options.log = [&ground](std::string_view line) { ground.log(line); };
  return options;
}

}  // namespace

Result<std::unique_ptr<Peers>> Peers::open(const Configuration& c, const crypto::NodeKeys& keys) {
  auto parent = parent_of(c);
  if (!parent.ok()) return parent.error();
  if (!*parent && c.federation.address.empty()) return std::unique_ptr<Peers>();
  auto certificate = line_certificate(c);
  if (!certificate.ok()) return certificate.error();
  std::unique_ptr<Peers> peers(new Peers(c, keys, std::move(*certificate), std::move(*parent)));
  Mistakes mistakes;
  peers->scope_ = load_scope(c.shared("rules/scope.toml"), mistakes);
  if (!mistakes.empty()) return as_failure(mistakes);
  return peers;
}

Peers::Peers(const Configuration& c, const crypto::NodeKeys& keys, LineCertificate certificate,
             std::optional<edge::peer::Parent> parent)
    : self_{c.node_id, crypto::Sm2PrivateKey(keys.pair.private_pem)},
      certificate_(std::move(certificate)),
      parent_(std::move(parent)),
      invitations_(invitations_of(c)) {}

Peers::~Peers() { end_lines(); }

std::optional<std::string> Peers::told_key_of(const std::string& node) const {
  if (!parent_) return std::nullopt;
  for (const auto& known : parent_->nodes)
    if (known.id == node) return known.public_key;
  return std::nullopt;
}

Result<Done> Peers::register_top(command::Executor& executor, const state::Directory& directory,
                                 const Configuration& c) const {
  if (parent_ || directory.nodes.find(self_.node)) return Done{};
  node::Register top;
  top.name = c.node_name.empty() ? c.node_id : c.node_name;
  const auto keys = crypto::load_keys(c.data + "/keys");
  if (!keys.ok()) return keys.error();
  top.public_key = keys->pair.public_pem;
  return run_all(executor, {by_node(std::move(top), self_.node)});
}

Result<Done> Peers::begin(edge::peer::Ground& ground, const Configuration& c) {
  if (!c.federation.address.empty()) {
    gate_ = std::make_unique<edge::peer::Gate>(ground, invitations_, certificate_.fingerprint);
    server_ = std::make_unique<http::Server>(options_of(certificate_, ground), *gate_);
    auto port = server_->listen(c.federation.address, static_cast<std::uint16_t>(c.federation.port));
    if (!port.ok()) return port.error();
    port_ = *port;
  }
  if (parent_)
    link_ = std::make_unique<edge::peer::Link>(ground, *parent_, certificate_.files, certificate_.fingerprint,
                                               [this] { return dials_.load(); });
  return Done{};
}

void Peers::nudge() {
  if (link_) link_->nudge();
}

void Peers::end_lines() {
  link_.reset();
  if (gate_) gate_->close();
  if (server_) server_->stop(kStopPatience);
}

}  // namespace anlan
