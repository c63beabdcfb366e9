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
#include "past.h"
#include "platform/http/client.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

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
