// One, two and three processes of a node on one PostgreSQL: durable commands a second through the whole HTTP path
// beside a bare libpq pipeline of the same rows; how long a fact of one takes to a console of another; `anlan copy` of
// a long journal beside a bare COPY of its facts. ANLAN_TEST_POSTGRES names the server. Arguments: a folder,
// milliseconds a measurement, facts.

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <thread>

#include "city_node.h"
#include "desk.h"
#include "footprint.h"
#include "journal/copy.h"
#include "load.h"
#include "past.h"
#include "platform/sql/store_fixture.h"
#include "postgres_reference.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr int kIncidents = 200, kNotices = 300;

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

void print(const std::string& name, double value, const char* unit, double reference, const char* aim = "") {
  fmt::print("{:<32} {:>10.2f} {:<6} {:>10.2f} {:>8.3f}  {}\n", name, value, unit, reference, value / reference, aim);
  std::fflush(stdout);
}

// A node in a process of its own, which ends with this. To be made while this process has one thread.
class NodeProcess {
 public:
  NodeProcess(const std::string& root, const CityNode& settled) : node_(root, settled) {
    int ends[2];
    if (::pipe(ends) != 0 || (process_ = ::fork()) < 0) give_up({"no process can be made"});
    if (process_ == 0) {
      node_.start();
      const std::uint16_t port = node_.port();
      if (::write(ends[1], &port, sizeof port) != sizeof port) give_up({"nobody waits for the node"});
      for (;;) ::pause();
    }
    ::close(ends[1]);
    if (::read(ends[0], &port_, sizeof port_) != sizeof port_) give_up({"the node does not start"});
    ::close(ends[0]);
  }
  ~NodeProcess() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  NodeProcess(const NodeProcess&) = delete;
  NodeProcess& operator=(const NodeProcess&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  CityNode node_;
  pid_t process_ = 0;
  std::uint16_t port_ = 0;
};

// A console's feed, read on a thread of its own.
class Console {
 public:
  Console(std::uint16_t port, const std::string& request) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0 ||
        ::send(socket_, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size()))
      give_up({"the feed cannot be opened"});
    thread_ = std::thread([this] { run(); });
  }
  ~Console() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  // Waits until a frame of this position or a later one has come.
  void wait(std::int64_t position) const {
    const auto start = Steady::now();
    while (seen_ < position) {
      if (ms_since(start) > 10'000) give_up({"a fact did not reach the other console"});
      seen_.wait(seen_);
    }
  }

 private:
  void run() {
    std::string line;
    char chunk[4096];
    for (ssize_t n; (n = ::recv(socket_, chunk, sizeof chunk, 0)) > 0;)
      for (ssize_t i = 0; i < n; ++i) {
        if (chunk[i] != '\n') {
          line += chunk[i];
          continue;
        }
        std::int64_t position = 0;
        if (line.starts_with("id: ")) {
          std::from_chars(line.data() + 4, line.data() + line.size(), position);
          seen_ = position;
          seen_.notify_all();
        }
        line.clear();
      }
  }

  const int socket_;
  std::atomic<std::int64_t> seen_ = 0;
  std::thread thread_;
};

class Bench {
 public:
  Bench(const std::string& root, std::chrono::milliseconds duration)
      : root_(root), duration_(duration), settled_(root, database_.where()) {
    settled_.start();
    settled_.stop();
    add_node();
    auto desk = Desk::sign_in(nodes_.front()->port(), kDutyAccount, kCityPassword);
    if (!desk.ok()) give_up(desk.error());
    desk_ = std::make_unique<Desk>(std::move(*desk));
    auto incidents = desk_->open_incidents(nodes_.front()->port(), kIncidents);
    if (!incidents.ok()) give_up(incidents.error());
    incidents_ = std::move(*incidents);
  }

  void run() {
    const Row note_row = row_of([this] { return note(); }), take_down_row = row_of([this] { return take_down(); });
    for (int nodes = 1; nodes <= 3; ++nodes) {
      if (nodes > 1) add_node();
      measure("note", note_row, [this] { return note(); });
      measure("take_down", take_down_row, [this] { return take_down(); });
    }
    notice();
  }

 private:
  void add_node() { nodes_.push_back(std::make_unique<NodeProcess>(root_, settled_)); }
  std::string next_key() { return "bench-" + std::to_string(++keys_); }
  std::string note() {
    const auto& incident = incidents_[keys_ % incidents_.size()];
    return desk_->note(incident, "现场已设警戒线，消防、医疗到场，疏散周边群众约三十人，暂无新增伤亡。", next_key());
  }
  std::string take_down() { return desk_->take_down(next_key()); }

