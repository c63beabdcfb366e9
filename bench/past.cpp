#include "past.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "city_node.h"
#include "main/first_start.h"

namespace anlan::bench {
namespace {

constexpr std::int64_t kBatch = 1000;
constexpr std::int64_t kNotesAnIncident = 40;

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

// What the n-th incident is: the same for the same n.
incident::TakeDown nth(std::int64_t n) {
  static constexpr std::array kTypes{"12D02", "12H00", "11B01", "13B05", "12A03", "11A01", "12G00"};
  static constexpr std::array kWhat{"居民楼起火",   "两车相撞",     "路面塌陷",     "氯气外泄",
                                    "养殖大棚倒塌", "学生食物中毒", "树木被风刮倒", "渔船失联"};
  static constexpr std::array kRoads{"北宫街", "民主街", "渤海路", "迎宾路", "文化街", "健康街"};
  incident::TakeDown report;
  report.type = kTypes[static_cast<std::size_t>(n * n % 7)];
  report.division = n % 3 == 0 ? "370783" : n % 3 == 1 ? "370783115" : "370783109";
  report.address = fmt::format("{}{}号", kRoads[static_cast<std::size_t>(n / 7 % 6)], n % 997);
  report.summary =
      fmt::format("虚构：{}{}，报警人称现场有人呼救。编号{}。", kRoads[static_cast<std::size_t>(n / 7 % 6)],
                  kWhat[static_cast<std::size_t>(n * 5 % 8)], n);
  if (n % 10'000 == 17) report.summary += "另有獐子闯入厂区。";
  if (n % 3 == 0) report.injured = n % 5;
  if (n % 20'000 == 11) report.dead = 10;
  return report;
}

}  // namespace

void write_incidents(command::Executor& executor, std::int64_t incidents) {
  constexpr std::int64_t kLeftOpen = 100, kAtOnce = 250;
  for (std::int64_t first = 0; first < incidents; first += kAtOnce) {
    std::vector<command::Envelope> batch;
    for (std::int64_t n = first; n < std::min(first + kAtOnce, incidents); ++n) batch.push_back(by_duty(nth(n)));
    const auto opened = executor.run(batch);
    batch.clear();
    std::int64_t n = first;
    for (const auto& fact : opened.facts) {
      if (fact.type != incident::Opened::kType) continue;
      const std::string id = fact.stream.substr(fact.stream.find('/') + 1);
      if (n++ < incidents - kLeftOpen)
        batch.push_back(by_duty(incident::Close{"处置完毕"}, id));
      else
        batch.push_back(
            by_duty(instruction::Give{"全力救治，查明原因。", "p-leader1", {"county-370783"}, {}, {}, {}}, id));
    }
    for (const auto& outcome : executor.run(batch).outcomes)
      if (!outcome.ok()) give_up({outcome.error().code});
  }
}

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

}  // namespace anlan::bench
