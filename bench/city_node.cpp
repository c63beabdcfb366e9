#include "city_node.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "main/demo/city.h"
#include "main/load.h"

namespace anlan::bench {
namespace {

Configuration configuration(const std::string& directory, const std::string& database) {
  Configuration c;
  c.data = directory;
  if (!database.empty()) c.storage = database;
  c.share = ANLAN_SOURCE_DIR;
  c.demo = true;
  c.http.port = 0;
  c.http.rate_factor = 1'000'000;
  return c;
}

}  // namespace

void give_up(const Failure& failure) {
  std::fprintf(stderr, "bench: %s\n", failure.what.c_str());
  std::exit(1);
}

CityNode::CityNode(const std::string& root, const std::string& database)
    : directory_(root + "/anlan-bench-XXXXXX"), database_(database) {
  if (!mkdtemp(directory_.data())) give_up({"cannot make a folder in " + root});
}

CityNode::CityNode(const std::string& root, const CityNode& sibling) : CityNode(root, sibling, sibling.database_) {}

CityNode::CityNode(const std::string& root, const CityNode& sibling, const std::string& database)
    : CityNode(root, database) {
  std::filesystem::copy(sibling.directory_ + "/keys", directory_ + "/keys", std::filesystem::copy_options::recursive);
}

CityNode::~CityNode() {
  stop();
  std::filesystem::remove_all(directory_);
}

Result<Done> CityNode::prepare(command::Executor& executor, const std::function<void(command::Executor&)>& more) const {
  const auto reading = sql::open(store(), sql::Access::kRead);
  if (state::Directory::read(*reading).accounts.empty()) {
    const auto city = demo::read_city(ANLAN_SOURCE_DIR "/data/demo");
    if (!city.ok()) return as_failure(city.error());
    if (auto settled = demo::settle(*city, executor); !settled.ok()) return settled.error();
  }
  if (more) more(executor);
  return Done{};
}

void CityNode::start(const std::function<void(command::Executor&)>& more) {
  start(configuration(directory_, database_), more);
}

void CityNode::start(std::vector<ChannelSettings> channels) {
  Configuration c = configuration(directory_, database_);
  c.channels = std::move(channels);
  start(c, nullptr);
}

void CityNode::start(const Configuration& c, const std::function<void(command::Executor&)>& more) {
  auto node = Node::start(c, {clock_, random_, [](std::string_view) {},
                              [this, &more](command::Executor& executor) { return prepare(executor, more); },
                              [](const std::string& what) { give_up({what}); }});
  if (!node.ok()) give_up(node.error());
  node_ = std::move(*node);
}

}  // namespace anlan::bench
