#include "platform/http/open_connections.h"

#include <algorithm>
#include <utility>

namespace anlan::http {
namespace {

// Of the strangers one address may have this part.
constexpr std::size_t kShareOfAddress = 8;

}  // namespace

bool OpenConnections::is_full(const Address& at) const {
  return entries_.size() >= options_.max_connections ||
         (options_.max_of_address > 0 && at.all >= options_.max_of_address);
}

std::optional<OpenConnections::Number> OpenConnections::surplus(const Address& at) const {
  if (options_.max_strangers == 0 || strangers_.empty()) return std::nullopt;
  const bool crowds = at.strangers.size() >= std::max<std::size_t>(options_.max_strangers / kShareOfAddress, 1);
  const bool address_full = options_.max_of_address > 0 && at.all >= options_.max_of_address;
  if (crowds || (address_full && !at.strangers.empty())) return *at.strangers.begin();
  if (address_full) return std::nullopt;
  if (strangers_.size() >= options_.max_strangers || is_full(at)) return *strangers_.begin();
  return std::nullopt;
}

OpenConnections::Entered OpenConnections::enter(const std::string& address, IoThread& thread) {
  const std::string counted = counted_as(address);
  const std::lock_guard lock(mutex_);
  Address& at = addresses_[counted];
  const auto leaves = surplus(at);
  if (!leaves && is_full(at)) {
    if (at.all == 0) addresses_.erase(counted);
    return {kNone, std::nullopt};
  }
  const Number number = ++last_;
  entries_.emplace(number, Entry{&thread, counted, {}});
  ++at.all;
  at.strangers.insert(number);
  strangers_.insert(number);
  return {number, leaves ? std::optional(evict(*leaves)) : std::nullopt};
}

std::optional<OpenConnections::Evicted> OpenConnections::recognise(Number number, const std::string& who) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(number);
  if (found == entries_.end() || !found->second.who.empty() || who.empty()) return std::nullopt;
  found->second.who = who;
  strangers_.erase(number);
  addresses_[found->second.address].strangers.erase(number);
  auto& own = known_[who];
  own.insert(number);
  if (options_.max_of_one == 0 || own.size() <= options_.max_of_one) return std::nullopt;
  return evict(*own.begin());
}

void OpenConnections::leave(Number number) {
  const std::lock_guard lock(mutex_);
  if (const auto found = entries_.find(number); found != entries_.end()) erase(found);
}

OpenConnections::Evicted OpenConnections::evict(Number number) {
  const auto found = entries_.find(number);
  const Evicted evicted{found->second.thread, number};
  erase(found);
  return evicted;
}

void OpenConnections::erase(Entries::iterator entry) {
  const auto& [number, one] = *entry;
  strangers_.erase(number);
  const auto at = addresses_.find(one.address);
  at->second.strangers.erase(number);
  if (--at->second.all == 0) addresses_.erase(at);
  if (const auto own = known_.find(one.who); own != known_.end()) {
    own->second.erase(number);
    if (own->second.empty()) known_.erase(own);
  }
  entries_.erase(entry);
}

}  // namespace anlan::http
