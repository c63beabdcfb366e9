// Durable commands a second through the whole HTTP path (parse, session, authorise, decide, append, views), beside the
// bare SQLite group commit of as many facts, answers and rows of views; p50 and p99 beside fdatasync of the same
// disk. Arguments: a folder on the disk in question, milliseconds a measurement.

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "city_node.h"
#include "desk.h"
#include "footprint.h"
#include "load.h"
#include "reference.h"

namespace anlan::bench {
namespace {

constexpr int kIncidents = 200;

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<32} {:>10.2f} {:<6} {:>10.2f} {:>8.3f}\n", name, value, unit, reference, value / reference);
  std::fflush(stdout);
}

class Bench {
 public:
  Bench(const std::string& root, std::chrono::milliseconds duration) : root_(root), duration_(duration), node_(root) {
    node_.start();
    auto desk = Desk::sign_in(node_.port(), kDutyAccount, kCityPassword);
    if (!desk.ok()) give_up(desk.error());
    desk_ = std::make_unique<Desk>(std::move(*desk));
    auto incidents = desk_->open_incidents(node_.port(), kIncidents);
    if (!incidents.ok()) give_up(incidents.error());
    incidents_ = std::move(*incidents);
  }

  void run() {
    const auto syncs = fdatasync_ms(root_, 200);
    print("fdatasync.p99 (p50)", quantile(syncs, 0.99), "ms", quantile(syncs, 0.5));
    measure("note", syncs, [this] { return note(); });
    measure("take_down", syncs, [this] { return desk_->take_down(next_key()); });
  }

 private:
  std::string next_key() { return "bench-" + std::to_string(++keys_); }
  std::string note() {
    const auto& incident = incidents_[keys_ % incidents_.size()];
    return desk_->note(incident, "现场已设警戒线，消防、医疗到场，疏散周边群众约三十人，暂无新增伤亡。", next_key());
  }

  LoadResult load(std::size_t clients, std::chrono::milliseconds duration, const std::function<std::string()>& next) {
    auto result = run_load(
        {.port = node_.port(), .clients = clients, .duration = duration, .next = [&](std::size_t) { return next(); }});
    if (result.errors + result.broken > 0)
      give_up({fmt::format("{} refused, {} connections lost", result.errors, result.broken)});
    return result;
  }

  void measure(const std::string& name, const std::vector<double>& syncs, const std::function<std::string()>& next) {
    const Row row =
        footprint(node_.store(), [&] { return load(1, std::chrono::seconds(1), next).latencies_ms.size(); });
    fmt::print("# {}: {} fact(s) of {} bytes, an answer of {}, {} other row(s)\n", name, row.facts, row.body.size(),
               row.answer.size(), row.others);
    for (const std::size_t clients : {1UL, 64UL, 512UL}) {
      const auto bare = bare_group_commit(root_, row, static_cast<int>(clients), duration_);
      const auto ours = load(clients, duration_, next);
      print(fmt::format("command.{}.{}", name, clients), ours.per_second(), "1/s", bare.rows_per_second);
      print(fmt::format("command.{}.{}.p50 (fdatasync)", name, clients), ours.quantile_ms(0.5), "ms",
            quantile(syncs, 0.5));
      print(fmt::format("command.{}.{}.p99 (fdatasync)", name, clients), ours.quantile_ms(0.99), "ms",
            quantile(syncs, 0.99));
    }
  }

  const std::string root_;
  const std::chrono::milliseconds duration_;
  CityNode node_;
  std::unique_ptr<Desk> desk_;
  std::vector<std::string> incidents_;
  std::uint64_t keys_ = 0;
};

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
  const std::chrono::milliseconds duration(argc > 2 ? std::atoi(argv[2]) : 3000);
  anlan::bench::Bench(root, duration).run();
}
