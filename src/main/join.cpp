#include "main/join.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "codec/refusal.h"
#include "federation/exchange.h"
#include "federation/proof.h"

namespace anlan {
namespace {

constexpr std::chrono::seconds kPatience{20};

using edge::peer::Code;
using edge::peer::Parent;
using edge::peer::Welcome;

// One who is joining, and the line to who takes it in.
class Joining {
 public:
  Joining(const Configuration& c, StoppedNode& node, const crypto::NodeKeys& keys, const LineCertificate& certificate,
          const Parent& parent, http::Client line)
      : c_(c), node_(node), keys_(keys), parent_(parent), line_(std::move(line)) {
    headers_.add("Anlan-Node", c.node_id);
    headers_.add("Anlan-Form", std::to_string(federation::kForm));
    headers_.add("Anlan-Proof", federation::proof_of(crypto::Sm2PrivateKey(keys.pair.private_pem),
                                                     certificate.fingerprint, parent.fingerprint));
  }

  Result<Welcome, NotJoined> ask(const std::string& secret) {
    const edge::peer::JoinRequest request{secret, c_.node_id, keys_.pair.public_pem};
    const auto answer = line_.post("/v1/join", json::to_text(request), headers_);
    if (!answer.ok()) return NotJoined{"join_no_answer", answer.error().what};
    if (answer->status != 200) return refused(*answer);
    const auto welcome = json::from_text<Welcome>(answer->body, json::Unknown::kPassedOver);
    if (!welcome.ok() || welcome->parent != parent_.node) return NotJoined{"join_another", {}};
    return *welcome;
  }

  // All that is for this node so far.
  Result<Done, NotJoined> fetch(sql::Connection& reader) {
    for (;;) {
      const auto place = journal::received(reader, parent_.node);
      const auto answer = line_.get(
          "/v1/facts?wait=0&since=" + std::to_string(place.since) + "&position=" + std::to_string(place.position),
          headers_);
      if (!answer.ok()) return NotJoined{"join_broken_off", answer.error().what};
      if (answer->status == 204) return Done{};
      if (answer->status != 200) return refused(*answer);
      if (auto taken = take(answer->body); !taken.ok()) return NotJoined{"join_register", taken.error().what};
    }
  }

  void tell(const Welcome& welcome) { parent_.nodes = welcome.nodes; }
  const Parent& parent() const { return parent_; }

 private:
  static NotJoined refused(const http::Response& answer) {
    const auto said = json::from_text<codec::SaidRefusal>(answer.body, json::Unknown::kPassedOver);
    NotJoined no{"join_answer", std::to_string(answer.status) + " " + answer.body};
    if (said.ok()) no.rule = codec::refusal_of(*said);
    return no;
  }

  Result<Done> take(const std::string& bytes) {
    auto delivery = federation::opened(bytes, parent_.node, [&](const std::string& node) { return key_of(node); });
    if (!delivery.ok()) return Failure{delivery.error().origin + ": " + delivery.error().what};
    const auto taken = node_.executor().take_in(std::move(*delivery));
    if (taken.receipt != command::Receipt::kTaken) return Failure{taken.what};
    return Done{};
  }

  std::optional<std::string> key_of(const std::string& node) {
    if (const auto* known = node_.directory().nodes.find(node)) return known->public_key;
    for (const auto& told : parent_.nodes)
      if (told.id == node) return told.public_key;
    return std::nullopt;
  }

  const Configuration& c_;
  StoppedNode& node_;
  const crypto::NodeKeys& keys_;
  Parent parent_;
  http::Client line_;
  http::Headers headers_;
};

}  // namespace

// What the parent told is kept last: a node that was not taken in whole does not dial.
Result<Done, NotJoined> join(const Configuration& c, const Code& code, StoppedNode& node,
                             const crypto::NodeKeys& keys) {
  const auto failed = [](const Failure& failure) { return NotJoined{"join_failed", failure.what}; };
  const auto certificate = line_certificate(c);
  if (!certificate.ok()) return failed(certificate.error());
  const Parent parent{code.parent, code.address, code.port, code.fingerprint, {}};
  auto line = edge::peer::dial(parent, certificate->files, kPatience);
  if (!line.ok()) return NotJoined{"join_no_answer", line.error().what};
  Joining joining(c, node, keys, *certificate, parent, std::move(*line));
  const auto welcome = joining.ask(code.secret);
  if (!welcome.ok()) return welcome.error();
  joining.tell(*welcome);
  const auto reader = sql::open(c.store(), sql::Access::kRead);
  if (auto fetched = joining.fetch(*reader); !fetched.ok()) return fetched;
  if (!node.directory().nodes.find(c.node_id)) return NotJoined{"join_register", c.node_id};
  if (const auto kept = keep_parent(c, joining.parent()); !kept.ok()) return failed(kept.error());
  return Done{};
}

}  // namespace anlan
