#include "notify/ground.h"

#include <algorithm>

namespace anlan::notify {
namespace {

constexpr std::string_view kRealWorld = "real";

bool is_plain(const std::string& address) { return address.find_first_of("\t\r\n") == std::string::npos; }

}  // namespace

std::string batch_of_issue(const std::string& warning, std::int64_t version) {
  return "warning/" + warning + "/" + std::to_string(version);
}
std::string batch_of_leaving(const std::string& warning, std::int64_t version) {
  return batch_of_issue(warning, version) + "/left";
}
std::string batch_of_end(const std::string& warning) { return "warning/" + warning + "/end"; }
std::string batch_of_call(std::int64_t sequence) { return "call/" + std::to_string(sequence); }

// One place decides it, for every message there is.
outbox::World world_of(const std::string& world) {
  return world == kRealWorld ? outbox::World::kReal : outbox::World::kDrill;
}

outbox::Outbox& outbox_of(const Ground& ground, const std::string& world) {
  return world_of(world) == outbox::World::kReal ? ground.real : ground.drill;
}

std::vector<outbox::Destination> destinations(const Ground& ground, const contacts::Address& address,
                                              const std::vector<std::string>& kinds, outbox::World world) {
  std::vector<outbox::Destination> found;
  for (const auto& [reach, where] :
       {std::pair(Reach::kDevice, &address.device), std::pair(Reach::kPhone, &address.phone),
        std::pair(Reach::kMail, &address.mail)}) {
    if (where->empty() || !is_plain(*where)) continue;
    for (const Way& way : ground.ways)
      if (way.reach == reach && way.world == world && std::ranges::find(kinds, way.kind) != kinds.end())
        found.push_back({way.name, *where});
  }
  return found;
}

}  // namespace anlan::notify
