#include "main/stopped_node.h"

#include "journal/start.h"
#include "main/load.h"
#include "main/own_keys.h"
#include "view/views.h"

namespace anlan {

// The lock is taken before anything is read: what was read must still hold when it is changed.
Result<std::unique_ptr<StoppedNode>> StoppedNode::open(const Configuration& c, const Clock& clock, Random& random) {
  if (!sql::is_shared(c.store()) && !machine::is_file(c.data + "/journal.db"))
    return Failure{"no journal.db in " + c.data};
  auto lock = machine::FolderLock::take(c.data);
  if (!lock.ok()) return lock.error();
  auto reference = load_reference(c);
  if (!reference.ok()) return as_failure(reference.error());
  auto keys = keys_of(c, clock, random);
  if (!keys.ok()) return keys.error();
  std::unique_ptr<StoppedNode> node(new StoppedNode(std::move(*lock)));
  node->reference_ = std::make_unique<command::Reference>(std::move(*reference));
  node->views_ = view::all_views();
  std::vector<journal::Projection*> views;
  for (const auto& view : node->views_) views.push_back(view.get());
  try {
    node->store_ = journal::start(c.store(), views, clock.now());
    node->vault_ = std::make_unique<journal::Vault>(*node->store_, keys->master, random);
    node->executor_ =
        std::make_unique<command::Executor>(*node->store_, *node->vault_, *node->reference_, clock, random, views);
  } catch (const sql::Error& error) {
    return Failure{error.what()};
  }
  return node;
}

// Copied after a change only.
const state::Directory& StoppedNode::directory() {
  if (auto changed = executor_->changed_directory()) directory_ = std::move(changed);
  return *directory_;
}

}  // namespace anlan
