#pragma once
// The rules of an instruction: those it is addressed to report progress, the organisation that gave it closes it.

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/instruction/facts.h"

namespace anlan::instruction {

struct Progress {
  std::string text, organisation, by;
  Instant at;
};

struct Instruction {
  std::string id;
  Given given;
  std::vector<Progress> progress;
  std::optional<std::string> result;
  std::optional<Instant> closed_at;

  bool exists() const { return !given.incident.empty(); }
  bool addressed_to(const std::string& organisation) const;
};

void apply(Instruction&, const Fact&, Instant at, const std::string& by);

struct Give {
  static constexpr std::string_view kName = "instruction.give";
  std::string text, given_by;
  std::vector<std::string> to;
  std::optional<Instant> given_at, due_at;
  std::optional<bool> verify;
  static constexpr auto fields = std::tuple{field("text", &Give::text, 2000), field("given_by", &Give::given_by, 40),
                                            field("to", &Give::to, 50),       field("given_at", &Give::given_at),
                                            field("due_at", &Give::due_at),   field("verify", &Give::verify)};
};
struct ReportProgress {
  static constexpr std::string_view kName = "instruction.report_progress";
  std::string text;
  static constexpr auto fields = std::tuple{field("text", &ReportProgress::text, 2000)};
};
struct Close {
  static constexpr std::string_view kName = "instruction.close";
  std::string result;
  static constexpr auto fields = std::tuple{field("result", &Close::result, 2000)};
};

using Facts = Outcome<std::vector<Fact>>;

Facts decide(const Give&, const account::Actor&, const std::string& incident, Instant now);
Facts decide(const Instruction&, const ReportProgress&, const account::Actor&);
Facts decide(const Instruction&, const Close&, const account::Actor&);

}  // namespace anlan::instruction
