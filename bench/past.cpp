#include "past.h"

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

}  // namespace

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
