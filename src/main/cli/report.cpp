#include "main/cli/report.h"

#include "codec/json_write.h"
#include "platform/crypto/encoding.h"

namespace anlan::cli {
namespace {

// For --json; the first bad fact is null where facts are whole and something else is not.
void write(std::string& out, const journal::Report& report) {
  json::Object object(out);
  object.member("sound", report.sound());
  object.member("facts", report.facts);
  object.member("head", crypto::to_hex(report.head));
  const auto* bad = report.first_bad_fact();
  object.nullable("first_bad_fact", bad ? std::optional(bad->position) : std::nullopt);
  json::write_list(object.key("problems"), report.problems, [](std::string& o, const journal::Problem& p) {
    json::Object problem(o);
    problem.member("kind", p.kind);
    problem.member("position", p.position);
    problem.member("stream", p.stream);
    problem.member("type", p.type);
    problem.member("detail", p.detail);
  });
  object.member("notes", report.notes);
}

}  // namespace

int tell(const Program& program, const journal::Report& report) {
  if (program.json()) {
    std::string out;
    write(out, report);
    program.print(out);
  } else {
    for (const auto& p : report.problems)
      program.say("problem", {{"kind", std::string(name_of(p.kind))},
                              {"position", std::to_string(p.position)},
                              {"stream", p.stream},
                              {"type", p.type},
                              {"detail", p.detail}});
    for (const auto& note : report.notes) program.print(note);
    const auto* bad = report.first_bad_fact();
    if (report.sound())
      program.say("sound", {{"count", std::to_string(report.facts)}, {"hash", crypto::to_hex(report.head)}});
    else
      program.say("unsound", {{"count", std::to_string(report.problems.size())},
                              {"position", bad ? std::to_string(bad->position) : "-"}});
  }
  return report.sound() ? kSuccess : kFailure;
}

}  // namespace anlan::cli
