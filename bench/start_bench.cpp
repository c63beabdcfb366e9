// From the start of a node with many facts until it says that it is ready, beside reading its journal's file once; and
// how fast its past was written. Arguments: facts, a folder on the disk in question.

#include <fmt/format.h>
#include <malloc.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "city_node.h"
#include "main/first_start.h"
#include "platform/http/client.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::int64_t kBatch = 1000;
constexpr std::int64_t kNotesAnIncident = 40;

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

const account::Actor kDuty{"duty1", "p-duty1", "p-duty1", "wf-emergency", {account::Role::kDutyOfficer}};

command::Envelope by_duty(command::Command command, std::string target = {}) {
  auto envelope = by_node(std::move(command), std::move(target));
  envelope.actor = kDuty;
  return envelope;
}

command::Envelope take_down() {
  incident::TakeDown report;
  report.type = "12H00";
  report.division = "370703";
  report.summary = "虚构：民主街发生一起道路交通事故，两车相撞。";
  return by_duty(std::move(report));
}

// Incidents with notes, in large commits, until `facts` are there.
void write_past(command::Executor& executor, std::int64_t facts) {
  std::int64_t written = 0;
  while (written < facts) {
    std::vector<command::Envelope> batch(kBatch / kNotesAnIncident, take_down());
    const auto opened = executor.run(batch);
    if (!opened.outcomes.front().ok()) give_up({opened.outcomes.front().error().code});
    written += static_cast<std::int64_t>(opened.facts.size());
    batch.clear();
    for (const auto& fact : opened.facts)
      if (fact.type == "incident.opened")
        for (int i = 0; i < kNotesAnIncident; ++i)
          batch.push_back(by_duty(incident::Note{"现场已设警戒线，消防、医疗到场，疏散周边群众约三十人。"},
                                  fact.stream.substr(fact.stream.find('/') + 1)));
    written += static_cast<std::int64_t>(executor.run(batch).facts.size());
  }
}

double read_seconds(const std::string& file) {
  const auto start = Steady::now();
  std::ifstream in(file, std::ios::binary);
  std::vector<char> chunk(1 << 20);
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()))) {
  }
  return seconds_since(start);
}

void run(std::int64_t facts, const std::string& root) {
  CityNode node(root);
  auto start = Steady::now();
  double rate = 0;
  node.start([&](command::Executor& executor) {
    write_past(executor, facts);
    rate = static_cast<double>(facts) / seconds_since(start);
  });
  node.stop();
  malloc_trim(0);
  const double reference = read_seconds(node.directory() + "/journal.db");
  start = Steady::now();
  node.start();
  http::Client client("127.0.0.1", node.port());
  for (;;) {
    const auto answer = client.get("/readyz");
    if (answer.ok() && answer->status == 200) break;
  }
  const double took = seconds_since(start);
  fmt::print("start.write_past.{} {:.0f} facts/s 0 0\n", facts, rate);
  fmt::print("start.ready.{}_facts (reading the file) {:.3f} s {:.3f} {:.2f}\n", facts, took, reference,
             took / reference);
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  anlan::bench::run(argc > 1 ? std::atoll(argv[1]) : 1'000'000,
                    argc > 2 ? argv[2] : std::filesystem::temp_directory_path().string());
}
