#include "codec/json_write.h"
#include "main/cli/program.h"
#include "main/file_desk.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

// What `export report` or `receipt in` was given.
struct Given {
  std::string report, file;
};

int ask(const Program& program, const Given& given, const char* work, Way way, const char* done) {
  const auto c = program.configuration();
  if (!c) return kConfiguration;
  if (!program.is_whole_node(c->store())) return kFailure;
  machine::keep_files_private();
  machine::keep_stop_signals();
  crypto::SystemRandom random;
  FileAsk asked;
  asked.work = work;
  asked.subject = given.report;
  const auto said = ask_desk(*c, asked, way, given.file, random);
  if (!said.ok()) return program.fail(said.error());
  const Texts::Values values{{"file", given.file},
                             {"folder", c->data},
                             {"node", said->node},
                             {"what", said->rule ? program.words_of(codec::refusal_of(*said->rule)) : said->what},
                             {"facts", std::to_string(said->facts)},
                             {"known", std::to_string(said->known)}};
  if (program.json()) program.print(json::to_text(*said));
  if (!said->refused.empty()) return program.complain(said->refused, values), kFailure;
  if (!program.json()) program.say(done, values);
  return kSuccess;
}

}  // namespace

void add_outside_commands(CLI::App& app, Program& program) {
  auto given = std::make_shared<Given>();
  CLI::App* above = program.add(app, "export", "export", nullptr);
  above->require_subcommand(1);
  CLI::App* out = program.add(*above, "report", "export_report", [&program, given] {
    return ask(program, *given, "export.report", Way::kFetch, "exported");
  });
  out->add_option("REPORT", given->report, program.help("export_report_id"))->required();
  out->add_option("FILE", given->file, program.help("export_report_file"))->required();
  above = program.add(app, "receipt", "receipt", nullptr);
  above->require_subcommand(1);
  CLI::App* in = program.add(*above, "in", "receipt_in", [&program, given] {
    return ask(program, *given, "receipt.in", Way::kBring, "receipts_in");
  });
  in->add_option("FILE", given->file, program.help("receipt_in_file"))->required();
  for (CLI::App* one : {out, in}) {
    program.add_configuration(*one);
    program.add_json(*one);
  }
}

}  // namespace anlan::cli
