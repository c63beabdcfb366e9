#include "edge/peer/proved.h"

namespace anlan::edge::peer {

std::optional<Proved::Holder> Proved::holder_of(const std::string& certificate) const {
  const std::lock_guard lock(mutex_);
  const auto found = holders_.find(certificate);
  return found == holders_.end() ? std::nullopt : std::optional(found->second);
}

void Proved::add(const std::string& certificate, const Holder& proved) {
  const std::lock_guard lock(mutex_);
  Holder& holder = holders_[certificate];
  if (holder == proved) return;
  if (!holder.node.empty()) std::erase(proved_[holder.node], certificate);
  holder = proved;
  auto& own = proved_[proved.node];
  own.push_back(certificate);
  if (own.size() <= kMostOfNode) return;
  holders_.erase(own.front());
  own.pop_front();
}

}  // namespace anlan::edge::peer
