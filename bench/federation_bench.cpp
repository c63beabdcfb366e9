// Lines between nodes: how fast a city takes in what a county could not hand over for days, beside a bare append of the
// same facts to a journal and rows of their size in bare SQLite; what a fact costs on the line; and what a city pays as
// towns grow. Arguments: a folder on the disk in question, facts.

#include <fmt/format.h>

#include <ctime>
#include <filesystem>

#include "journal/journal.h"
#include "journal/start.h"
#include "reference.h"
#include "side.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }
// Of this thread.
double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<58} {:>12.2f} {:<8} {:>12.2f} {:>8.3f}\n", name, value, unit, reference,
             reference == 0 ? 0 : value / reference);
  std::fflush(stdout);
}

incident::TakeDown an_incident() {
  incident::TakeDown c;
  c.type = "12D02";
  c.division = "370783";
  c.summary = "化工园区装卸管线泄漏，现场已设警戒线";
  return c;
}

// A storm as a county sees it: every twentieth act takes an incident down and reports it by telephone; then notes and
// figures.
void storm(Side& county, const std::string& organisation, journal::Position facts) {
  std::vector<std::string> incidents;
  while (county.executor().head() < facts) {
    incidents = county.run(std::vector(8, county.asked(organisation, an_incident())));
    std::vector<command::Envelope> acts;
    for (const auto& id : incidents)
      acts.push_back(county.asked(organisation, incident::ReportByPhone{"city", "值班员", {}, {}}, id));
    for (int i = 0; i < 152; ++i) {
      const std::string& id = incidents[static_cast<std::size_t>(i) % incidents.size()];
      incident::StateFigures figures;
      figures.source = "现场指挥部";
      figures.figures.evacuated = i;
      if (i % 10 == 0)
        acts.push_back(county.asked(organisation, figures, id));
      else
        acts.push_back(
            county.asked(organisation, incident::Note{"消防、医疗到场，疏散周边群众约三十人，暂无新增伤亡。"}, id));
    }
    county.run(acts);
  }
}

// What is on the way, made before anything is measured.
struct Batches {
  std::vector<std::string> bytes;
  std::size_t facts = 0, packed = 0;
  double cpu_s = 0;
};

Batches batches_for(Side& from, const std::string& neighbour, journal::Place after) {
  Batches all;
  const double began = cpu_seconds();
  for (;;) {
    const auto piece = from.piece_for(neighbour, after);
    after = piece.upto;
    if (piece.facts > 0) {
      all.facts += piece.facts;
      all.packed += piece.bytes.size();
      all.bytes.push_back(piece.bytes);
    }
    if (!piece.more) break;
  }
  all.cpu_s = cpu_seconds() - began;
  return all;
}

// As the facts are, on average.
Row row_of(sql::Connection& sql, std::size_t* plain) {
  auto sums =
      sql.once("SELECT COUNT(*), SUM(LENGTH(body)), SUM(LENGTH(stream) + LENGTH(type) + LENGTH(actor)) FROM fact");
  sums->step();
  const auto count = static_cast<std::size_t>(sums->integer(0)), body = static_cast<std::size_t>(sums->integer(1));
  *plain = (body + static_cast<std::size_t>(sums->integer(2))) / count + 32;
  Row row{"incident.noted", "desk-county", "real", std::string(body / count, 'x'), {}, federation::kFactsInBatch, 0};
  return row;
}

// The same facts into a journal of their own, chained and synced batch by batch, and nothing else done with them.
double bare_appends(const std::string& root, const Batches& batches) {
  std::string folder = root + "/anlan-bare-XXXXXX";
  if (!mkdtemp(folder.data())) return 0;
  std::vector<std::vector<journal::Fact>> facts;
  for (const auto& bytes : batches.bytes) {
    const auto batch = federation::batch_in(bytes).value();
    auto& all = facts.emplace_back();
    for (const auto& [part, fact] : batch.order) all.push_back(batch.parts[part].facts[fact]);
  }
  double seconds = 0;
  {
    const auto sql = journal::open(folder, machine::SystemClock().now());
    journal::Writer writer(*sql, "city");
    const auto start = Steady::now();
    for (auto& some : facts) {
      sql->begin();
      for (auto& fact : some) writer.take_in(fact);
      sql->commit();
    }
    seconds = seconds_since(start);
  }
  std::filesystem::remove_all(folder);
  return static_cast<double>(batches.facts) / seconds;
}