  // Over all nodes, each with its part of the clients.
  double per_second(std::size_t clients, std::chrono::milliseconds duration, const std::function<std::string()>& next) {
    std::vector<LoadResult> results(nodes_.size());
    std::vector<std::thread> loads;
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      loads.emplace_back([&, i] {
        results[i] = run_load({.port = nodes_[i]->port(),
                               .clients = std::max<std::size_t>(1, clients / nodes_.size()),
                               .duration = duration,
                               .next = [&](std::size_t) { return next(); }});
      });
    for (auto& load : loads) load.join();
    double sum = 0;
    for (const auto& result : results) {
      if (result.errors + result.broken > 0)
        give_up({fmt::format("{} refused, {} connections lost", result.errors, result.broken)});
      sum += result.per_second();
    }
    return sum;
  }

  Row row_of(const std::function<std::string()>& next) {
    return footprint(database_.where(),
                     [&] { return static_cast<std::size_t>(per_second(1, std::chrono::seconds(1), next)); });
  }

  void measure(const std::string& name, const Row& row, const std::function<std::string()>& next) {
    for (const std::size_t clients : {64UL, 512UL}) {
      const auto bare = bare_pipeline(database_.where(), row, static_cast<int>(clients), duration_);
      print(fmt::format("shared.{}.{}.{}_processes", name, clients, nodes_.size()),
            per_second(clients, duration_, next), "1/s", bare.rows_per_second, "aim 0.25");
    }
  }

  // A command to the first node; from its sending until the console of the last node has the fact.
  void notice() {
    const Console console(nodes_.back()->port(), desk_->get("/api/v1/feed"));
    std::vector<double> latencies, answers;
    for (int i = 0; i < kNotices; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      const auto start = Steady::now();
      run_load({.port = nodes_.front()->port(),
                .duration = std::chrono::seconds(1),
                .next = once(note()),
                .answered = [&](std::size_t, const Answer& answer) {
                  answers.push_back(ms_since(start));
                  console.wait(std::stoll(member(answer.body, "position")));
                  latencies.push_back(ms_since(start));
                }});
    }
    std::ranges::sort(latencies);
    std::ranges::sort(answers);
    print("shared.notice.p50 (answer)", quantile(latencies, 0.5), "ms", quantile(answers, 0.5));
    print("shared.notice.p99 (answer)", quantile(latencies, 0.99), "ms", quantile(answers, 0.99), "aim 50 ms");
  }
  static std::function<std::string(std::size_t)> once(std::string request) {
    return [request = std::move(request)](std::size_t) mutable { return std::exchange(request, {}); };
  }

  const std::string root_;
  const std::chrono::milliseconds duration_;
  sql::TestStore database_;
  CityNode settled_;  // whose keys the processes have
  std::vector<std::unique_ptr<NodeProcess>> nodes_;
  std::unique_ptr<Desk> desk_;
  std::vector<std::string> incidents_;
  std::atomic<std::uint64_t> keys_ = 0;
};

// Whole: chain checked on the way, indices, and the copy verified. Bare: the facts alone, without an index.
void copy(const std::string& root, std::int64_t facts) {
  CityNode node(root);
  node.start([&](command::Executor& executor) { write_past(executor, facts); });
  node.stop();
  const sql::TestStore database;
  std::int64_t rows = 0;
  const double bare = bare_copy_seconds(node.directory(), database.where(), rows);
  const auto start = Steady::now();
  const auto report = journal::copy(node.directory(), database.where(), machine::SystemClock().now());
  const double ours = ms_since(start) / 1000;
  if (!report.sound() || report.target.facts != rows) give_up({"the copy is not sound"});
  print(fmt::format("shared.copy.{}_facts", rows), static_cast<double>(rows) / ours, "1/s",
        static_cast<double>(rows) / bare);
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  if (!anlan::sql::TestStore::on_postgres()) {
    std::fprintf(stderr, "bench: ANLAN_TEST_POSTGRES names no server\n");
    return 1;
  }
  const std::string root = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
  anlan::bench::Bench(root, std::chrono::milliseconds(argc > 2 ? std::atoi(argv[2]) : 3000)).run();
  anlan::bench::copy(root, argc > 3 ? std::atoll(argv[3]) : 1'000'000);
}
