// What the console asks a node of many incidents for: every list, search and count, each asked again and again through
// the whole HTTP path by one client; the median beside the 20 ms that it may take. Arguments: incidents, a folder;
// ANLAN_TEST_POSTGRES: the server to do it on, by a copy of the same node.

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "city_node.h"
#include "desk.h"
#include "journal/copy.h"
#include "load.h"
#include "past.h"
#include "platform/sql/store_fixture.h"

namespace anlan::bench {
namespace {

constexpr double kMost_ms = 20;
constexpr int kTimes = 21;

struct Question {
  std::string name, target;
};

// As the pages of the console ask; {id} is an incident that is open, {closed} an old one.
const std::vector<Question> kOfTheDesk{
    {"duty board", "/duty/board"},
    {"incidents, open", "/incidents?state=open&page=1&size=100"},
    {"incidents, all", "/incidents?page=1&size=100"},
    {"incidents, 10th page", "/incidents?page=10&size=100"},
    {"incidents, closed", "/incidents?state=closed&page=1&size=100"},
    {"incidents, merged: none", "/incidents?state=merged&page=1&size=100"},
    {"incidents, of a class", "/incidents?type=12000&page=1&size=100"},
    {"incidents, of a type", "/incidents?type=12D02&page=1&size=100"},
    {"incidents, of a county", "/incidents?division=370783&page=1&size=100"},
    {"incidents, of a town", "/incidents?division=370783109&page=1&size=100"},
    {"incidents, of a county without", "/incidents?division=370703&page=1&size=100"},
    {"incidents, rare grade", "/incidents?grade=major&page=1&size=100"},
    {"incidents, from today", "/incidents?from=2026-01-01T00:00:00Z&page=1&size=100"},
    {"incidents, before all", "/incidents?to=2020-01-01T00:00:00Z&page=1&size=100"},
    {"search, in every one", "/incidents?q=%E8%99%9A%E6%9E%84&page=1&size=100"},
    {"search, in one of eight", "/incidents?q=%E6%B0%AF%E6%B0%94&page=1&size=100"},
    {"search, in ten of all", "/incidents?q=%E7%8D%90%E5%AD%90&page=1&size=100"},
    {"search, one character in ten", "/incidents?q=%E7%8D%90&page=1&size=100"},
    {"search, in none", "/incidents?q=%E9%BE%99%E5%8D%B7%E9%A3%8E&page=1&size=100"},
    {"search, a number", "/incidents?q=2026-0077&page=1&size=100"},
    {"search, open of a town", "/incidents?q=%E6%B0%AF%E6%B0%94&state=open&division=370783109&page=1&size=100"},
    {"similar", "/incidents/similar?type=12D02&division=370783109"},
    {"incident", "/incidents/{id}"},
    {"timeline", "/incidents/{id}/timeline"},
    {"old incident", "/incidents/{closed}"},
    {"prefill", "/incidents/{id}/reports/prefill?kind=first"},
    {"clocks", "/clocks"},
    {"instructions", "/instructions"},
    {"candidates", "/candidates"},
    {"people", "/people"},
    {"organisations", "/organisations"},
    {"divisions", "/divisions/search?q=%E5%AF%BF%E5%85%89"},
};
const std::vector<Question> kOfTheAudit{
    {"audit", "/audit?size=100"},
    {"audit, of an account", "/audit?actor=duty1&size=100"},
    {"audit, of a kind", "/audit?type=incident.closed&size=100"},
    {"audit, rare kind", "/audit?type=account.created&size=100"},
    {"audit, before all", "/audit?to=2020-01-01T00:00:00Z&size=100"},
};

std::string replaced(std::string text, std::string_view word, std::string_view by) {
  if (const auto at = text.find(word); at != text.npos) text.replace(at, word.size(), by);
  return text;
}

// Asks one thing after the other; every answer must be 200. What was answered last is in `body`.
LoadResult ask(std::uint16_t port, const Desk& desk, const std::string& target, std::string* body = nullptr) {
  Load load;
  load.port = port;
  load.duration = std::chrono::minutes(1);
  load.next = [&, asked = 0](std::size_t) mutable {
    return asked++ < kTimes ? desk.get("/api/v1" + target) : std::string();
  };
  load.answered = [&](std::size_t, const Answer& answer) {
    if (body) *body = answer.body;
  };
  auto result = run_load(load);
  if (result.errors + result.broken > 0) give_up({target + ": no answer"});
  return result;
}

void ask_all(const CityNode& node, const char* account, const std::vector<Question>& questions,
             const std::string& engine) {
  const auto desk = Desk::sign_in(node.port(), account, kCityPassword);
  if (!desk.ok()) give_up(desk.error());
  std::string open, closed;
  if (account == std::string_view(kDutyAccount)) {
    ask(node.port(), *desk, "/incidents?state=open&size=1", &open);
    ask(node.port(), *desk, "/incidents?state=closed&page=50&size=1", &closed);
  }
  for (const Question& question : questions) {
    const std::string target =
        replaced(replaced(question.target, "{id}", member(open, "id")), "{closed}", member(closed, "id"));
    const LoadResult result = ask(node.port(), *desk, target);
    const double median = result.quantile_ms(0.5);
    fmt::print("lists.{:<8} {:<32} {:>8.2f} ms {:>6.0f} {:>6.2f}   worst {:.1f}\n", engine, question.name, median,
               kMost_ms, median / kMost_ms, result.quantile_ms(1));
    std::fflush(stdout);
  }
}

void run(std::int64_t incidents, const std::string& root) {
  CityNode node(root);
  node.start([&](command::Executor& executor) { write_incidents(executor, incidents); });
  ask_all(node, kDutyAccount, kOfTheDesk, "sqlite");
  ask_all(node, "audadmin", kOfTheAudit, "sqlite");
  if (!sql::TestStore::on_postgres()) return;
  node.stop();
  const sql::TestStore database;
  if (!journal::copy(node.directory(), database.where(), machine::SystemClock().now()).sound())
    give_up({"the copy is not sound"});
  CityNode other(root, node, database.where());
  other.start();
  // A node that has grown was swept by its server on the way; here that would come while it is being asked.
  sql::open(database.where(), sql::Access::kWrite)->execute("VACUUM (ANALYZE)");
  ask_all(other, kDutyAccount, kOfTheDesk, "postgres");
  ask_all(other, "audadmin", kOfTheAudit, "postgres");
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  anlan::bench::run(argc > 1 ? std::atoll(argv[1]) : 100'000,
                    argc > 2 ? argv[2] : std::filesystem::temp_directory_path().string());
}