void measure_catching_up(const std::string& root, journal::Position facts) {
  Side city(root, "city"), county(root, "county");
  add_organisation(city, "city", organisation::Level::kCity, "");
  city.admit(county, {"county"}, "city");
  county.level_with(city);
  storm(county, "county", facts);
  const auto batches = batches_for(county, "city", {});
  std::size_t plain = 0;
  const Row row = row_of(county.sql(), &plain);
  const auto bare = bare_group_commit(root, row, 1, std::chrono::seconds(2));
  const double bare_facts = bare.rows_per_second * static_cast<double>(federation::kFactsInBatch);
  const double journal_facts = bare_appends(root, batches);
  const auto start = Steady::now();
  for (const auto& bytes : batches.bytes) city.take(bytes, "county");
  const auto n = static_cast<double>(batches.facts);
  const double rate = n / seconds_since(start);
  fmt::print("# {} facts in {} batches\n", batches.facts, batches.bytes.size());
  print("federation.catch_up (bare append of the same)", rate, "facts/s", journal_facts);
  print("federation.catch_up (rows into bare SQLite)", rate, "facts/s", bare_facts);
  print("federation.send, one core (rows into bare SQLite)", n / batches.cpu_s, "facts/s", bare_facts);
  print("federation.bytes_a_fact (its texts, plain)", static_cast<double>(batches.packed) / n, "bytes",
        static_cast<double>(plain));
}

// Towns dial the city itself; each has a node of its own there, and one of them at a time has news.
void measure_growth(const std::string& root, int towns, double* idle_of_ten, double* fact_of_ten) {
  Side city(root, "city");
  add_organisation(city, "city", organisation::Level::kCity, "");
  std::vector<std::unique_ptr<Side>> speaking;
  for (int i = 0; i < 10; ++i) {
    speaking.push_back(std::make_unique<Side>(root, fmt::format("t{}", i)));
    city.admit(*speaking.back(), {fmt::format("town-{}", i)}, "city");
  }
  for (int i = 10; i < towns; ++i) {
    const std::string id = fmt::format("town-{}", i), node = fmt::format("t{}", i);
    add_organisation(city, id, organisation::Level::kCounty, "city");
    city.run({city.asked("system", node::Register{node, "city", speaking.front()->public_key()}, node),
              city.asked("system", organisation::PlaceOrganisation{node}, id)});
  }
  std::vector<Batches> news;
  std::size_t facts = 0;
  for (int i = 0; i < 10; ++i) {
    Side& town = *speaking[static_cast<std::size_t>(i)];
    town.level_with(city);
    storm(town, fmt::format("town-{}", i), town.executor().head() + 170);
    news.push_back(batches_for(town, "city", {}));
    facts += news.back().facts;
  }
  double began = cpu_seconds();
  for (int i = 0; i < 10; ++i)
    for (const auto& bytes : news[static_cast<std::size_t>(i)].bytes) city.take(bytes, fmt::format("t{}", i));
  const double fact_us = (cpu_seconds() - began) * 1e6 / static_cast<double>(facts);
  const journal::Position head = city.executor().head();
  began = cpu_seconds();
  for (int i = 0; i < towns; ++i) city.piece_for(fmt::format("t{}", i), {head - 1, head - 1});
  const double idle_us = (cpu_seconds() - began) * 1e6 / towns;
  if (*fact_of_ten == 0) *fact_of_ten = fact_us, *idle_of_ten = idle_us;
  print(fmt::format("federation.cpu_a_fact.{}_towns (10 towns)", towns), fact_us, "us", *fact_of_ten);
  print(fmt::format("federation.cpu_an_idle_town_and_commit.{}_towns (10 towns)", towns), idle_us, "us", *idle_of_ten);
}

void run(const std::string& root, journal::Position facts) {
  fmt::print("{:<58} {:>12} {:<8} {:>12} {:>8}\n", "name", "value", "unit", "reference", "ratio");
  measure_catching_up(root, facts);
  double idle = 0, fact = 0;
  for (const int towns : {10, 100, 1000}) measure_growth(root, towns, &idle, &fact);
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
  anlan::bench::run(root, argc > 2 ? std::atoll(argv[2]) : 20'000);
}
