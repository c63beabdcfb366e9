#include "main/cli/report.h"

#include <regex>

#include "codec/json_write.h"
#include "platform/crypto/encoding.h"

namespace anlan::cli {
namespace {

// What the store says of a place is English; the usual of it has words of its own.
std::string detail_of(const Program& program, const std::string& detail) {
  static const std::regex kPage(R"((\w+\.db): page (\d+) is damaged \(checksum\))");
  std::smatch page;
  if (std::regex_match(detail, page, kPage))
    return program.help("problem_page", {{"file", page.str(1)}, {"page", page.str(2)}});
  const std::string key = "cli.problem_part." + detail;
  return program.texts().has(program.locale(), key) ? program.texts().get(program.locale(), key) : detail;
}

// Where no fact is hit there is none to name.
void tell(const Program& program, const journal::Problem& p) {
  const Texts::Values values = {{"kind", program.help("problem_kind." + std::string(name_of(p.kind)))},
                                {"position", std::to_string(p.position)},
                                {"stream", p.stream},
                                {"type", p.type},
                                {"detail", detail_of(program, p.detail)}};
  if (p.position == 0)
    program.say("problem_elsewhere", values);
  else
    program.say(p.stream.empty() ? "problem_unread" : "problem", values);
}

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
    for (const auto& p : report.problems) tell(program, p);
    for (const auto& note : report.notes) program.print(note);
    const auto* bad = report.first_bad_fact();
    if (report.sound())
      program.say("sound", {{"count", std::to_string(report.facts)}, {"hash", crypto::to_hex(report.head)}});
    else
      program.say(bad ? "unsound" : "unsound_elsewhere", {{"count", std::to_string(report.problems.size())},
                                                          {"position", std::to_string(bad ? bad->position : 0)}});
  }
  return report.sound() ? kSuccess : kFailure;
}

}  // namespace anlan::cli
