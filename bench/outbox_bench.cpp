// A million messages through an outbox, in three batches: queued beside bare SQLite that inserts the same rows into the
// same table in transactions of as many, and drained by one channel. Argument: messages.

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "bare_outbox.h"
#include "outbox/outbox.h"
#include "outbox/reading.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::size_t kTaken = 500;
constexpr int kRounds = 3;

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<48} {:>12.1f} {:<8} {:>12.1f} {:>8.3f}\n", name, value, unit, reference, value / reference);
  std::fflush(stdout);
}

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(1);
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

outbox::Addressed person(std::size_t i) {
  return {"contact-" + std::to_string(i), {{"sms", std::to_string(13'000'000'000 + i)}}};
}

Instant now() { return from_ms(1'790'000'000'000); }

double queue(outbox::Outbox& box, const std::string& batch, std::size_t count) {
  const auto start = Steady::now();
  const auto filling =
      box.open({.id = batch, .expires = now() + Minutes{60}, .wordings = {{"", "水位超过警戒"}}}, now());
  std::string cursor;
  std::vector<outbox::Addressed> piece;
  for (std::size_t done = 0; done < count;) {
    piece.clear();
    for (; done < count && piece.size() < outbox::kChunk; ++done) piece.push_back(person(done));
    const std::string next = std::to_string(done);
    if (box.fill(filling.batch, cursor, piece, next, done == count, now()) != outbox::Outbox::Filled::kQueued)
      give_up("was not queued");
    cursor = next;
  }
  return static_cast<double>(count) / seconds_since(start);
}

// Given out and accepted, each message with a gateway's id.
double drain(outbox::Outbox& box, std::size_t count) {
  const outbox::Channel sms{.name = "sms"};
  const auto start = Steady::now();
  std::size_t drained = 0;
  std::vector<outbox::Outcome> outcomes;
  for (auto taken = box.take(sms, kTaken, now()); !taken.empty() && drained < count;
       taken = box.take(sms, kTaken, now())) {
    outcomes.clear();
    for (const auto& t : taken)
      outcomes.push_back({t.message, t.leg, outbox::Outcome::Kind::kAccepted, {"id" + std::to_string(++drained)}});
    box.settle(sms, outcomes, now());
  }
  return static_cast<double>(drained) / seconds_since(start);
}

// One after the other, since the disk of a shared machine is not the same from minute to minute; of each its best.
void run(const std::string& directory, std::size_t count) {
  outbox::Outbox box(directory, outbox::World::kReal);
  queue(box, "tenth", count / 10);
  const long before = peak_kib();
  double queued = 0, reference = 0, drained = 0;
  for (int round = 0; round < kRounds; ++round) {
    reference = std::max(reference, bare_outbox(directory, count / kRounds));
    queued = std::max(queued, queue(box, std::to_string(round), count / kRounds));
  }
  const long after = peak_kib();
  for (int round = 0; round < kRounds; ++round) drained = std::max(drained, drain(box, count / 30));
  print("outbox.queue (bare SQLite, batches of 1,000)", queued, "msg/s", reference);
  print("outbox.queue.memory (of a tenth of it)", static_cast<double>(after) / 1024, "MiB",
        static_cast<double>(before) / 1024);
  print("outbox.drain (queued)", drained, "msg/s", queued);
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  std::string directory = (std::filesystem::temp_directory_path() / "anlan-outbox-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return 1;
  anlan::bench::run(directory, argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
  std::filesystem::remove_all(directory);
}
