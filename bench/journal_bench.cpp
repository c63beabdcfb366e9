// Facts a second through the journal (hash chain, answer) beside the bare SQLite group commit of the same
// rows, and how fast a journal is read back: verified, and applied to views.

#include <fmt/format.h>

#include <filesystem>

#include "journal/verify.h"
#include "platform/crypto/sm3.h"
#include "reference.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kDuration{2000};
constexpr Instant kNow = from_ms(1'795'406'400'000);

const Row kRow{"incident.reported", "desk", "real", R"({"text":")" + std::string(400, 'x') + R"("})",
               R"({"position":123456})"};

class EmptyView : public journal::Projection {
 public:
  std::string_view name() const override { return "empty"; }
  int revision() const override { return 1; }
  void create(sql::Connection&) override {}
  void drop(sql::Connection&) override {}
  void apply(sql::Connection&, const journal::Fact&) override {}
};

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<44} {:>12.1f} {:<8} {:>12.1f} {:>8.2f}\n", name, value, unit, reference, value / reference);
}

void command(sql::Connection& sql, journal::Writer& writer, std::span<journal::Projection* const> views) {
  const std::string key = std::to_string(static_cast<std::uint64_t>(writer.head() + 1) * 0x9e3779b97f4a7c15u);
  const std::string stream = "stream/" + std::to_string(writer.head() + 1);
  writer.answer(kRow.actor, key);
  const auto done = writer.append(stream, 0, {{stream, kRow.type, kNow, kRow.actor, key, kRow.world, kRow.body}}, kNow);
  journal::apply(sql, views, *done);
  writer.keep_answer(kRow.actor, key, {201, kRow.answer, writer.head(), {}});
}

double append(const std::string& directory, std::span<journal::Projection* const> views, int batch) {
  const auto sql = journal::start(directory, views, kNow);
  journal::Writer writer(*sql, "city");
  const auto before = writer.head();
  const auto start = Steady::now();
  while (Steady::now() - start < kDuration) {
    sql->begin();
    for (int i = 0; i < batch; ++i) command(*sql, writer, views);
    sql->commit();
  }
  return static_cast<double>(writer.head() - before) / seconds_since(start);
}

void print_reading(const std::string& directory, std::span<journal::Projection* const> views) {
  auto start = Steady::now();
  const auto report = journal::verify(directory);
  const double verified = static_cast<double>(report.facts) / seconds_since(start);
  start = Steady::now();
  journal::rebuild(directory, views, kNow);
  const double rebuilt = static_cast<double>(report.facts) / seconds_since(start);
  start = Steady::now();
  for (int i = 0; i < 100'000; ++i) crypto::sm3(kRow.body);
  const double hashed = 100'000 / seconds_since(start);
  print(fmt::format("verify, {} facts (reference: SM3 alone)", report.facts), verified, "facts/s", hashed);
  print("rebuild with an empty view (reference: verify)", rebuilt, "facts/s", verified);
}

int run(const std::string& directory) {
  EmptyView view;
  journal::Projection* const views[] = {&view};
  const auto syncs = fdatasync_ms(directory, 200);
  fmt::print("{:<44} {:>12} {:<8} {:>12} {:>8}\n", "name", "value", "unit", "reference", "ratio");
  print("fdatasync p99 (reference: p50)", quantile(syncs, 0.99), "ms", quantile(syncs, 0.5));
  for (const int batch : {1, 64, 512}) {
    const auto bare = bare_group_commit(directory, kRow, batch, kDuration);
    const double ours = append(directory, views, batch);
    print(fmt::format("append, {} a commit (reference: bare SQLite)", batch), ours, "facts/s", bare.rows_per_second);
  }
  print_reading(directory, views);
  return 0;
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  const std::filesystem::path root = argc > 1 ? argv[1] : std::filesystem::temp_directory_path();
  std::string pattern = (root / "anlan-bench-XXXXXX").string();
  const std::string directory = mkdtemp(pattern.data());
  const int code = anlan::bench::run(directory);
  std::filesystem::remove_all(directory);
  return code;
}
