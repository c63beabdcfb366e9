#pragma once
// What this edge needs of a node, out of the whole node in process of the command path. For tests only.

#include <memory>

#include "command/node_fixture.h"
#include "edge/http/services.h"

namespace anlan::edge {

// One thread; a command is done when submit() returns.
class NodeServices final : public Services {
 public:
  void submit(command::Envelope envelope, std::function<void(command::Outcome)> answered) override {
    answered(inner.submit(std::move(envelope)));
    directory_ = std::make_shared<const state::Directory>(inner.directory());
  }
  std::shared_ptr<const state::Directory> directory() const override { return directory_; }
  journal::Position position() const override { return inner.facts.empty() ? 0 : inner.facts.back().position; }
  void when_reached(journal::Position position, std::function<void(bool)> called) override {
    called(position <= this->position());
  }
  std::optional<Instant> used_elsewhere(const std::string&) override { return elsewhere; }
  sql::Connection& reader() override { return inner.sql(); }
  journal::Vault& vault() override { return inner.vault(); }
  const NodeDescription& node() const override { return description; }
  const command::Reference& reference() const override { return reference_; }
  const Texts& texts() const override { return texts_; }
  const Clock& clock() const override { return inner.clock; }
  Random& random() override { return random_; }
  http::Workers& workers() override { return workers_; }

  command::TestNode inner;
  NodeDescription description;
  std::optional<Instant> elsewhere;  // when another process on the store says that a session was used

 private:
  std::shared_ptr<const state::Directory> directory_ = std::make_shared<const state::Directory>(inner.directory());
  command::Reference reference_ = command::demo_reference();
  Texts texts_;
  command::SeededRandom random_;
  http::Workers workers_{1, 16};
};

}  // namespace anlan::edge
