#pragma once
// The rules of an instruction: those it is addressed to report progress, the organisation that gave it closes it.

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/instruction/facts.h"

namespace anlan::instruction {

// `by`: account; `at`: when it was recorded.
struct Progress {
  std::string text, organisation, by;
  Instant at;
};

// An instruction as its facts have made it.
struct Instruction {
  std::string id;
  Given given;
  std::vector<Progress> progress;
  std::optional<std::string> result;
  std::optional<Instant> closed_at;

  // False where the journal has none of that id.
  bool exists() const { return !given.incident.empty(); }
  // Whether the organisation is among its receivers; the giver is not, unless it named itself.
  bool addressed_to(const std::string& organisation) const;
  // Whether it gave it or got it.
  bool concerns(const std::string& organisation) const;
};

void apply(Instruction&, const Fact&, Instant at, const std::string& by);
// Whether a fact that another node has recorded can be the next one of the giver's stream, or of the stream in which
// `answering` answers. An answer may come where the instruction has not.
bool fits(const std::string& incident, const std::string& from, const Fact&, bool first);
bool fits_answer(const Instruction&, const std::string& answering, const Fact&);

// Taken down by the desk in the name of a leader of its own organisation. At least one receiver (instruction.nobody);
// due_at must lie ahead (instruction.due_past).
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
// What was done so far, for the giver and all receivers to read.
struct ReportProgress {
  static constexpr std::string_view kName = "instruction.report_progress";
  std::string text;
  static constexpr auto fields = std::tuple{field("text", &ReportProgress::text, 2000)};
};
// An incident is not closed before all of its instructions are.
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
