// How long news takes over two lines: town, county and city are whole nodes of this process, which dial each other over
// TLS on the loopback. From the town's answer to its own desk, which has called the city, until the city has noted that
// it knows; beside fdatasync of the same disk. Arguments: a folder on the disk in question, how many calls.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "city_node.h"
#include "main/first_start.h"
#include "main/line_files.h"
#include "reference.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{30};

void wait_for(const std::function<bool()>& what, const char* name) {
  const auto start = Steady::now();
  while (!what()) {
    if (Steady::now() - start > kPatience) give_up({std::string(name) + " did not come about"});
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
}

// A node in this process that others can dial.
class Level {
 public:
  Level(const std::string& root, const std::string& id) : directory_(root + "/anlan-level-XXXXXX") {
    if (!mkdtemp(directory_.data())) give_up({"cannot make a folder in " + root});
    c_.data = directory_ + "/node";
    c_.share = ANLAN_SOURCE_DIR;
    c_.node_id = id;
    c_.http.port = c_.federation.port = 0;
    c_.federation.address = "127.0.0.1";
    std::filesystem::create_directories(c_.data);
    public_key_ = crypto::load_or_create_keys(c_.data + "/keys", random_).value().pair.public_pem;
  }
  ~Level() {
    node_.reset();
    std::filesystem::remove_all(directory_);
  }

  // Under `above`, which runs; null: the topmost.
  void start(Level* above) {
    if (above) {
      above->must(node::Register{c_.node_id, above->c_.node_id, public_key_}, c_.node_id);
      const edge::peer::Parent parent{above->c_.node_id,
                                      "127.0.0.1",
                                      above->node_->peer_port(),
                                      line_certificate(above->c_)->fingerprint,
                                      {{above->c_.node_id, above->public_key_}, {"city", top_key()}}};
      if (auto kept = keep_parent(c_, parent); !kept.ok()) give_up(kept.error());
    } else {
      top_key() = public_key_;
    }
    auto node = Node::start(
        c_, {clock_, random_, [](std::string_view) {}, [](command::Executor&) -> Result<Done> { return Done{}; },
             [](const std::string& what) { give_up({what}); }});
    if (!node.ok()) give_up(node.error());
    node_ = std::move(*node);
    if (above) wait_for([this] { return node_->directory()->nodes.find(c_.node_id) != nullptr; }, "joining");
  }
  void must(command::Command command, const std::string& target) { ask(by_node(std::move(command), target)); }
  std::string ask(command::Envelope envelope) {
    const auto outcome = node_->execute(std::move(envelope));
    if (!outcome.ok()) give_up({"refused: " + outcome.error().code + " " + outcome.error().field});
    const auto body = json::parse(outcome->body).value();
    const auto* id = body.as_object().if_contains("id");
    return id ? std::string(id->as_string()) : std::string();
  }
  Node& node() { return *node_; }
  const std::string& id() const { return c_.node_id; }

 private:
  static std::string& top_key() {
    static std::string key;
    return key;
  }

  std::string directory_, public_key_;
  Configuration c_;
  machine::SystemClock clock_;
  crypto::SystemRandom random_;
  std::unique_ptr<Node> node_;
};

void organisation_of(Level& city, const std::string& id, organisation::Level level, const std::string& superior) {
  organisation::RegisterOrganisation o;
  o.name = o.short_name = id;
  o.level = level;
  o.division = level == organisation::Level::kCity ? "370700" : "370783";
  if (!superior.empty()) o.superior = superior;
  city.must(o, id);
}

std::vector<double> town_to_city_ms(const std::string& root, int times) {
  Level city(root, "city"), county(root, "county"), town(root, "town");
  city.start(nullptr);
  organisation_of(city, "city-desk", organisation::Level::kCity, "");
  organisation_of(city, "town-desk", organisation::Level::kTown, "city-desk");
  county.start(&city);
  town.start(&county);
  wait_for([&] { return city.node().directory()->nodes.find("town") != nullptr; }, "the town's registration");
  city.must(organisation::PlaceOrganisation{"town"}, "town-desk");
  wait_for(
      [&] {
        const auto* o = town.node().directory()->organisations.organisation("town-desk");
        return o && o->node == "town";
      },
      "the town's placing");
  const account::Actor desk{"desk", "p", "值班员", "town-desk", {account::Role::kTownOfficer}};
  std::vector<double> took;
  for (int i = 0; i < times; ++i) {
    incident::TakeDown call;
    call.type = "12D02";
    call.division = "370783";
    call.summary = "泄漏";
    command::Envelope first;
    first.actor = desk;
    first.command = call;
    const std::string id = town.ask(first);
    first.command = incident::ReportByPhone{"city-desk", "值班员", {}, {}};
    first.target = id;
    town.ask(first);
    const auto start = Steady::now();
    auto& reader = city.node().reader();
    wait_for([&] { return journal::version_of(reader, "parties/" + id + "/city-desk") > 0; }, "news");
    took.push_back(std::chrono::duration<double, std::milli>(Steady::now() - start).count());
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::ranges::sort(took);
  return took;
}

void print(const char* name, double value, double reference) {
  fmt::print("{:<58} {:>12.2f} ms       {:>12.2f} {:>8.3f}\n", name, value, reference, value / reference);
}

void run(const std::string& root, int times) {
  const auto syncs = fdatasync_ms(root, 200);
  const auto took = town_to_city_ms(root, times);
  print("federation.town_to_city.p50, two lines (fdatasync)", quantile(took, 0.5), quantile(syncs, 0.5));
  print("federation.town_to_city.p99, two lines (fdatasync)", quantile(took, 0.99), quantile(syncs, 0.99));
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
  anlan::bench::run(root, argc > 2 ? std::atoi(argv[2]) : 300);
}
